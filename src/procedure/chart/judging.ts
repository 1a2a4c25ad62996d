import type { FaultRecord } from '../../faults/fault.ts'
import { sameBoot } from '../reboots.ts'
import type { Stage } from '../stage.ts'
import { stageAt } from '../stages.ts'
import type { TargetState } from '../../wire/operations/target-state.ts'
import { hold, type Verdict } from '../verdict.ts'
import type { RunContext } from './context.ts'
import { repeatOf } from './guards.ts'
import type { Looked } from './signals.ts'

/** What a look means, with the rules that hold for every stage: silence is not judged unless the stage says so, and inside the
 *  no-reboot window a reboot decides before anything else. */
export function judgeLook(
  context: RunContext,
  looked: Looked,
  stage: Stage = stageAt(context.stage.place),
): { verdict: Verdict; baseline: unknown } | { silence: FaultRecord } {
  const silent = Object.values(looked.missing)[0]
  if (silent !== undefined && !stage.judgesSilence) return { silence: silent }
  const lost = rebootVerdict(stage, context, looked)
  if (lost !== null) return { verdict: lost, baseline: null }
  const { plan, memory, stage: at } = context
  const now = looked.now as never
  const judged = stage.judge({ plan, memory, now, missing: looked.missing, intent: at.intent, end: at.end, granted: at.granted })
  const verdict =
    judged.is === 'retry' && at.end?.is === 'refused' && judged.settled !== true
      ? refusal(judged, at.end.fault)
      : judged.is === 'act' && wouldGuess(stage, context, judged)
        ? unfinished(judged)
        : judged
  return { verdict, baseline: verdict.is === 'act' ? stage.baseline(now) : null }
}

/** What a host has refused does not come by waiting: the wait becomes a hold with the host's own reason. */
function refusal(waiting: Verdict & { is: 'retry' }, fault: FaultRecord): Verdict {
  return {
    ...hold(fault.code, fault.details, waiting.because, waiting.options),
    ...(waiting.learn === undefined ? {} : { learn: waiting.learn }),
  }
}

/** Whether the facts ask for an act again whose receipt has no end: its process is dead, and what it set going may not be. */
function wouldGuess(stage: Stage, { stage: { intent, end } }: RunContext, { act }: Verdict & { is: 'act' }): boolean {
  return repeatOf(stage, act) !== 'safe' && end?.is === 'settled' && end.receipt === 'unfinished' && intent?.key === act.key
}

function unfinished({ act, because }: Verdict & { is: 'act' }): Verdict {
  const why = 'its receipt has no end, and the facts ask for it again'
  return hold('OUTCOME_UNKNOWN', { act: act.what, host: act.ask.host, why }, because)
}

function rebootVerdict(stage: Stage, context: RunContext, looked: Looked): Verdict | null {
  const mark = context.memory.window
  if (!stage.insideWindow || mark === null) return null
  const target = looked.now['target'] as TargetState | undefined
  if (target?.boot === undefined) return null
  const boot = sameBoot(mark, target.boot)
  const host = context.plan.target.host
  if (boot.is === 'same') return null
  if (boot.is === 'unclear') return hold('BOOT_UNCLEAR', { host, why: boot.why })
  if (!rearmBegun(context))
    return hold(
      'REBOOTED_BEFORE_REARM',
      { host },
      `boot GUID and LastBootUpTime have both changed since ${mark.lastBootUpTime}`,
      [{ name: 'check-again', label: 'check the target again, from step 4 on; nothing has been spent' }],
    )
  const { windows, office } = context.memory
  return hold(
    'REARM_LOST',
    { host, windowsLeft: windows.rearmsAfter ?? left(windows.rearmsBefore), officeLeft: left(office.rearmsBefore) },
    `boot GUID and LastBootUpTime have both changed since ${mark.lastBootUpTime}`,
    [{ name: 'rearm-again', label: 'go back to the first rearm; spends another one of each' }],
  )
}

/** Whether a rearm was begun since the window opened; those of an earlier window are given up and allowed again. */
function rearmBegun({ begun, allowed }: RunContext): boolean {
  return ['rearm-windows', 'rearm-office'].some((key) => (begun[key] ?? 0) > (allowed[key] ?? 0))
}

function left(before: number | null): string {
  return before === null ? 'unknown' : `${String(before - 1)} (computed)`
}
