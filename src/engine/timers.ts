import type { Instant } from './ports/clock.ts'
import type { TimerRow } from './ports/store.ts'

/** The timer that rings next, and when. A deadline is judged by a look that began when it had passed, however late the clock is seen (nobody
 *  drove, the laptop slept): `workedAt` is when the last work began, and before that look its pause rings in the deadline's place. */
export function nextTimer(timers: readonly TimerRow[], workedAt: Instant): TimerRow | undefined {
  const [first, second] = timers.toSorted((one, other) => one.dueAt - other.dueAt)
  if (first === undefined || second === undefined || !isDeadline(first) || workedAt >= first.dueAt) return first
  return { ...second, dueAt: first.dueAt }
}

/** Named after the chart's delays; the other ones are pauses before the next look. */
function isDeadline({ id }: TimerRow): boolean {
  return /^xstate\.after\.(deadline|slotDeadline)\./.test(id)
}
