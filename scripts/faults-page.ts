import { linked } from '../src/knowledge/cited.ts'
import { explainFault } from '../src/knowledge/explained.ts'
import { faultTable, type FaultCode } from '../src/faults/table.ts'

const DISPOSITIONS = {
  retry: 'May pass by itself: the run looks again until its deadline.',
  ask: 'A person decides.',
  stop: 'Going on cannot be right.',
} as const

/** The page of all faults, from the table in the code. A placeholder such as `{host}` is filled in when the fault is told. */
export function faultsPage(): string {
  const codes = Object.keys(faultTable) as FaultCode[]
  const section = (code: FaultCode) => {
    const { says, effect, remedy, disposition, source } = faultTable[code]
    return [
      `## ${code}`,
      '',
      says,
      '',
      `**What it means:** ${effect}`,
      '',
      ...explainFault(code).settles.flatMap(({ says: how }) => [`**How to find out:** ${how}`, '']),
      ...remedy.map((line) => `- ${line}`),
      '',
      `*${DISPOSITIONS[disposition]}* Source: ${linked(source)}.`,
      '',
    ]
  }
  return [
    '# Faults',
    '',
    'Every fault that this program can name, with what it means for the vDisk and what to do. Generated from `src/faults` by',
    '`npm run schemas`; a test fails when it is stale.',
    '',
    ...codes.sort().flatMap(section),
  ].join('\n')
}
