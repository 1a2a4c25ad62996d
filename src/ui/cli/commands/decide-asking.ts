import type { DecisionKind, Person } from '../../../procedure/events.ts'
import type { RunView } from '../../../procedure/run-view.ts'
import { meaningOf, type Meaning } from '../../live/meaning.ts'
import { askLine } from '../asking.ts'
import { hanging } from '../screens/wrap.ts'
import type { Terminal } from '../terminal.ts'

/** What a person is about to record. */
export interface Said {
  readonly decision: DecisionKind
  readonly by: Person
  readonly reason: string | null
  readonly option: string | null
}

/** Asks at a terminal what a careful colleague would ask before a decision is recorded: shows evidence, cost and consequence, demands the
 *  reason where none was given, and the whole word where it cannot be taken back. Null when the person does not go on. */
export async function talkedOver(view: RunView, said: Said, terminal: Terminal): Promise<Said | null> {
  const waits = view.held !== null || view.approval !== null
  const meaning = meaningOf(view, said.decision, said.option)
  const asksReason = (said.reason ?? '') === '' && meaning.reason === 'demanded'
  // Where the run does not wait for it, the engine says why not.
  if (!waits && said.decision !== 'abort' && said.decision !== 'take-over') return said
  if (view.held !== null && said.decision === 'approve' && said.option === null) return said
  if (!asksReason && meaning.word === null) return said
  for (const line of meaningLines(view, said, meaning, terminal.width)) terminal.err(line)
  const reason = asksReason ? await askLine('  Why? (kept in the record) ') : said.reason
  if (reason === null || reason.trim() === '') return null
  if (meaning.word !== null && (await askLine(`  Type ${meaning.word} to do it: `))?.trim() !== meaning.word) return null
  return { ...said, reason }
}

function meaningLines(
  view: RunView,
  { decision, option }: { readonly decision: DecisionKind; readonly option: string | null },
  { evidence, cost, consequence }: Meaning,
  width: number,
): readonly string[] {
  return [
    `${decision}${option === null ? '' : ` ${option}`}, run ${view.run}`,
    ...evidence.flatMap((one) => hanging('  seen   ', one, width)),
    ...(cost === null ? [] : hanging('  cost   ', cost, width)),
    ...hanging('  then   ', consequence, width),
  ]
}
