import { Fault } from '../../../faults/fault.ts'

/** How many times as fast, of `--speed`. Throws OPTION_INVALID for anything but a number from 1 to 100000. */
export function timesOf(text: string): number {
  const times = Number(text)
  if (times >= 1 && times <= 100_000) return times
  throw new Fault('OPTION_INVALID', { option: '--speed', value: text, expected: 'a number from 1 to 100000' })
}
