import { join } from 'node:path'
import { OPERATORS } from './operators.ts'
import type { Known, Mutant } from './sites.ts'
import type { Verdict } from './trial.ts'

/** Where the page lies. */
export const PAGE = join(import.meta.dirname, '../../../docs/mutation.md')

/** What came of a fault that was drawn: a verdict, or why it changes nothing. */
export interface Outcome {
  readonly mutant: Mutant
  readonly verdict: Verdict | { readonly by: 'equivalent'; readonly why: string }
}

/** The faults of one seed. */
export interface Campaign {
  readonly seed: number
  readonly outcomes: readonly Outcome[]
}

const KINDS = ['checks', 'powershell', 'nothing', 'equivalent'] as const

/** Figures of a campaign in one line. */
export function figures({ seed, outcomes }: Campaign): string {
  const [checks, powershell, survived, equivalent] = KINDS.map((kind) => of(outcomes, kind).length)
  return (
    `seed ${seed}: ${outcomes.length} faults drawn, ${checks} caught by the checks, ${powershell} by PowerShell, ` +
    `${equivalent} equivalent, ${survived} survived: ${share(outcomes)} caught`
  )
}

function of(outcomes: readonly Outcome[], by: (typeof KINDS)[number]): readonly Outcome[] {
  return outcomes.filter(({ verdict }) => verdict.by === by)
}

/** How many of those that change something are caught. */
function share(outcomes: readonly Outcome[]): string {
  const caught = of(outcomes, 'checks').length + of(outcomes, 'powershell').length
  return `${((100 * caught) / (outcomes.length - of(outcomes, 'equivalent').length)).toFixed(1)} %`
}

/** The page of what was planted and who noticed it. */
export function mutationPage(campaigns: readonly Campaign[], sites: number, known: Known, version: string): string {
  return [
    '# Faults planted in the agents',
    '',
    'How much the tests notice: one deliberate fault of one line at a time is planted in a copy of `agents/`, and the suites are run until one',
    'fails. Written by `npm run mutate -- --write-docs`; a seed gives the same faults again, whatever else was changed.',
    '',
    `The operators below can make ${sites} faults in the agents. A seed draws from them: the operators in turn, each time in a file and a folder`,
    'that had the fewest so far. *Checks* are the tests that need no PowerShell (rules over the syntax tree, the three joined lists, the page of',
    `what is touched). *PowerShell* are those that run the agents (here ${version}); they are asked about what the checks let pass.`,
    '',
    '```',
    ...campaigns.map(figures),
    '```',
    '',
    'A survivor is a missing test: once it is written, its seed says no more than that. A seed that nobody has looked at tells of the rest.',
    '',
    ...campaigns.flatMap(section),
    '## Faults that change nothing',
    '',
    ...list(known.equivalent.map(({ file, before, after, why }) => `\`${file}\`: \`${before}\` -> \`${after}\`: ${why}`)),
    '## Files that only Windows can run',
    '',
    'No fault is planted in them:',
    '',
    ...list(known.elsewhere.map(({ file, why }) => `\`${file}\`: ${why}`)),
    '## The operators',
    '',
    '| operator | right | wrong |',
    '|---|---|---|',
    ...OPERATORS.map(({ name, example: [right, wrong] }) => `| ${name} | \`${right}\` | \`${wrong}\` |`),
    '',
  ].join('\n')
}

function section({ seed, outcomes }: Campaign): readonly string[] {
  const row = (name: string, some: readonly Outcome[]) =>
    `| ${[name, some.length, ...KINDS.map((kind) => of(some, kind).length)].join(' | ')} |`
  const folders = [...new Set(outcomes.map(({ mutant }) => folderOf(mutant)))].sort()
  const head = (what: string) => [
    `| ${what} | drawn | checks | PowerShell | survived | equivalent |`,
    '|---|---|---|---|---|---|',
  ]
  return [
    `## Seed ${seed}`,
    '',
    ...head('operator'),
    ...OPERATORS.map(({ name }) =>
      row(
        name,
        outcomes.filter(({ mutant }) => mutant.operator === name),
      ),
    ),
    row('**all**', outcomes),
    '',
    ...head('folder'),
    ...folders.map((folder) =>
      row(
        folder,
        outcomes.filter(({ mutant }) => folderOf(mutant) === folder),
      ),
    ),
    '',
    'Survived:',
    '',
    ...list(of(outcomes, 'nothing').map(({ mutant }) => told(mutant))),
  ]
}

/** A fault in one line: where, by which operator, and the line before and after it. */
export function told({ id, operator, file, line, before, after }: Mutant): string {
  return `${id} ${operator}, \`${file}\` line ${line}: \`${before}\` -> \`${after || '(nothing)'}\``
}

function folderOf({ file }: Mutant): string {
  return file.split('/')[0] ?? ''
}

function list(items: readonly string[]): readonly string[] {
  return items.length === 0 ? ['- none', ''] : [...items.map((one) => `- ${one}`), '']
}
