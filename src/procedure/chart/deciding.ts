import type { Person, RunEvent } from '../events.ts'
import { stageAt } from '../stages.ts'
import type { RunContext } from './context.ts'
import { holdReason } from './holding.ts'
import { oneMore, type Move } from './moves.ts'
import type { Signal } from './signals.ts'

function decided(context: RunContext, signal: Signal): RunEvent {
  const { type: decision, by, reason, option } = signal
  return { type: 'decided', place: context.stage.place, decision, by, reason, option }
}

function samePerson(one: Person, other: Person): boolean {
  return one.login === other.login && one.host === other.host
}

/** Why an approval cannot be taken here, or null. Another person means another login, never a claim. */
export function approvalProblem(context: RunContext, signal: Signal, holding: boolean): string | null {
  const { place, verdict } = context.stage
  const demanded = context.plan.approvals[stageAt(place).step]
  const sameAgain = demanded?.anotherPerson === true && samePerson(signal.by, context.startedBy)
  const another = `the workflow demands another person than ${context.startedBy.login}, who started the run`
  if (holding) {
    const { options } = holdReason(context, false)
    if (signal.option === AGAIN && sameAgain) return another
    if (signal.option === null)
      return options.length === 0
        ? 'there is nothing to approve here; retry, mark-done, skip or abort'
        : `name what you approve: --option ${options.map((option) => option.name).join(' | ')}`
    return options.some((option) => option.name === signal.option) ? null : `"${signal.option}" is not offered here`
  }
  if (verdict?.is !== 'act') return 'the run does not wait for an approval'
  return sameAgain ? another : null
}

/** The option that allows once more what may not be repeated. */
const AGAIN = 'rearm-again'

/** A person allowed the act that waits. The facts are looked at again first: hours may have passed. */
export function approve(context: RunContext, signal: Signal): Move {
  const { stage } = context
  const { step } = stageAt(stage.place)
  const granted = stage.verdict?.is === 'act' ? [...stage.granted, stage.verdict.act.key] : stage.granted
  return {
    change: {
      stage: { ...stage, granted, verdict: null, phase: stage.intent === null ? 'look' : 'confirm' },
      approvedSteps: [...context.approvedSteps, step],
    },
    tell: [decided(context, signal)],
  }
}

/** A person allowed one of the offered ways on. `rearm-again` forgets the intent: what was begun is given up as lost. */
export function grant(context: RunContext, signal: Signal): Move {
  const { stage } = context
  const again = signal.option === AGAIN
  const granted = signal.option === null ? stage.granted : [...stage.granted, signal.option]
  const key = stage.intent?.key ?? (stage.verdict?.is === 'act' ? stage.verdict.act.key : null)
  return {
    change: {
      stage: {
        ...stage,
        granted,
        blanks: 0,
        acts: {},
        lost: 0,
        silence: null,
        verdict: null,
        ...(again ? { intent: null, end: null, inDoubt: false } : {}),
      },
      ...(again && key !== null ? { allowed: oneMore(context, key) } : {}),
    },
    tell: [decided(context, signal)],
  }
}

/** A person wants it tried again. What may not be repeated keeps its intent, so that the next look still judges the first attempt. */
export function retryStage(context: RunContext, signal: Signal): Move {
  const { stage } = context
  const keep = stageAt(stage.place).repeat === 'never' || stage.inDoubt
  return {
    change: {
      stage: {
        ...stage,
        blanks: 0,
        acts: {},
        lost: 0,
        silence: null,
        verdict: null,
        ...(keep ? {} : { intent: null, end: null }),
      },
    },
    tell: [decided(context, signal)],
  }
}

/** A person says that it is done: the same proof is looked for, and refused when it is not there. An act in doubt stays so until then. */
export function markDone(context: RunContext, signal: Signal): Move {
  return {
    change: { stage: { ...context.stage, phase: 'mark', blanks: 0, silence: null, verdict: null } },
    tell: [decided(context, signal)],
  }
}

/** A person goes on without this; the run can then not end as verified where it proves something. */
export function skipStage(context: RunContext, signal: Signal): Move {
  const { place } = context.stage
  const unproved =
    stageAt(place).step === 'verify' || stageAt(place).step === 'activateWindows'
      ? [...context.unproved, `${stageAt(place).title}: skipped by ${signal.by.login}`]
      : context.unproved
  return {
    change: { unproved },
    tell: [
      decided(context, signal),
      {
        type: 'stage.done',
        place,
        because: [`skipped by ${signal.by.login}: ${signal.reason ?? 'no reason given'}`],
        skipped: true,
      },
    ],
  }
}

/** A person wants the run to end; an act under way is waited for first. */
export function wantAbort(context: RunContext, signal: Signal): Move {
  return { change: { abortWanted: true }, tell: [decided(context, signal)] }
}
