import { Fault } from '../../../faults/fault.ts'
import { DURATION_FORM, durationMs } from '../../../workflow/units.ts'

/** The longest that a timer of Node's can wait: beyond it, one fires at once. */
const LONGEST_MS = 2 ** 31 - 1

/** Milliseconds of `--timeout`. Throws OPTION_INVALID for another form, for none at all and for more than 24 days. */
export function timeoutMs(text: string): number {
  const ms = durationMs(text) ?? 0
  if (ms > 0 && ms <= LONGEST_MS) return ms
  throw new Fault('OPTION_INVALID', { option: '--timeout', value: text, expected: `${DURATION_FORM}, at most 24d` })
}
