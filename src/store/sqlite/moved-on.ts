import type { JournalLine, RunId } from '../../engine/ports/store.ts'
import { Fault } from '../../faults/fault.ts'

/** Tells somebody whose commit came too late who was faster: the last person who decided since they read (a run writes lines of its own
 *  after a decision), else the last who did anything, else the run itself by its last line. `decided` says whether there was a decision.
 *  Lines newest first; none when only rows without a line were changed. */
export function movedOn(run: RunId, since: readonly JournalLine[]): Fault {
  const decision = since.find((line) => decisionOf(line) !== undefined)
  const line = decision ?? since.find(personOf) ?? since[0]
  return new Fault('MOVED_ON', {
    run,
    who: (line && personOf(line)) ?? 'the run itself',
    what: (decision && decisionOf(decision)) ?? line?.type ?? 'a step without a journal line',
    at: line === undefined ? 'an unknown time' : new Date(line.at).toISOString(),
    decided: decision !== undefined,
  })
}

/** Bodies of decisions say under `decision` what was decided. */
function decisionOf(line: JournalLine): string | undefined {
  const decision = (line.body as { decision?: unknown } | null)?.decision
  return typeof decision === 'string' ? decision : undefined
}

/** Journal bodies name a person under `by`: login and host. */
function personOf(line: JournalLine): string | undefined {
  const by = (line.body as { by?: { login?: unknown; host?: unknown } } | null)?.by
  return typeof by?.login === 'string' ? `${by.login}@${String(by.host)}` : undefined
}
