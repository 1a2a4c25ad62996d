/** One entry of the Application log as the agents report it. `fields` is the Info list of 12288 and 12289. Source: kms.md 8. */
export interface EventRecord {
  readonly id: number
  readonly at: number
  readonly record: number
  readonly fields: readonly string[]
  readonly text: string
}

/** How many entries a log keeps before the oldest fall out. */
const KEPT = 500

/** Appends to a log; `at` is the machine's own clock. */
export function logEvent(log: EventRecord[], at: number, id: number, text: string, fields: readonly string[] = []): void {
  log.push({ id, at, record: (log.at(-1)?.record ?? 0) + 1, fields, text })
  if (log.length > KEPT) log.shift()
}

/** A moment as the Info fields write it: `2010/09/29 17:52`. */
export function eventTime(at: number): string {
  return new Date(at).toISOString().slice(0, 16).replaceAll('-', '/').replace('T', ' ')
}
