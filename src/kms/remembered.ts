import { DAY_MS } from './tally.ts'

/** How long a host remembers a CMID after its last contact. Source: kms.md 7. */
const MEMORY_DAYS = 30
/** The same in milliseconds. */
export const MEMORY_MS = MEMORY_DAYS * DAY_MS

/** How many of some CMIDs a host remembers on each day from `from` to `to` (days since 1970, both inclusive): each counts on the days of
 *  its contacts and for the 30 days after each. `contacts` are the days of one CMID each, in any order. */
export function remembered(contacts: Iterable<readonly number[]>, from: number, to: number): readonly number[] {
  const change = new Array<number>(Math.max(0, to - from + 2)).fill(0)
  const count = (begin: number, end: number) => {
    if (end < from || begin > to) return
    const [first, after] = [Math.max(begin, from) - from, Math.min(end + 1, to + 1) - from]
    change[first] = (change[first] ?? 0) + 1
    change[after] = (change[after] ?? 0) - 1
  }
  for (const days of contacts) {
    const [first, ...rest] = days.toSorted((one, other) => one - other)
    if (first === undefined) continue
    let [begin, end] = [first, first + MEMORY_DAYS - 1]
    for (const day of rest) {
      if (day > end + 1) {
        count(begin, end)
        begin = day
      }
      end = day + MEMORY_DAYS - 1
    }
    count(begin, end)
  }
  let now = 0
  return change.slice(0, -1).map((by) => (now += by))
}
