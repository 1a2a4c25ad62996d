import type { RunView } from './run-view.ts'

/** What has a rearm counter of its own. */
export type Rearmed = 'windows' | 'office'

const STEP = { windows: 'rearmWindows', office: 'rearmOffice' } as const

/** Whether a run began a rearm, also one that is in doubt or was lost later, or counts one that a person made. */
export function rearmBegun({ acts, steps }: Pick<RunView, 'acts' | 'steps'>, product: Rearmed): boolean {
  const step = STEP[product]
  return (
    acts.some(({ effect }) => effect.startsWith(`${step}.${step}/`)) ||
    steps.some((one) => one.step === step && one.state === 'done')
  )
}

/** Rearms left after a run, null where it read none. The counter is read right before each rearm, so that one alone is to be taken off; what
 *  the service says after it counts where it says something (kms.md 4.1). */
export function rearmsLeft(view: Pick<RunView, 'acts' | 'steps' | 'memory'>, product: Rearmed): number | null {
  const { windows, office } = view.memory
  const before = product === 'windows' ? windows.rearmsBefore : office.rearmsBefore
  if (before === null) return null
  const spent = rearmBegun(view, product) || (product === 'office' && office.rearmed)
  const computed = Math.max(0, before - (spent ? 1 : 0))
  return product === 'windows' && windows.rearmsAfter !== null ? Math.min(windows.rearmsAfter, computed) : computed
}
