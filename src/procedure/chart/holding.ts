import type { FaultRecord } from '../../faults/fault.ts'
import type { RunEvent } from '../events.ts'
import { stageAt } from '../stages.ts'
import { hookOf, hookOptions, hostOf, withoutHookGrants } from '../steps/hooks/hook.ts'
import type { Act, Option } from '../verdict.ts'
import { repeatOf, wouldRepeat } from './guards.ts'
import type { RunContext } from './context.ts'
import type { Move } from './moves.ts'

/** Why the run stops here for a person, and what that person may allow. */
export interface HoldReason {
  readonly fault: FaultRecord
  readonly because: readonly string[]
  readonly options: readonly Option[]
}

/** The reason of a hold, from what the stage knows; `overdue` when its deadline has passed. */
export function holdReason(context: RunContext, overdue: boolean): HoldReason {
  const { verdict, silence, phase, heldFor, intent, inDoubt } = context.stage
  const { place } = context.stage
  const because = verdict?.because ?? []
  if (inDoubt && intent !== null) {
    const why = silence === null ? 'its receipt has no end' : `${intent.host} does not answer (${silence.code})`
    const fault = { code: 'OUTCOME_UNKNOWN', details: { act: intent.what, host: intent.host, why } } as const
    return { fault, because: unheeded(context), options: [] }
  }
  if (phase === 'mark' && heldFor !== null && verdict?.is !== 'hold') {
    const unread = silence !== null || verdict === null || verdict.is === 'unknown'
    const proof = unread ? `the proof could not be read${silence === null ? '' : ` (${silence.code})`}` : 'the proof is not there'
    return { fault: heldFor, because: [`looked again: ${proof}`, ...because], options: [] }
  }
  if (silence !== null) return { fault: silence, because: [], options: [] }
  if (verdict === null)
    return {
      fault: { code: 'DEADLINE_PASSED', details: { what: stageAt(place).title, waited: 'its time', last: 'nothing' } },
      because,
      options: [],
    }
  switch (verdict.is) {
    case 'hold':
      return { fault: verdict.fault, because, options: verdict.options }
    case 'unknown':
      return {
        fault: verdict.fault ?? {
          code: 'FACT_UNKNOWN',
          details: { what: verdict.what, host: context.plan.target.host, why: verdict.why },
        },
        because,
        options: verdict.options ?? [],
      }
    case 'act':
      return {
        fault: repeatFault(context, verdict.act.what),
        because,
        options: wouldRepeat(context) ? againOptions(context, verdict.act) : [],
      }
    case 'retry':
      return {
        fault: verdict.overdue ?? deadlinePassed(verdict.waitingFor, because, overdue),
        because,
        options: verdict.options ?? [],
      }
    case 'done':
    case 'fail':
      return { fault: deadlinePassed(stageAt(place).title, because, overdue), because, options: [] }
  }
}

/** What a person may allow of an act that was done as often as it may be. */
function againOptions({ stage }: RunContext, act: Act): readonly Option[] {
  if (act.ask.op === 'Invoke-VdpHook') return hookOptions
  if (repeatOf(stageAt(stage.place), act) !== 'never') return []
  return [{ name: 'rearm-again', label: `do it once more: ${act.what}` }]
}

/** A wish to leave that the host's silence stands against. */
function unheeded({ abortWanted, stage }: RunContext): readonly string[] {
  const wish = abortWanted ? 'abort' : stage.skipWanted !== null ? 'skip' : null
  return wish === null ? [] : [`it was asked for before the ${wish}; another ${wish} goes on without knowing what became of it`]
}

function repeatFault(context: RunContext, act: string): FaultRecord {
  const { lost, verdict } = context.stage
  if (lost > 1 && context.stage.intent === null && verdict?.is === 'act') {
    const why = `the request "${act}" was lost ${String(lost)} times before the host began it`
    return { code: 'HOST_UNREACHABLE', details: { host: verdict.act.ask.host, why } }
  }
  const placed = verdict?.is === 'act' ? hookOf(context.plan, verdict.act.key) : undefined
  if (placed !== undefined) {
    const { hook, step } = placed
    const details = { hook: hook.name, step, host: hostOf(hook, context.plan), why: 'it was begun before', effect: hook.effect }
    return { code: 'HOOK_OUTCOME_UNKNOWN', details }
  }
  if (verdict?.is === 'act' && repeatOf(stageAt(context.stage.place), verdict.act) === 'never')
    return { code: 'WOULD_REPEAT', details: { act } }
  const { end } = context.stage
  if (end?.is === 'refused') return end.fault
  return {
    code: 'NOT_PROVED',
    details: {
      act,
      host: context.stage.intent?.host ?? context.plan.target.host,
      why: 'it was done as often as the policy allows',
    },
  }
}

function deadlinePassed(what: string, because: readonly string[], overdue: boolean): FaultRecord {
  return {
    code: 'DEADLINE_PASSED',
    details: { what, waited: overdue ? 'the time allowed' : 'its time', last: because.join('; ') || 'nothing' },
  }
}

/** The run is held. What was seen while a person's word was checked offers nothing, unless it is itself a hold. */
export function holdRun(context: RunContext, overdue: boolean): Move {
  const { place, phase, verdict } = context.stage
  const reason = holdReason(context, overdue)
  const held: RunEvent = {
    type: 'held',
    place,
    fault: reason.fault,
    because: reason.because,
    options: reason.options,
    skippable: stageAt(place).skippable,
  }
  const granted = withoutHookGrants(context.stage.granted)
  const seen = phase === 'mark' && verdict?.is !== 'hold' ? null : verdict
  return { change: { stage: { ...context.stage, granted, verdict: seen, heldFor: reason.fault, phase: 'look' } }, tell: [held] }
}
