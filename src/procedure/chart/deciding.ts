import type { Person, RunEvent } from '../events.ts'
import { stageAt } from '../stages.ts'
import { HOOK_AGAIN, hookOf, withoutHookGrants } from '../steps/hooks/hook.ts'
import { saysUndo } from '../undo.ts'
import type { RunContext } from './context.ts'
import { repeatOf } from './guards.ts'
import { holdReason } from './holding.ts'
import { oneMore, type Move } from './moves.ts'
import type { Signal } from './signals.ts'

function decided(context: RunContext, signal: Signal): RunEvent {
  const { type: decision, by, reason, option } = signal
  return { type: 'decided', place: context.stage.place, decision, by, reason, option }
}

/** Another person is another login, wherever it is used; Windows takes upper and lower case of a login for the same. */
export function sameLogin(one: Pick<Person, 'login'>, other: Pick<Person, 'login'>): boolean {
  return one.login.toLowerCase() === other.login.toLowerCase()
}

/** Why an approval cannot be taken here, or null. Another person means another login, never a claim. */
export function approvalProblem(context: RunContext, signal: Signal, holding: boolean): string | null {
  const { place, verdict } = context.stage
  const demanded = context.plan.approvals[stageAt(place).step]
  const sameAgain = demanded?.anotherPerson === true && sameLogin(signal.by, context.startedBy)
  const another = `the workflow demands another person than ${context.startedBy.login}, who started the run`
  if (holding) {
    const { options } = holdReason(context, false)
    if (AGAIN.includes(signal.option) && sameAgain) return another
    if (signal.option === null)
      return options.length === 0
        ? 'there is nothing to approve here; retry, mark-done, skip or abort'
        : `name what you approve: --option ${options.map((option) => option.name).join(' | ')}`
    return options.some((option) => option.name === signal.option) ? null : `"${signal.option}" is not offered here`
  }
  if (verdict?.is !== 'act') return 'the run does not wait for an approval'
  return sameAgain ? another : null
}

/** The options that allow once more what may not be repeated. */
const AGAIN: readonly (string | null)[] = ['rearm-again', HOOK_AGAIN]

/** A person allowed the act that waits. The facts are looked at again first: hours may have passed. */
export function approve(context: RunContext, signal: Signal): Move {
  const { stage } = context
  const { step } = stageAt(stage.place)
  const before = withoutHookGrants(stage.granted)
  const granted = stage.verdict?.is === 'act' ? [...before, stage.verdict.act.key] : before
  return {
    change: {
      stage: { ...stage, granted, verdict: null, phase: stage.intent === null ? 'look' : 'confirm' },
      approvedSteps: [...context.approvedSteps, step],
    },
    tell: [decided(context, signal)],
  }
}

/** What a stage that goes on by a person's word no longer counts or waits for. */
const afresh = { blanks: 0, acts: {}, lost: 0, silence: null, verdict: null, skipWanted: null } as const

/** Every decision to go on takes back the wish to leave. */
const staying = { abortWanted: false } as const

/** A person allowed one of the offered ways on. `rearm-again` and `hook-again` forget the intent: what was begun is given up as lost. */
export function grant(context: RunContext, signal: Signal): Move {
  const { stage } = context
  const again = AGAIN.includes(signal.option)
  const granted = signal.option === null ? stage.granted : [...stage.granted, signal.option]
  const key = stage.intent?.key ?? (stage.verdict?.is === 'act' ? stage.verdict.act.key : null)
  // A rearm allowed again after a reboot allows no hook during which it happened.
  const itself = key !== null && (signal.option === HOOK_AGAIN) === (hookOf(context.plan, key) !== undefined)
  return {
    change: {
      stage: {
        ...stage,
        ...afresh,
        granted,
        ...(again ? { intent: null, end: null, inDoubt: false } : {}),
      },
      ...staying,
      ...(again && itself ? { allowed: oneMore(context, key) } : {}),
    },
    tell: [decided(context, signal)],
  }
}

/** A person wants it tried again. What may not be repeated keeps its intent, so that the next look still judges the first attempt. */
export function retryStage(context: RunContext, signal: Signal): Move {
  const { stage } = context
  const keep = repeatOf(stageAt(stage.place), stage.intent) === 'never' || stage.inDoubt
  return {
    change: {
      stage: {
        ...stage,
        ...afresh,
        ...(keep ? {} : { intent: null, end: null }),
      },
      ...staying,
    },
    tell: [decided(context, signal)],
  }
}

/** A person says that it is done: the same proof is looked for, and refused when it is not there. An act in doubt stays so until then. */
export function markDone(context: RunContext, signal: Signal): Move {
  return {
    change: { stage: { ...context.stage, phase: 'mark', blanks: 0, silence: null, verdict: null, skipWanted: null }, ...staying },
    tell: [decided(context, signal)],
  }
}

/** A person goes on without this; the run can then not end as verified where it proves something, or puts something back. */
export function skipStage(context: RunContext, signal: Signal): Move {
  const { change, tell } = leaveOut(context, signal)
  return { change, tell: [decided(context, signal), ...tell] }
}

/** A person wants to go on without this while an act is in doubt: its host is asked first, once. */
export function wantSkip(context: RunContext, signal: Signal): Move {
  const { by, reason } = signal
  return { change: { stage: { ...context.stage, skipWanted: { by, reason } } }, tell: [decided(context, signal)] }
}

/** The act in doubt was asked for: the stage is left out as it was decided. */
export function skipAfterAll(context: RunContext): Move {
  const { skipWanted } = context.stage
  return skipWanted === null ? { change: {}, tell: [] } : leaveOut(context, skipWanted)
}

function leaveOut(context: RunContext, { by, reason }: Pick<Signal, 'by' | 'reason'>): Move {
  const { place } = context.stage
  const { step, title } = stageAt(place)
  const because = [`skipped by ${by.login}: ${reason ?? 'no reason given'}`]
  const done: RunEvent = { type: 'stage.done', place, because, skipped: true }
  if (place.startsWith('restoring.')) return leaveStanding(context, by, done)
  const proves = step === 'verify' || step === 'activateWindows'
  const unproved = proves ? [...context.unproved, `${title}: skipped by ${by.login}`] : context.unproved
  return { change: { unproved }, tell: [done] }
}

/** What the run changed stays as it is. Restoring is proved like a step (procedure 1): without it no run ends as verified, and every ending
 *  names what was not put back. */
function leaveStanding(context: RunContext, by: Person, done: RunEvent): Move {
  const { ending, endsFor, memory, unproved } = context
  const left = memory.undo.map(saysUndo)
  if (left.length === 0 || ending === null || endsFor === null) return { change: {}, tell: [done] }
  const unrestored = `not put back, by ${by.login}: ${left.join(', ')}`
  const outcome = ending === 'verified' ? 'sealed-unverified' : ending
  const because = `${endsFor.because}; ${unrestored}`
  return {
    change: { ending: outcome, endsFor: { ...endsFor, because }, unproved: [...unproved, unrestored] },
    tell: [done, { type: 'ending', outcome, because, fault: endsFor.fault }],
  }
}

/** A person wants the run to end; an act under way is waited for first. */
export function wantAbort(context: RunContext, signal: Signal): Move {
  return { change: { abortWanted: true }, tell: [decided(context, signal)] }
}
