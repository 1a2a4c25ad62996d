import type { FaultRecord } from '../../faults/fault.ts'
import { asked } from './masking.ts'
import type { Outcome, RunEvent } from '../events.ts'
import { kindOfHost } from '../host-kind.ts'
import { emptyMemory } from '../memory.ts'
import { taskOf } from '../pvs-task.ts'
import { sameBoot, type BootMark } from '../reboots.ts'
import type { Intent, Stage } from '../stage.ts'
import { stageAt } from '../stages.ts'
import { hooksKept, withoutHookGrants } from '../steps/hooks/hook.ts'
import { withUndo } from '../undo.ts'
import type { Verdict } from '../verdict.ts'
import { freshStage, type Phase, type RunContext, type StageContext } from './context.ts'
import { deadlineOf, repeatOf } from './guards.ts'
import { judgeLook } from './judging.ts'
import type { ActFailure, Looked, Settled } from './signals.ts'

/** What a move changes in the run's context and what it tells the journal. */
export interface Move {
  readonly change: Partial<RunContext>
  readonly tell: readonly RunEvent[]
}

const still: Move = { change: {}, tell: [] }

function at(context: RunContext, change: Partial<StageContext>): Partial<RunContext> {
  return { stage: { ...context.stage, ...change } }
}

/** A stage begins, with nothing of the one before it. */
export function enterStage(_context: RunContext, place: string): Move {
  return { change: { stage: freshStage(place) }, tell: [{ type: 'stage.entered', place, title: stageAt(place).title }] }
}

/** Facts have come: judge them, remember what they taught, tell when the verdict is a new one. `stage` is the one at the run's place. */
export function judge(context: RunContext, looked: Looked, stage?: Stage): Move {
  const judged = judgeLook(context, looked, stage)
  if ('silence' in judged) return fallSilent(context, judged.silence)
  const { verdict, baseline } = judged
  const { place, blanks } = context.stage
  const learn = 'learn' in verdict ? verdict.learn : undefined
  const memory = learn === undefined ? context.memory : { ...context.memory, ...learn }
  const tell: RunEvent[] = []
  if (learn !== undefined && JSON.stringify(memory) !== JSON.stringify(context.memory))
    tell.push({ type: 'learnt', place, learn })
  if (context.stage.silence !== null || wordsOf(verdict) !== wordsOf(context.stage.verdict)) {
    const waitingFor = verdict.is === 'retry' ? verdict.waitingFor : null
    const deadlineMs = verdict.is === 'retry' ? deadlineOf(context) : null
    tell.push({ type: 'judged', place, is: verdict.is, because: verdict.because, waitingFor, deadlineMs })
  }
  return {
    change: { ...at(context, { verdict, baseline, silence: null, blanks: verdict.is === 'unknown' ? blanks + 1 : 0 }), memory },
    tell,
  }
}

/** A verdict as people see it: without what it teaches, which may change at every look. */
function wordsOf(verdict: Verdict | null): string {
  return JSON.stringify(verdict, (name, value: unknown) => (name === 'learn' ? undefined : value))
}

/** A host did not answer. */
export function fallSilent(context: RunContext, fault: FaultRecord): Move {
  const { place, silence, blanks } = context.stage
  const news = silence?.code !== fault.code || silence.details['host'] !== fault.details['host']
  return { change: at(context, { silence: fault, blanks: blanks + 1 }), tell: news ? [{ type: 'silent', place, fault }] : [] }
}

/** The act is going to be made: everything needed to judge it later, and to put it back, is in the journal before it starts. */
export function intend(context: RunContext): Move {
  const { verdict, place } = context.stage
  if (verdict?.is !== 'act') return still
  const { act } = verdict
  const begun = (context.begun[act.key] ?? 0) + 1
  const effect = `${place}/${act.key}/${String(context.intents + 1)}`
  const { key, what, ask, repeat } = act
  const rule = repeat === undefined ? {} : { repeat }
  const intent: Intent = { key, effect, what, host: ask.host, op: ask.op, baseline: context.stage.baseline, ...rule }
  const granted = withoutHookGrants(context.stage.granted).filter((name) => name !== act.uses)
  const undo = withUndo(context.memory.undo, act.undo ?? [])
  const acts = { ...context.stage.acts, [act.key]: (context.stage.acts[act.key] ?? 0) + 1 }
  return {
    change: {
      ...at(context, { intent, end: null, inDoubt: false, acts, granted, phase: 'confirm' }),
      begun: { ...context.begun, [act.key]: begun },
      intents: context.intents + 1,
      memory: { ...context.memory, undo },
    },
    tell: [
      ...(act.undo === undefined ? [] : [{ type: 'learnt', place, learn: { undo } } as const]),
      { type: 'intended', place, effect, what: act.what, host: act.ask.host, op: act.ask.op, args: asked(act.ask.args) },
    ],
  }
}

/** The host answered the act. Accepted is not verified: the next look decides. */
export function answer(context: RunContext, facts: unknown): Move {
  const { place, intent } = context.stage
  return {
    change: at(context, { end: { is: 'answered', facts }, inDoubt: false }),
    tell: [{ type: 'acted', place, effect: intent?.effect ?? '', end: 'answered', fault: null, facts }],
  }
}

/** The act failed by the host's own word, or nobody knows. */
export function failAct(context: RunContext, failure: ActFailure): Move {
  const { place, intent } = context.stage
  const { fault, inDoubt } = failure
  return {
    change: at(context, { end: inDoubt ? null : { is: 'refused', fault }, inDoubt }),
    tell: [{ type: 'acted', place, effect: intent?.effect ?? '', end: inDoubt ? 'in-doubt' : 'refused', fault, facts: null }],
  }
}

/** The host's receipts say this much of an act in doubt. Without a receipt it never began there, and after the higher fence it never
 *  will: it counts as not begun, and the facts are judged as if it had not been intended. So does, after a reboot that took the receipts
 *  along, what the facts may ask for again. */
export function settle(context: RunContext, settled: Settled): Move {
  const { place, intent } = context.stage
  if (intent === null) return still
  if (settled.receipt === 'in-flight') return { change: at(context, { silence: null }), tell: [] }
  const gone = settled.receipt === 'none' && receiptsGone(context, intent, settled)
  const told: RunEvent = { type: 'settled', place, effect: intent.effect, receipt: gone ? 'gone' : settled.receipt }
  const calm = { inDoubt: false, silence: null, blanks: 0 } as const
  if (settled.receipt === 'none' && !(gone && isTied(context, intent))) {
    const fewer = (counts: Readonly<Record<string, number>>) => ({ ...counts, [intent.key]: (counts[intent.key] ?? 1) - 1 })
    const { acts, lost } = context.stage
    const stage = { ...calm, intent: null, end: null, phase: 'look', acts: fewer(acts), lost: lost + 1 } as const
    return { change: { ...at(context, stage), begun: fewer(context.begun) }, tell: [told] }
  }
  const receipt = settled.receipt === 'none' ? 'unfinished' : settled.receipt
  return {
    change: at(context, { ...calm, end: { is: 'settled', receipt, result: settled.result }, phase: 'confirm' }),
    tell: [told],
  }
}

/** Whether a missing receipt says nothing: a target keeps them for one boot only. Where no boot is known to compare with, only what is tied
 *  to one is doubted. Source: procedure 1. */
function receiptsGone(context: RunContext, intent: Intent, { boot }: Settled): boolean {
  const { plan, memory } = context
  if (kindOfHost(plan, intent.host) !== 'target') return false
  const mark = memory.window ?? bootAtIntent(intent)
  if (mark === null) return isTied(context, intent)
  return boot === null || sameBoot(mark, boot).is !== 'same'
}

/** What counts as begun when its receipt is gone: what may not be repeated, and what may itself have been the reboot, a hook or a restart. */
function isTied({ stage }: RunContext, intent: Intent): boolean {
  return bootAtIntent(intent) !== null || intent.op === 'Invoke-VdpHook' || repeatOf(stageAt(stage.place), intent) === 'never'
}

/** The boot in which an act was intended, where its stage records it. */
function bootAtIntent({ baseline }: Intent): BootMark | null {
  return (baseline as { readonly boot?: BootMark | null } | null)?.boot ?? null
}

/** Looks again for another reason. */
export function turnTo(context: RunContext, phase: Phase): Move {
  return { change: at(context, { phase, silence: null, blanks: 0 }), tell: [] }
}

/** The stage's aim is met. */
export function finishStage(context: RunContext): Move {
  const { place, verdict } = context.stage
  if (verdict?.is !== 'done') return still
  return { change: {}, tell: [{ type: 'stage.done', place, because: verdict.because, skipped: verdict.skipped }] }
}

/** The end is decided; what the run changed is put back first, still under its leases. */
export function headFor(context: RunContext, outcome: Outcome, because: string, fault: FaultRecord | null): Move {
  return {
    change: { ending: outcome, endsFor: { because, fault }, abortWanted: false },
    tell: [{ type: 'ending', outcome, because, fault }],
  }
}

/** A person ends the run, whether or not it is known what became of the last act. Its task, if PVS made one, is waited for first. */
export function headForAborted(context: RunContext): Move {
  const { place, intent, inDoubt, end } = context.stage
  const id = taskOf(end)
  const task = id === null || intent === null ? null : { id, what: intent.what }
  const doubt = inDoubt && intent !== null ? `; what became of "${intent.what}" on ${intent.host} is not known` : ''
  const { change, tell } = headFor(context, 'aborted', `a person ended the run${doubt}`, null)
  if (task === null) return { change, tell }
  return {
    change: { ...change, memory: { ...context.memory, task } },
    tell: [{ type: 'learnt', place, learn: { task } }, ...tell],
  }
}

/** After a lost rearm the window is open again: nothing counts as rearmed, one more of each is allowed by the decision. What the workflow
 *  wants approved is asked for anew. */
export function forgetRearms(context: RunContext): Move {
  const { memory } = context
  const learn = {
    window: null,
    off: null,
    office: { ...memory.office, rearmed: false },
    windows: { ...memory.windows, activation: emptyMemory.windows.activation },
    hooks: hooksKept(context.plan, memory.hooks),
  }
  return {
    change: { memory: { ...memory, ...learn }, approvedSteps: [], allowed: oneMore(context, 'rearm-windows', 'rearm-office') },
    tell: [{ type: 'learnt', place: context.stage.place, learn }],
  }
}

/** One more of each act than was begun so far. */
export function oneMore(context: RunContext, ...keys: readonly string[]): RunContext['allowed'] {
  return { ...context.allowed, ...Object.fromEntries(keys.map((key) => [key, context.begun[key] ?? 0])) }
}
