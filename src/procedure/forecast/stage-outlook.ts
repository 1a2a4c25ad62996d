import type { FaultRecord } from '../../faults/fault.ts'
import type { StepName } from '../../workflow/plan.ts'
import { freshStage, type RunContext } from '../chart/context.ts'
import { needsApproval } from '../chart/guards.ts'
import { judgeLook } from '../chart/judging.ts'
import { asked } from '../chart/masking.ts'
import type { Looked } from '../chart/signals.ts'
import { isAsk, type Probe } from '../asking.ts'
import type { Stage } from '../stage.ts'
import { withUndo } from '../undo.ts'
import { act, type Option, type Verdict } from '../verdict.ts'
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
  const stay = new Stay(step, { ...run, stage: freshStage(`${step}.${stage.name}`) }, world)
  if (stage.certain !== null) {
    for (const certain of stage.certain(run.plan)) stay.meets(act(certain, 'it will run whatever is found'))
    return stay.ends('done', [])
  }
  for (let round = 0; round < ROUNDS; round++) {
    const { plan, memory, stage: at } = stay.context
    const now = world.askable(stage.probe({ plan, memory, intent: at.intent, end: at.end }))
    // A stage that judges silence may see enough in some of its hosts; all others need every answer.
    if (now.until !== null && !(stage.judgesSilence && asks(now.probe))) return stay.ends('dark', [], { until: now.until })
    stay.looked = yield now.probe
    const seen = world.seen(now.probe, stay.looked)
    const judged = judgeLook(stay.context, { now: seen.now, missing: { ...seen.missing, ...now.missing } })
    if (now.until !== null && !isFirm(judged)) return stay.ends('dark', [], { until: now.until })
    if ('silence' in judged) return stay.ends('blocked', [], { fault: judged.silence })
    const end = stay.meets(judged.verdict)
    if (end !== null) return end
  }
  return stay.ends('waits', ['more than can be foreseen'])
}

/** The run inside one stage, as far as it is foreseen. */
class Stay {
  context: RunContext
  looked: Looked | null = null
  readonly #step: StepName
  readonly #world: ForeseenWorld
  readonly #acts: ForeseenAct[] = []
  readonly #approvals: ForeseenApproval[] = []

  constructor(step: StepName, context: RunContext, world: ForeseenWorld) {
    this.#step = step
    this.context = context
    this.#world = world
  }

  ends(end: StageOutlook['end'], says: readonly string[], more: Partial<StageOutlook> = {}): StageOutlook {
    const [acts, approvals] = [this.#acts, this.#approvals]
    return { end, says, acts, approvals, until: null, fault: null, options: [], run: this.context, looked: this.looked, ...more }
  }

  /** What a verdict leads to: the end of the stage, or another look (null). */
  meets(verdict: Verdict): StageOutlook | null {
    const before = this.context.memory
    const memory = { ...before, ...('learn' in verdict ? verdict.learn : {}) }
    this.context = { ...this.context, memory }
    switch (verdict.is) {
      case 'act':
        return this.#acting(verdict)
      case 'done':
        return this.ends(verdict.skipped ? 'skipped' : 'done', verdict.because)
      case 'retry':
        return JSON.stringify(memory) === JSON.stringify(before) ? this.ends('waits', [verdict.waitingFor]) : null
      case 'unknown': {
        const details = { what: verdict.what, host: this.context.plan.target.host, why: verdict.why }
        return this.ends('blocked', [], {
          fault: verdict.fault ?? { code: 'FACT_UNKNOWN', details },
          options: verdict.options ?? [],
        })
      }
      case 'hold':
        // After a foreseen act the facts are partly foreseen too: what only the host can show is waited for, not held against it.
        if (this.#acts.length > 0) return this.ends('waits', ['proof of the above'])
        return this.ends('blocked', verdict.because, { fault: verdict.fault, options: verdict.options })
      case 'fail':
        return this.ends('blocked', verdict.because, { fault: verdict.fault })
    }
  }

  #acting(verdict: Verdict & { is: 'act' }): StageOutlook | null {
    const { ask, what, key, undo } = verdict.act
    if (this.#acts.some((one) => one.key === key)) return this.ends('waits', [`proof of "${what}"`])
    const approval = approvalOf(this.context, this.#step, verdict)
    if (approval !== null) this.#approvals.push(approval)
    this.#acts.push({ key, what, host: ask.host, op: ask.op, args: asked(ask.args), because: verdict.because })

    const { memory, stage, approvedSteps } = this.context
    const intent = { key, effect: 'plan', what, host: ask.host, op: ask.op, baseline: stage.baseline }
    const office = ask.op === 'Invoke-VdpOfficeRearm' ? { ...memory.office, rearmed: true } : memory.office
    this.context = {
      ...this.context,
      memory: { ...memory, undo: withUndo(memory.undo, undo ?? []), office },
      approvedSteps: approval === null ? approvedSteps : [...approvedSteps, this.#step],
      stage: { ...stage, intent, end: null, phase: 'confirm', granted: [...stage.granted, key] },
    }
    return this.#world.apply(ask, this.#step) ? null : this.ends('done', [])
  }
}

/** What a stage does or is content with although a host is not there yet; anything else may only be for its silence. */
function isFirm(judged: ReturnType<typeof judgeLook>): boolean {
  return 'verdict' in judged && (judged.verdict.is === 'act' || judged.verdict.is === 'done')
}

function asks(probe: Probe): boolean {
  return Object.values(probe).some((entry) => isAsk(entry) || Object.keys(entry).length > 0)
}

function approvalOf(context: RunContext, step: StepName, verdict: Verdict & { is: 'act' }): ForeseenApproval | null {
  if (!needsApproval({ ...context, stage: { ...context.stage, verdict } })) return null
  const demanded = context.plan.approvals[step]
  const why = verdict.act.approval ?? demanded?.reason ?? 'the workflow asks for it'
  return { step, what: verdict.act.what, why, anotherPerson: demanded?.anotherPerson ?? false }
}
