import { execFileSync } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { readAgents } from '../../../src/remote/agent-files.ts'
import { isAnsweredBy, operations } from '../../../src/wire/operations/catalogue.ts'
import type { OperationName } from '../../../src/wire/operations/catalogue.ts'
import { AGENTS_FOLDER, pwshMissing } from '../../fixtures/powershell.ts'

const missing = pwshMissing()
const where = missing === undefined ? describe : describe.skip

const parameter = z.strictObject({
  name: z.string(),
  type: z.string(),
  aliases: z.array(z.string()),
  values: z.array(z.string()),
  mandatory: z.boolean(),
})
const described = z.strictObject({
  file: z.string(),
  folder: z.string(),
  errors: z.array(z.string()),
  statements: z.int(),
  name: z.string(),
  lines: z.int(),
  helpLines: z.int(),
  help: z.strictObject({
    synopsis: z.string(),
    description: z.string(),
    parameters: z.array(z.string()),
    examples: z.int(),
    outputs: z.string(),
  }),
  parameters: z.array(parameter),
  commands: z.array(z.string()),
  outside: z.array(z.string()),
  assigned: z.array(z.string()),
})
type Described = z.infer<typeof described>
type Parameter = z.infer<typeof parameter>

const FOLDERS = ['Session', 'Common', 'TargetDevice'].map((folder) => join(AGENTS_FOLDER, folder))
const OWN = new Set(['Common', 'TargetDevice'])
const targetOperations = (Object.keys(operations) as OperationName[]).filter((op) => isAnsweredBy(op, 'target'))

/** What a property of JSON Schema is called in PowerShell. */
const TYPES: Readonly<Record<string, readonly string[]>> = {
  string: ['System.String'],
  integer: ['System.Int32', 'System.Int64', 'System.Nullable`1[System.Int32]'],
  boolean: ['System.Boolean'],
  object: ['System.Collections.Hashtable'],
  'array of string': ['System.String[]'],
  'array of integer': ['System.Int32[]'],
}

interface Property {
  readonly type?: string | readonly string[]
  readonly enum?: readonly string[]
  readonly items?: Property
  readonly anyOf?: readonly Property[]
}

/** What the contract says of one argument; a value that may be null is what it is when it is not. */
function wanted(property: Property): { types: readonly string[]; values: readonly string[] } {
  const one = property.anyOf?.find(({ type }) => type !== 'null') ?? property
  const plain = ({ type = '?' }: Property) => (typeof type === 'string' ? type : (type.find((each) => each !== 'null') ?? '?'))
  const kind = plain(one) === 'array' ? `array of ${plain(one.items ?? {})}` : plain(one)
  return { types: TYPES[kind] ?? [kind], values: one.enum ?? one.items?.enum ?? [] }
}

const argsOf = (op: OperationName) =>
  z.toJSONSchema(operations[op].args, { io: 'input' }) as { properties?: Record<string, Property>; required?: string[] }

where(`the files of the target's agents, as PowerShell's own parser sees them ${missing ?? ''}`, () => {
  let files: readonly Described[] = []
  let own: readonly Described[] = []
  beforeAll(() => {
    const command = `& '${join(import.meta.dirname, 'describe.ps1')}' -Folders ${FOLDERS.map((folder) => `'${folder}'`).join(', ')}`
    const said = execFileSync('pwsh', ['-NoProfile', '-NonInteractive', '-Command', command], { maxBuffer: 1e8 })
    files = z.array(described).parse(JSON.parse(said.toString()))
    own = files.filter(({ folder }) => OWN.has(folder))
  })

  test('every file parses and holds one function that is named like it, of at most 80 lines without its help', () => {
    expect(own.length).toBeGreaterThan(80)
    for (const { file, errors, statements, name, lines, helpLines } of own) {
      expect({ file, errors, statements, name }).toEqual({ file, errors: [], statements: 1, name: file.replace(/\.ps1$/, '') })
      expect({ file, long: lines - helpLines > 80 }).toEqual({ file, long: false })
    }
  })

  test('every function has help: synopsis, description, each parameter and no other, example, output', () => {
    for (const { file, help, parameters } of own) {
      expect({ file, ...help }).toMatchObject({
        synopsis: expect.stringMatching(/\.$/),
        description: expect.stringMatching(/\S/),
        outputs: expect.stringMatching(/\S/),
        examples: 1,
      })
      expect({ file, told: help.parameters }).toEqual({ file, told: parameters.map(({ name }) => name.toLowerCase()).sort() })
    }
  })

  test('every file is plain ASCII without tabs', async () => {
    for (const folder of OWN)
      for (const name of (await readdir(join(AGENTS_FOLDER, folder))).filter((one) => one.endsWith('.ps1')))
        expect(`${name} ${await readFile(join(AGENTS_FOLDER, folder, name), 'utf8')}`).toMatch(/^[\n\x20-\x7e]+$/)
  })

  test('every function that a file calls by a name of ours is there, and none is there for nothing', async () => {
    const names = new Set(files.map(({ name }) => name))
    const called = new Set(files.flatMap(({ commands }) => commands))
    const elsewhere = new Set(['Send-VdpFrame', 'Get-VdpFarmAccess'])
    const unknown = [...called].filter((name) => /-Vdp/.test(name) && !names.has(name) && !elsewhere.has(name))
    expect(unknown).toEqual([])
    const entries = new Set<string>([...targetOperations, ...SESSION])
    const texts = `${await readAgents(AGENTS_FOLDER, 'pvs')}${await readAgents(AGENTS_FOLDER, 'kms')}`
    const servers = texts.replaceAll(/<#[^]*?#>/g, '')
    const used = (name: string) => called.has(name) || entries.has(name) || new RegExp(`(?<!function )${name}\\b`).test(servers)
    expect(own.map(({ name }) => name).filter((name) => !used(name))).toEqual([])
  })

  test('nothing changes the host but in the act of a write, or in a function that says to be called inside one', () => {
    const writing = own
      .filter(({ help }) => /^Surface, writes|Call it inside an act\./.test(help.synopsis))
      .map(({ name }) => name)
    const changing = new Set([...writing, 'Invoke-VdpNative'])
    expect(changing.size).toBeGreaterThan(12)
    const bare = own
      .filter(({ name, folder }) => folder === 'TargetDevice' && !changing.has(name))
      .flatMap(({ name, outside }) => outside.filter((command) => changing.has(command)).map((command) => `${name}: ${command}`))
    expect(bare).toEqual(['Get-VdpClockSkew: Invoke-VdpNative'])
  })

  test('no function uses for itself a name that the blocks of a write are run under', () => {
    const taken = /^(\[[^\]]*\] *)?\$(Check|Before|Act|After|TaskName|Lock(Name|WaitMs|Body)|Read|List)$/i
    const framing = new Set(['Invoke-VdpWrite', 'Use-VdpLock', 'Get-VdpReading'])
    for (const { name, parameters, assigned } of own.filter((one) => !framing.has(one.name)))
      expect({ name, taken: [...assigned, ...parameters.map((one) => `$${one.name}`)].filter((one) => taken.test(one)) }).toEqual(
        {
          name,
          taken: [],
        },
      )
  })

  test.each(targetOperations)('%s takes the arguments of the catalogue, by name, type, values and need', (op) => {
    const file = own.find(({ name }) => name === op)
    const { properties = {}, required = [] } = argsOf(op)
    const added = operations[op].writes ? ['Fence', 'Effect'] : []
    const called = ({ name, aliases }: Parameter) => aliases[0] ?? name
    const parameters = (file?.parameters ?? []).filter(({ name }) => !added.includes(name) && name !== 'DeadlineMs')
    expect(parameters.map((one) => called(one).toLowerCase()).sort()).toEqual(
      Object.keys(properties)
        .map((name) => name.toLowerCase())
        .sort(),
    )
    for (const [name, property] of Object.entries(properties)) {
      const { types, values } = wanted(property)
      const found = parameters.find((one) => called(one).toLowerCase() === name.toLowerCase())
      expect(types).toContain(found?.type)
      expect({ name, values: found?.values, mandatory: found?.mandatory }).toEqual({
        name,
        values: [...values],
        mandatory: required.includes(name),
      })
    }
    for (const name of added) expect(file?.parameters.find((one) => one.name === name)?.mandatory).toBe(true)
    expect(file?.commands.includes('Invoke-VdpWrite')).toBe(operations[op].writes)
  })
})

/** What the session itself calls. */
const SESSION = ['Enter-VdpHost']
