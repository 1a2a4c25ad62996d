import { TOPICS } from '../src/diagnosis/choice.ts'
import { linked } from '../src/knowledge/cited.ts'
import { checks } from '../src/diagnosis/diagnose.ts'

/** The page of all checks, from the table in the code. */
export function checksPage(): string {
  const rows = checks.map(
    ({ id, title, severity }) => `| [\`${id}\`](#${id.replace('.', '').toLowerCase()}) | ${title} | ${severity} |`,
  )
  const sections = checks.flatMap(({ id, title, group, severity, reads, rule, effect, remedy, byHand, source }) => [
    `## ${id}`,
    '',
    `${title[0]?.toUpperCase() ?? ''}${title.slice(1)} (group \`${group}\`, ${severity === 'fail' ? 'holds a run' : 'warns'}). ${rule}`,
    '',
    `**What it means:** ${effect}`,
    '',
    ...remedy.map((line) => `- ${line}`),
    '',
    `By hand: ${byHand}`,
    '',
    `*Reads:* ${reads.length === 0 ? 'the workflow alone' : reads.map((fact) => `\`${fact}\``).join(', ')}. Source: ${linked(source)}.`,
    '',
  ])
  return [
    '# Checks',
    '',
    `The ${checks.length} checks that \`vdiskprep doctor\` makes alone and a run makes before its first change: the same code. Generated from`,
    '`src/diagnosis` by `npm run schemas`; a test fails when it is stale. A check passes, warns, fails, is unknown (a fact that decides could',
    'not be read) or does not apply; a check that only warns never holds a run. One that another check keeps from being judged is *unknown',
    'because of* that check, and that one alone decides the exit code and whether a run is held, unless it was waived or not asked.',
    '`{words}` are filled in when a finding is told.',
    '',
    ...Object.entries(TOPICS).map(
      ([topic, names]) => `\`--only ${topic}\` stands for ${names.map((name) => `\`${name}\``).join(', ')}.`,
    ),
    '',
    '| check | looks at | severity |',
    '|---|---|---|',
    ...rows,
    '',
    ...sections,
  ].join('\n')
}
