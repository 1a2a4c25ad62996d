import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '../..')
const CRUISER = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')

/** A file that breaks a rule, by its path, with the rule that has to notice it. */
const planted: readonly (readonly [path: string, text: string, rule: string])[] = [
  ['src/faults/planted.ts', "import { z } from 'zod'\nexport const seen = z.string()", 'faults-packages'],
  ['src/wire/planted.ts', "import { checks } from '../diagnosis/diagnose.ts'\nexport const seen = checks", 'wire-uses'],
  ['src/licensing/planted.ts', "import { hostname } from 'node:os'\nexport const seen = hostname()", 'licensing-node'],
  ['src/workflow/planted.ts', "import { readFileSync } from 'node:fs'\nexport const seen = readFileSync", 'workflow-node'],
  [
    'src/diagnosis/planted.ts',
    "import { STEPS } from '../workflow/plan.ts'\nexport const seen = STEPS",
    'diagnosis-knows-types-only',
  ],
  ['src/procedure/planted.ts', "import { drive } from '../engine/drive.ts'\nexport const seen = drive", 'procedure-uses'],
  [
    'src/engine/planted.ts',
    "import { openStore } from '../store/sqlite/open.ts'\nexport const seen = openStore",
    'only-compose-names-adapters',
  ],
  ['src/remote/planted.ts', "import { drive } from '../engine/drive.ts'\nexport const seen = drive", 'remote-uses'],
  ['src/store/planted.ts', "import { parse } from 'yaml'\nexport const seen = parse", 'store-packages'],
  ['src/lab/planted.ts', "import type { OrderChoice } from '../licensing/order.ts'\nexport type Seen = OrderChoice", 'lab-uses'],
  ['src/ui/planted.ts', "import { compose } from '../compose.ts'\nexport const seen = compose", 'ui-knows-types-only'],
  ['src/clock/planted-ring.ts', "import { other } from './planted-ring-too.ts'\nexport const seen = () => other", 'no-cycles'],
  ['src/clock/planted-ring-too.ts', "import { seen } from './planted-ring.ts'\nexport const other = () => seen", 'no-cycles'],
  ['src/report/planted.ts', 'export const seen = 1', 'no-orphans'],
]

interface Violation {
  readonly from: string
  readonly to: string
  readonly rule: { readonly name: string }
}

/** What the import rules find in a tree like this repository. */
async function violations(root: string): Promise<readonly Violation[]> {
  const args = [CRUISER, '--config', '.dependency-cruiser.js', '--output-type', 'json', 'src', 'scripts']
  const out = await new Promise<string>((resolve) => {
    execFile(process.execPath, args, { cwd: root, maxBuffer: 1e8 }, (_error, stdout) => {
      resolve(stdout)
    })
  })
  return (JSON.parse(out) as { summary: { violations: readonly Violation[] } }).summary.violations
}

describe('who may import whom', () => {
  const copy = mkdtempSync(join(tmpdir(), 'vdp-house-'))

  beforeAll(() => {
    for (const name of ['src', 'scripts', '.dependency-cruiser.js', 'package.json', 'tsconfig.json'])
      cpSync(join(ROOT, name), join(copy, name), { recursive: true })
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'))
    for (const [path, text] of planted) writeFileSync(join(copy, path), `${text}\n`)
  })

  afterAll(() => {
    rmSync(copy, { recursive: true, force: true })
  })

  test('the house keeps its own rules: no wrong import, no cycle, no orphan, adapters only in compose', async () => {
    const found = await violations(ROOT)
    expect(found.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)).toEqual([])
  })

  test('a file that breaks a rule is noticed by that rule, for every kind of rule', async () => {
    const found = await violations(copy)
    const seen = new Set(found.flatMap(({ rule, from, to }) => [`${rule.name} ${from}`, `${rule.name} ${to}`]))
    expect(planted.filter(([path, , rule]) => !seen.has(`${rule} ${path}`)).map(([path, , rule]) => `${rule} ${path}`)).toEqual(
      [],
    )
  })
})
