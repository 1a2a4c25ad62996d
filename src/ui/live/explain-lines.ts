import { describeFault, faultTable } from '../../faults/table.ts'
import type { RunView } from '../../procedure/run-view.ts'
import { stepNeed } from '../../procedure/scenarios.ts'
import { asTyped, type Said } from '../cli/screens/as-typed.ts'
import { titleOf } from '../cli/screens/steps.ts'
import { hanging } from '../cli/screens/wrap.ts'
import { line, type Line } from './line.ts'
import { withSigns, type Signs } from './signs.ts'

/** Why the run stands where it stands: the fault with what it means and where that is known from, else what the step is for. */
export function explainLines(view: RunView, width: number, signs: Signs, said?: Said): readonly Line[] {
  const say = (head: string, text: string) => hanging(head, withSigns(text, signs), width).map((one) => line(one))
  const fault = view.held?.fault ?? view.ending?.fault ?? null
  if (fault !== null) {
    const { says, effect, remedy } = describeFault(fault.code, { run: view.run, ...fault.details })
    return [
      line(` ${fault.code}`, 'strong'),
      ...say(' found   ', says),
      ...say(' means   ', effect),
      ...remedy.flatMap((one) => say(' helps   ', asTyped(one, said))),
      ...say(' source  ', faultTable[fault.code].source),
      ...say(' more    ', `vdiskprep explain ${fault.code}`),
    ]
  }
  const step = view.steps.find(({ state }) => state === 'running' || state === 'held')?.step
  if (step === undefined || step === 'restoring' || view.plan === null)
    return say(' ', 'What the run changed for its own purpose is put back at its end, and proved like a step.')
  const { because, source } = stepNeed(view.plan, step)
  return [line(` step ${titleOf(step)}`, 'strong'), ...say(' why     ', because), ...say(' source  ', source)]
}
