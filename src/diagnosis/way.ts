import type { Plan } from '../workflow/plan.ts'

/** How the image is opened: the whole disk in Private mode, a maintenance version, or not at all. Source: pvs.md 2.2. */
export function wayOf(plan: Plan): 'private' | 'version' | 'closed' {
  if (plan.scenario === 'verify-only' || plan.scenario === 'copied-image') return 'closed'
  return plan.scenario === 'maintenance-version' || plan.vdisk.create === 'maintenance-version' ? 'version' : 'private'
}

/** Said by checks about opening when the scenario opens nothing. */
export const NOTHING_OPENED = 'this scenario opens no disk'
