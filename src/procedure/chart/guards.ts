import { faultTable } from '../../faults/table.ts'
import type { Act, Repeat, Verdict } from '../verdict.ts'
import type { Intent, Stage } from '../stage.ts'
import { stageAt } from '../stages.ts'
import type { RunContext } from './context.ts'

/** True when the last look was judged to be this. */
export function judgedAs(context: RunContext, is: Verdict['is']): boolean {
  return context.stage.silence === null && context.stage.verdict?.is === is
}

/** How often an act may be done: by its own rule, else by its stage's. */
export function repeatOf(stage: Stage, one: Pick<Act, 'repeat'> | Pick<Intent, 'repeat'> | null): Repeat {
  return one?.repeat ?? stage.repeat
}

/** The act the facts ask for has been begun as often as its rule allows: once for `never`, else the policy's attempts; or its request was
 *  lost too often. */
export function wouldRepeat(context: RunContext): boolean {
  const { verdict, place, acts, lost } = context.stage
  if (verdict?.is !== 'act') return false
  if (lost > MOST_LOST) return true
  const stage = stageAt(place)
  const begun = context.begun[verdict.act.key] ?? 0
  if (repeatOf(stage, verdict.act) === 'never') return begun > (context.allowed[verdict.act.key] ?? 0)
  return (acts[verdict.act.key] ?? 0) >= context.plan.policy[stage.step].attempts
}

/** A link that breaks at every request is not tried for ever. */
const MOST_LOST = 3

/** A person has to agree before this act: the workflow says so for the step, or the act itself does. Approving one act of a stage says
 *  nothing of another that asks for itself. */
export function needsApproval(context: RunContext): boolean {
  const { verdict, place, granted } = context.stage
  if (verdict?.is !== 'act') return false
  if (verdict.act.approval !== undefined && !granted.includes(verdict.act.key)) return true
  // Putting back is part of every end: what a person wants approved is the step, never its undoing.
  if (place.startsWith('restoring.')) return false
  const { step } = stageAt(place)
  return context.plan.approvals[step] !== undefined && !context.approvedSteps.includes(step)
}

/** A look that brought nothing may be made again: the host may come back, or the fact may become readable. */
export function mayLookAgain(context: RunContext): boolean {
  const { place, blanks, silence, verdict } = context.stage
  if (silence !== null) return faultTable[silence.code].disposition === 'retry'
  if (verdict?.is !== 'unknown') return false
  return blanks < context.plan.policy[stageAt(place).step].attempts
}

/** Milliseconds of farm time to the next look. */
export function pauseOf(context: RunContext): number {
  const policy = context.plan.policy[stageAt(context.stage.place).step]
  const { verdict, silence } = context.stage
  if (verdict?.is === 'retry' && silence === null) return verdict.pauseMs ?? policy.pollMs
  return policy.backoffMs
}

/** Milliseconds of farm time that a stage may look and wait. */
export function deadlineOf(context: RunContext): number {
  const stage = stageAt(context.stage.place)
  if (stage.step === 'verify') return context.plan.verify.deadlineMs
  return context.plan.policy[stage.step].deadlineMs
}
