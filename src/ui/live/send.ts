import { decide } from '../../engine/decide.ts'
import type { World } from '../../engine/drive.ts'
import { faultOf } from '../../faults/fault.ts'
import { describeFault } from '../../faults/table.ts'
import type { Person } from '../../procedure/events.ts'
import type { Decided } from './asking.ts'

/** Records a decision that was taken at a desk, as long as the run still stands where it was seen. Resolves with a sentence for the desk. */
export async function send(
  { run, seen, decision, option, reason }: Decided,
  world: Pick<World, 'store' | 'farmClock'>,
  by: Person,
): Promise<string> {
  // No key offers a take-over: it is not an answer to what the run asks.
  if (decision === 'take-over') return 'A take-over is typed: vdiskprep decide'
  try {
    await decide(world, run, { type: decision, by, reason, option }, seen)
    return `Recorded: ${decision} by ${by.login}@${by.host}.`
  } catch (thrown) {
    const { code, details } = faultOf(thrown)
    const { says, effect } = describeFault(code, details)
    return `${says} ${effect}`
  }
}
