import type { FactsOf, OperationName } from '../../wire/operations/catalogue.ts'

/** How much of a hook's output stands in the journal, in characters: its end. */
const TAIL = 1000

/** The facts of an act as the journal keeps them: of what a hook printed only the last lines. */
export function withoutFlood(op: OperationName, facts: unknown): unknown {
  if (op !== 'Invoke-VdpHook') return facts
  const { program, ...rest } = facts as FactsOf<'Invoke-VdpHook'>
  return { ...rest, program: { ...program, output: tailOf(program.output) } }
}

function tailOf(output: string): string {
  const text = output.trimEnd()
  return text.length <= TAIL ? text : `...${text.slice(-TAIL)}`
}
