import type { FaultRecord } from '../../faults/fault.ts'
import type { StepName } from '../../workflow/plan.ts'
import { freshStage, type RunContext } from '../chart/context.ts'
import { needsApproval } from '../chart/guards.ts'
import { judgeLook } from '../chart/judging.ts'
import { asked } from '../chart/masking.ts'
import type { Looked } from '../chart/signals.ts'
import type { Probe } from '../asking.ts'
import type { Stage } from '../stage.ts'
import { withUndo } from '../undo.ts'
import type { Act, Option, Verdict } from '../verdict.ts'
import type { ForeseenAct, ForeseenApproval, Until } from './foreseen.ts'
import type { ForeseenWorld } from './world.ts'

/** Looks in one stage at most: each act of it takes one, and each thing it finds settled. */
const ROUNDS = 100

/** What a stage would come to: the end of its looks, and the acts before that. */
export interface StageOutlook {
  readonly end: 'done' | 'skipped' | 'waits' | 'dark' | 'blocked'
  readonly says: readonly string[]
  readonly acts: readonly ForeseenAct[]
  readonly approvals: readonly ForeseenApproval[]
  readonly until: Until | null
  readonly fault: FaultRecord | null
  readonly options: readonly Option[]
  /** The run's context after the stage. */
  readonly run: RunContext
  /** The last look, as it was read. */
  readonly looked: Looked | null
}

/** Foresees one stage with the run's own rules: asks for its looks, judges them, lays each act over the facts and judges again. */
export function* stageOutlook(
  stage: Stage,
  step: StepName,
  run: RunContext,
  world: ForeseenWorld,
): Generator<Probe, StageOutlook, Looked> {
  let context: RunContext = { ...run, stage: freshStage(`${step}.${stage.name}`) }
  const acts: ForeseenAct[] = []
  const approvals: ForeseenApproval[] = []
  let looked: Looked | null = null
  const ends = (end: StageOutlook['end'], says: readonly string[], more: Partial<StageOutlook> = {}): StageOutlook => ({
    end,
    says,
    acts,
    approvals,
    until: null,
    fault: null,
    options: [],
    run: context,
    looked,
    ...more,
  })

  for (let round = 0; round < ROUNDS; round++) {
    const probe = stage.probe({
      plan: context.plan,
      memory: context.memory,
      intent: context.stage.intent,
      end: context.stage.end,
    })
    const dark = world.darkFor(probe)
    if (dark !== null) return ends('dark', [], { until: dark })
    looked = yield probe
    const judged = judgeLook(context, world.seen(probe, looked))
    if ('silence' in judged) return ends('blocked', [], { fault: judged.silence })
    const { verdict } = judged
    const before = context
    context = { ...context, memory: { ...context.memory, ...('learn' in verdict ? verdict.learn : {}) } }
    switch (verdict.is) {
      case 'act': {
        if (acts.some((one) => one.key === verdict.act.key)) return ends('waits', [`proof of "${verdict.act.what}"`])
        const approval = approvalOf(context, step, verdict)
        if (approval !== null) approvals.push(approval)
        acts.push(foreseenAct(verdict.act, verdict.because))
        context = afterAct(context, verdict.act, approval === null ? [] : [step])
        if (!world.apply(verdict.act.ask, step)) return ends('done', [])
        break
      }
      case 'done':
        return ends(verdict.skipped ? 'skipped' : 'done', verdict.because)
      case 'retry':
        if (JSON.stringify(context.memory) === JSON.stringify(before.memory)) return ends('waits', [verdict.waitingFor])
        break
      case 'unknown': {
        const fault = verdict.fault ?? {
          code: 'FACT_UNKNOWN',
          details: { what: verdict.what, host: context.plan.target.host, why: verdict.why },
        }
        return ends('blocked', [], { fault, options: verdict.options ?? [] })
      }
      case 'hold':
        // After a foreseen act the facts are partly foreseen too: what only the host can show is waited for, not held against it.
        return acts.length > 0
          ? ends('waits', ['proof of the above'])
          : ends('blocked', verdict.because, { fault: verdict.fault, options: verdict.options })
      case 'fail':
        return ends('blocked', verdict.because, { fault: verdict.fault })
    }
  }
  return ends('waits', ['more than can be foreseen'])
}

function approvalOf(context: RunContext, step: StepName, verdict: Verdict & { is: 'act' }): ForeseenApproval | null {
  if (!needsApproval({ ...context, stage: { ...context.stage, verdict } })) return null
  const demanded = context.plan.approvals[step]
  const why = verdict.act.approval ?? demanded?.reason ?? 'the workflow asks for it'
  return { step, what: verdict.act.what, why, anotherPerson: demanded?.anotherPerson ?? false }
}

function foreseenAct({ ask, what, key }: Act, because: readonly string[]): ForeseenAct {
  return { key, what, host: ask.host, op: ask.op, args: asked(ask.args), because }
}

/** The run's context once the act was made; an approval is asked once for a step. */
function afterAct(context: RunContext, act: Act, approved: readonly StepName[]): RunContext {
  const { ask, what, key } = act
  const intent = { key, effect: 'plan', what, host: ask.host, op: ask.op, baseline: context.stage.baseline }
  const undo = withUndo(context.memory.undo, act.undo ?? [])
  const office = ask.op === 'Invoke-VdpOfficeRearm' ? { ...context.memory.office, rearmed: true } : context.memory.office
  return {
    ...context,
    memory: { ...context.memory, undo, office },
    approvedSteps: [...context.approvedSteps, ...approved],
    stage: { ...context.stage, intent, end: null, phase: 'confirm', granted: [...context.stage.granted, key] },
  }
}
