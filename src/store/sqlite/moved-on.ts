import type { JournalLine, RunId } from '../../engine/ports/store.ts'
import { Fault } from '../../faults/fault.ts'

/** Tells somebody whose commit came too late who was faster: the last person who acted since they read (a run writes lines of its own after
 *  a decision), else the run itself by its last line. Lines newest first; none when only rows without a line were changed. */
export function movedOn(run: RunId, since: readonly JournalLine[]): Fault {
  const line = since.find(personOf) ?? since[0]
  const decision = line === undefined ? undefined : (line.body as { decision?: unknown } | null)?.decision
  return new Fault('MOVED_ON', {
    run,
    who: (line === undefined ? undefined : personOf(line)) ?? 'the run itself',
    what: typeof decision === 'string' ? decision : (line?.type ?? 'a step without a journal line'),
    at: line === undefined ? 'an unknown time' : new Date(line.at).toISOString(),
  })
}

/** Journal bodies name a person under `by`: login and host. */
function personOf(line: JournalLine): string | undefined {
  const by = (line.body as { by?: { login?: unknown; host?: unknown } } | null)?.by
  return typeof by?.login === 'string' ? `${by.login}@${String(by.host)}` : undefined
}
