import { Fault, type FaultRecord } from '../faults/fault.ts'
import type { Plan } from '../workflow/plan.ts'

/** What a plan asks for and this version cannot do: it is refused before anything is touched, never left out in silence. */
export function unbuiltIn(plan: Plan): FaultRecord | null {
  const hooked = Object.entries(plan.hooks).filter(([, { before, after }]) => before.length + after.length > 0)
  if (hooked.length > 0) {
    const steps = hooked.map(([step]) => step).join(', ')
    return unbuilt(
      `The running of hooks (here around ${steps})`,
      'Take them out of the workflow file and run their scripts by hand.',
    )
  }
  if (plan.vdisk.create === 'imaging-wizard') {
    return unbuilt('Making the vDisk by the Imaging Wizard', 'Make it in the wizard, then use create: existing.')
  }
  return null
}

function unbuilt(what: string, instead: string): FaultRecord {
  return { code: 'NOT_BUILT', details: { what, instead } }
}

/** Throws NOT_BUILT for a plan that this version cannot do. */
export function refuseUnbuilt(plan: Plan): void {
  const fault = unbuiltIn(plan)
  if (fault !== null) throw new Fault(fault.code, fault.details)
}
