import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { kmsCheck } from '../src/kms/checking/check-shape.ts'
import { kmsReport } from '../src/kms/report-shape.ts'
import { comparison } from '../src/report/compare/compare-shape.ts'
import { machineLine } from '../src/report/events/event-schema.ts'
import { notice } from '../src/report/events/notice.ts'
import { fleetReport } from '../src/report/fleet/fleet.ts'
import { passport } from '../src/report/passport/passport-shape.ts'
import { doctorReport } from '../src/report/doctor/report-schema.ts'
import { CACHE_TYPES } from '../src/workflow/cache-names.ts'
import { DEFAULT_POLICY } from '../src/workflow/defaults.ts'
import { inventoryFile } from '../src/workflow/inventory-schema.ts'
import { RISK_MEANINGS, STEPS } from '../src/workflow/plan.ts'
import { settingsFile } from '../src/workflow/settings-schema.ts'
import { SECRET_FORM, SECRET_REFERENCE } from '../src/workflow/secret-reference.ts'
import { STEP_TITLES } from '../src/workflow/step-schema.ts'
import { DURATION, DURATION_FORM, SIZE, SIZE_FORM } from '../src/workflow/units.ts'
import { workflowFile } from '../src/workflow/workflow-schema.ts'
import { checksPage } from './checks-page.ts'
import { explainPage } from './explain-page.ts'
import { faultsPage } from './faults-page.ts'
import { manualPage } from './manual-page.ts'
import { settingsPage } from './settings-page.ts'
import { referenceSection } from './reference-page.ts'
import { sourcesPage } from './sources-page.ts'
import { SURFACE_PAGE, surfacePage } from './surface-page.ts'

const ROOT = join(import.meta.dirname, '..')

/** What to say of the patterns in our schemas. */
const PATTERNS = new Map([
  [DURATION.source, DURATION_FORM],
  [SIZE.source, SIZE_FORM],
  [SECRET_REFERENCE.source, SECRET_FORM],
])

/** Every file that is generated from schemas and tables of the code, by its path in the repository, with the text it has to have. */
export function generated(): Readonly<Record<string, string>> {
  const json = (schema: z.ZodType) => `${JSON.stringify(z.toJSONSchema(schema, { io: 'input', reused: 'ref' }), null, 1)}\n`
  return {
    'workflows/workflow.schema.json': json(workflowFile),
    'workflows/inventory.schema.json': json(inventoryFile),
    'workflows/settings.schema.json': json(settingsFile),
    'docs/workflow-reference.md': page(),
    'docs/faults.md': faultsPage(),
    'docs/explain.md': explainPage(),
    'docs/checks.md': checksPage(),
    'docs/sources.md': sourcesPage(),
    'docs/events.schema.json': json(machineLine),
    'docs/notification.schema.json': json(notice),
    'docs/settings.md': settingsPage(PATTERNS),
    'man/vdiskprep.1': manualPage(),
    'docs/doctor.schema.json': json(doctorReport),
    'docs/passport.schema.json': json(passport),
    'docs/fleet.schema.json': json(fleetReport),
    'docs/compare.schema.json': json(comparison),
    'docs/kms-report.schema.json': json(kmsReport),
    'docs/kms-check.schema.json': json(kmsCheck),
  }
}

/** The paths of generated files that are not as they have to be. */
export function stale(): readonly string[] {
  return Object.entries(generated()).flatMap(([path, text]) => (textOf(path) === text ? [] : [path]))
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(join(ROOT, path), 'utf8')
  } catch {
    return undefined
  }
}

function page(): string {
  const workflow = z.toJSONSchema(workflowFile, { io: 'input' })
  const inventory = z.toJSONSchema(inventoryFile, { io: 'input' })
  const minutes = (ms: number) => `${ms / 60_000} min`
  const policies = STEPS.map((step) => {
    const { attempts, backoffMs, pollMs, deadlineMs } = DEFAULT_POLICY[step]
    return `| \`${step}\` | ${STEP_TITLES[step]} | ${attempts} | ${backoffMs / 1000} s | ${pollMs / 1000} s | ${minutes(deadlineMs)} |`
  })
  const caches = Object.entries(CACHE_TYPES).map(([name, type]) => `| \`${name}\` | ${type} |`)
  const risks = Object.entries(RISK_MEANINGS).map(([risk, meaning]) => `| \`${risk}\` | ${meaning} |`)
  return [
    '# Workflow reference',
    'Generated from the schemas by `node scripts/schemas.ts`; a test fails when it is stale. Editors read `workflows/workflow.schema.json`',
    'and `workflows/inventory.schema.json`: put `# yaml-language-server: $schema=PATH` into the first line of a file.',
    '',
    'A workflow file says `extends:` and overrides. Blocks are merged key by key, lists and single values are replaced as a whole. What is',
    'written in an extended file counts as written where it stands: paths in it are relative to it.',
    '',
    '## Workflow file\n',
    referenceSection(workflow, { patterns: PATTERNS, steps: STEPS }),
    '## Steps and how patient they are unless the file says otherwise\n',
    '| step | what | attempts | back-off | poll | deadline |\n|---|---|---|---|---|---|',
    ...policies,
    '\n## Write cache types\n',
    '| name | WriteCacheType in PVS |\n|---|---|',
    ...caches,
    '\n## Risks that can be accepted by name\n',
    '| risk | what can go wrong |\n|---|---|',
    ...risks,
    '\n## Inventory file\n',
    referenceSection(inventory, { patterns: PATTERNS, steps: [] }),
  ].join('\n')
}

if (import.meta.main) {
  for (const [path, text] of Object.entries(generated())) writeFileSync(join(ROOT, path), text)
  writeFileSync(SURFACE_PAGE, await surfacePage())
}
