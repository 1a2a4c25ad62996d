import { z } from 'zod'
import { allEntries, sourcesOf } from '../src/knowledge/entries.ts'
import type { Entry } from '../src/knowledge/entry.ts'
import { allSwitches } from '../src/knowledge/switches.ts'
import { STEP_TITLES } from '../src/workflow/step-schema.ts'
import { entrySchema, switchSchema } from './knowledge-schema.ts'

const PARTS = [
  { title: 'Windows licensing', is: (id: string) => /^0x[C8]004/.test(id) },
  { title: 'DNS, RPC, Windows and Windows Update', is: (id: string) => id.startsWith('0x') && !/^0x[C8]004/.test(id) },
  { title: 'Texts of slmgr, ospp and the PVS console', is: (id: string) => id.startsWith('text ') },
  { title: 'Events', is: (id: string) => id.startsWith('event ') },
] as const

/** The page of everything that `explain` knows beside faults and checks, which have pages of their own. Throws when an entry has not the form
 *  of its schema. */
export function explainPage(): string {
  const entries = z.array(entrySchema).parse(allEntries()) as readonly Entry[]
  const switches = z.array(switchSchema).parse(allSwitches())
  const cell = (words: string) => words.replaceAll('|', '\\|')
  return [
    '# What explain knows',
    '',
    `${entries.length} codes, events and texts, and ${switches.length} switches. Generated from \`src/knowledge\` by \`npm run schemas\`; a test fails when it is`,
    'stale. `vdiskprep explain CODE` prints each of them; faults of the program itself stand in [faults.md](faults.md).',
    '',
    ...PARTS.flatMap(({ title, is }) => [`## ${title}`, '', ...entries.filter(({ id }) => is(id)).flatMap(sectionOf)]),
    '## Error numbers of Citrix Provisioning',
    '',
    ...[...Map.groupBy(allEntries().filter(isNumber), ({ causes }) => causes).values()].flatMap(groupOf),
    '## Switches of slmgr.vbs and ospp.vbs',
    '',
    '| switch | what it does | releases | what vdiskprep does instead |',
    '|---|---|---|---|',
    ...switches.map((one) =>
      [
        `| \`${cell([one.tool, one.switch, one.takes].join(' ').trim())}\``,
        cell(one.does),
        cell(one.releases),
        `${cell(one.instead)} |`,
      ].join(' | '),
    ),
    '',
  ].join('\n')
}

function isNumber({ id }: Entry): boolean {
  return id.startsWith('PVS ')
}

/** Error numbers that share causes and remedy: a table of them, and below it what they share. */
function groupOf(group: readonly Entry[]): readonly string[] {
  const [first] = group
  if (first === undefined) return []
  const rows = group.map(({ id, name, means }) => `| ${id.replace('PVS ', '')} | \`${name ?? ''}\` | ${means} |`)
  return ['| number | name | meaning |', '|---|---|---|', ...rows, '', ...sharedOf(first)]
}

function sectionOf(entry: Entry): readonly string[] {
  const { id, name, says, means } = entry
  const title = id.startsWith('text ') ? `"${says[0] ?? ''}"` : [id, name].filter((part) => part !== undefined).join(' ')
  return [`### ${title}`, '', means, '', ...sharedOf(entry)]
}

function sharedOf({ steps, causes, remedy, risk, sources, unproven }: Entry): readonly string[] {
  return [
    `Met in: ${steps.map((step) => STEP_TITLES[step]).join('; ')}.`,
    '',
    ...causes.map(({ cause, check, look }, at) => {
      const tells = [check === undefined ? null : `check \`${check}\``, look === undefined ? null : `\`${look}\``].filter(
        (tell) => tell !== null,
      )
      return `${at + 1}. ${cause}${tells.length === 0 ? '' : ` (${tells.join(', ')})`}`
    }),
    '',
    ...remedy.map((line) => `- ${line}`),
    '',
    `**Risk:** ${risk}`,
    '',
    ...(unproven === undefined ? [] : [`*Unproven:* ${unproven}`, '']),
    `Sources: ${sourcesOf(sources)
      .map(({ title: called, where }) => (where.startsWith('http') ? `[${called}](${where})` : `${called} (${where})`))
      .join('; ')}.`,
    '',
  ]
}
