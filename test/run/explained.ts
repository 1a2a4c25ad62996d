import { describeFault } from '../../src/faults/table.ts'
import { joinedFaults } from '../../src/knowledge/explained.ts'
import { everythingOn } from '../../src/ui/cli/commands/explain.ts'
import type { RunInLab } from './run-in-lab.ts'

/** At which rank `explain` has the right entry for what a run says: for its line, and for the code of Windows or PVS in it alone, where it
 *  carries one. Nothing for a run that says nothing. */
export async function ranksOf({ view }: RunInLab): Promise<readonly number[]> {
  const fault = view.held?.fault ?? view.ending?.fault
  if (fault === undefined || fault === null) return []
  const { says } = describeFault(fault.code, { run: view.run, ...fault.details })
  const line = (await everythingOn(`HELD  ${fault.code}  ${says}`)).findIndex(({ id }) => id === fault.code) + 1
  const { code } = fault.details
  const isCode = typeof code === 'number' || (typeof code === 'string' && /^0x[0-9A-F]{8}$/i.test(code))
  if (!isCode) return [line]
  const join = joinedFaults()[fault.code]
  const found = await everythingOn(typeof code === 'number' ? `PVS error ${String(code)}` : code)
  return [
    line,
    found.findIndex(
      (one) => join?.see.includes(one.id) === true || one.checks.some((check) => join?.checks.includes(check) === true),
    ) + 1,
  ]
}
