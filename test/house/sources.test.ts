import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { checks } from '../../src/diagnosis/diagnose.ts'
import { faultTable } from '../../src/faults/table.ts'
import { citedSources, partsOf } from '../../src/knowledge/cited.ts'
import { allEntries, allSources } from '../../src/knowledge/entries.ts'
import { allSwitches } from '../../src/knowledge/switches.ts'
import { stepNeed } from '../../src/procedure/scenarios.ts'
import { SCENARIOS, STEPS } from '../../src/workflow/plan.ts'
import { healthy } from '../diagnosis/healthy-look.ts'

const ROOT = join(import.meta.dirname, '../..')
const known = new Set(Object.keys(allSources()))

/** Citations that stand in the code as `source: '...'`, wherever that is. */
function written(): readonly string[] {
  const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
  return files.flatMap((file) =>
    [...readFileSync(join(ROOT, 'src', file), 'utf8').matchAll(/\bsource: '([^']+)'/g)].map(([, cited = '']) => cited),
  )
}

/** Every citation that a person can be shown. */
function citations(): readonly string[] {
  const { plan } = healthy()
  const needs = SCENARIOS.flatMap((scenario) => STEPS.map((step) => stepNeed({ ...plan, scenario }, step).source))
  return [...checks.map(({ source }) => source), ...Object.values(faultTable).map(({ source }) => source), ...needs, ...written()]
}

const keys = citations()
  .flatMap(partsOf)
  .map(({ key }) => key)
  .filter((key) => !key.startsWith('docs: '))

describe('what is cited', () => {
  test('has a source of that name, with title and address', () => {
    const told = new Set([...keys, ...[...allEntries(), ...allSwitches()].flatMap(({ sources }) => sources)])
    expect([...told].filter((key) => !known.has(key))).toEqual([])
    expect(Object.entries(allSources()).filter(([, { title, where }]) => title === '' || where === '')).toEqual([])
  })

  test('is all that the list of sources has', () => {
    const told = new Set([...keys, ...[...allEntries(), ...allSwitches()].flatMap(({ sources }) => sources)])
    expect([...known].filter((key) => !told.has(key))).toEqual([])
  })

  test('resolves to as many sources as it names', () => {
    expect(citations().filter((cited) => citedSources(cited).length !== partsOf(cited).length)).toEqual([])
  })

  test('is never a text that is not shipped', () => {
    const pages = readdirSync(join(ROOT, 'docs')).filter((file) => file.endsWith('.md') && file !== 'questions.md')
    const texts = [...citations(), ...pages.map((page) => readFileSync(join(ROOT, 'docs', page), 'utf8'))]
    expect(
      texts.filter((text) => /\b(?:kms|pvs|procedure)\.md\b|\bprocedure \d/.test(text)).map((text) => text.slice(0, 80)),
    ).toEqual([])
  })
})
