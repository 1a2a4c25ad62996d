import { describe, expect, test } from '@jest/globals'
import { generated, stale } from '../../scripts/schemas.ts'
import { DEFAULT_POLICY, DEFAULTS } from '../../src/workflow/defaults.ts'
import { durationMs } from '../../src/workflow/units.ts'
import { w11, workspace } from './workspace.ts'

interface Node {
  readonly description?: string
  readonly default?: unknown
  readonly $ref?: string
  readonly properties?: Readonly<Record<string, Node>>
}

function fieldsOf(path: string): readonly [string, Node][] {
  const schema = JSON.parse(generated()[path] ?? '') as Node & { readonly $defs: Readonly<Record<string, Node>> }
  const target = (one: Node): Node =>
    one.$ref === undefined ? one : { ...schema.$defs[one.$ref.replace('#/$defs/', '')], ...one }
  return [schema, ...Object.values(schema.$defs)].flatMap((one) =>
    Object.entries(one.properties ?? {}).map(([name, field]): [string, Node] => [name, target(field)]),
  )
}

describe('what is generated from the schemas', () => {
  test('is fresh (else: node scripts/schemas.ts)', () => {
    expect(stale()).toEqual([])
  })

  test.each(['workflows/workflow.schema.json', 'workflows/inventory.schema.json'])('%s describes every field', (path) => {
    const fields = fieldsOf(path)
    expect(fields.length).toBeGreaterThan(15)
    expect(fields.filter(([, field]) => (field.description ?? '').length < 5)).toEqual([])
  })

  test('the page names every step and every key of the schemas', () => {
    const page = generated()['docs/workflow-reference.md'] ?? ''
    const names = ['workflows/workflow.schema.json', 'workflows/inventory.schema.json'].flatMap((path) =>
      fieldsOf(path).map(([name]) => name),
    )
    expect(names.filter((name) => !page.includes(`| \`${name}\` |`))).toEqual([])
  })
})

test('a file that says nothing gets the defaults that the schema tells', () => {
  const bare = w11('scenario: new-base-image\n').replace('extends: kms-new-image\n', '')
  const space = workspace({ 'w11.yaml': bare })
  const [plan] = space.read('w11.yaml').plans
  space.remove()
  expect(plan?.policy).toEqual(DEFAULT_POLICY)
  expect(plan?.windows).toMatchObject({ key: null, activation: DEFAULTS.windows.activation, rearm: DEFAULTS.windows.rearm })
  expect(plan?.seal.offDwellMs).toBe(durationMs(DEFAULTS.seal.offDwell))
  expect(plan?.verify.deadlineMs).toBe(DEFAULT_POLICY.verify.deadlineMs)
  expect(plan?.order).toBe(DEFAULTS.order)
})
