import { diagnose, tally } from '../diagnosis/diagnose.ts'
import type { Plan, StepName } from '../workflow/plan.ts'
import type { Probe } from './asking.ts'
import { askedAgain, lookOf } from './checkup.ts'
import { freshContext, type RunContext } from './chart/context.ts'
import type { Looked } from './chart/signals.ts'
import type { Person } from './events.ts'
import type { ForeseenApproval, ForeseenRearm, ForeseenStep, Forecast } from './forecast/foreseen.ts'
import { caveatsOf, orderOf, rearmOf, wishOf } from './forecast/known-beforehand.ts'
import { stageOutlook, type StageOutlook } from './forecast/stage-outlook.ts'
import { ForeseenWorld } from './forecast/world.ts'
import { stepNeed } from './scenarios.ts'
import type { Stage } from './stage.ts'
import { stagesOf } from './stages.ts'

const BEFORE: readonly StepName[] = ['preflight', 'createVDisk', 'cleanTokens', 'installWindowsKey', 'activateWindows']
const ARTICLE: readonly StepName[] = ['rearmWindows', 'installOfficeKey', 'rearmOffice']
const OFFICE_FIRST: readonly StepName[] = ['installOfficeKey', 'rearmOffice', 'rearmWindows']
const AFTER: readonly StepName[] = ['sealVDisk', 'verify', 'release']

/** What a run of this plan would do if it began now: the same stages, probes and judges as the run, and no act. Yields each probe it needs
 *  answered and returns the forecast. Pure: the same answers give the same forecast. */
export function* forecast(plan: Plan, by: Person): Generator<Probe, Forecast, Looked> {
  const world = new ForeseenWorld(plan)
  const approvals: ForeseenApproval[] = []
  const steps: ForeseenStep[] = []
  let run = freshContext({ plan, by })
  let stop: StepName | null = null
  let checks: Forecast['checks'] = { tally: tally([]), findings: [] }

  const foresee = function* (step: StepName): Generator<Probe, void, Looked> {
    const stages: StageOutlook[] = []
    const need = stepNeed(plan, step)
    if (need.needed && stop === null) {
      for (const stage of stagesOf[step] as readonly Stage[]) {
        if (stage.wanted?.(plan) === false) continue
        const looks = stageOutlook(stage, step, run, world)
        const outlook: StageOutlook = yield* step === 'preflight' ? askedAgain(plan, looks) : looks
        run = outlook.run
        stages.push(outlook)
        if (step === 'preflight' && outlook.looked !== null) checks = checkup(plan, outlook.looked)
        if (outlook.end === 'blocked') break
      }
    }
    const seen = summed(step, plan, run, stages, stop)
    if (seen.outlook === 'blocked' && step !== 'preflight') stop = step
    steps.push(seen)
    approvals.push(...stages.flatMap((one) => one.approvals))
  }
  for (const step of BEFORE) yield* foresee(step)
  for (const step of run.memory.order?.sequence === 'officeFirst' ? OFFICE_FIRST : ARTICLE) yield* foresee(step)
  for (const step of AFTER) yield* foresee(step)

  return {
    title: plan.title,
    scenario: plan.scenario,
    where: `${plan.farm.name}/${plan.vdisk.store}`,
    workflow: plan.source.hash,
    steps,
    order: orderOf(plan, run.memory),
    rearm: rearmOf(plan, run.memory),
    counters: countersOf(run),
    checks,
    approvals: [...approvals, ...demanded(plan, steps, approvals)],
    caveats: caveatsOf(plan),
  }
}

/** A step from its stages. */
function summed(
  step: StepName,
  plan: Plan,
  run: RunContext,
  stages: readonly StageOutlook[],
  stop: StepName | null,
): ForeseenStep {
  const need = stepNeed(plan, step)
  const acts = stages.flatMap((stage) => stage.acts)
  // Stages of hooks are told without a look, and tell nothing of the step.
  const last = stages.findLast(({ looked, end }) => looked !== null || end !== 'done') ?? stages.at(-1)
  const base = { step, acts, then: [], until: null, fault: null, options: [], why: need.because, source: need.source }
  if (!need.needed) return { ...base, outlook: 'left-out', says: [need.because] }
  if (stop !== null) return { ...base, outlook: 'cannot-know', says: [], until: { step: stop, what: 'is free again' } }
  if (last?.end === 'blocked') return { ...base, outlook: 'blocked', says: last.says, fault: last.fault, options: last.options }
  if (step === 'activateWindows' && plan.windows.activation === 'skip')
    return { ...base, outlook: 'left-out', says: ['the workflow skips the test activation'] }
  const waits = stages.flatMap((stage) => (stage.end === 'waits' ? stage.says.map((what) => `waits for ${what}`) : []))
  const told = stages.filter(({ end }) => end === 'done').flatMap(({ says }) => says)
  const wish = wishOf(plan, step, run.memory)
  const wishes = wish === null ? [] : [wish]
  if (acts.length > 0) {
    const dark = stages.findLast(({ end }) => end === 'dark')?.until ?? null
    return { ...base, outlook: 'will-act', says: told, then: [...waits, ...(dark === null ? [] : wishes)], until: dark }
  }
  const until = stages.map((stage) => stage.until).find((one) => one !== null) ?? null
  if (until !== null) return { ...base, outlook: 'cannot-know', says: wishes, until }
  if (waits.length > 0) return { ...base, outlook: 'will-act', says: told, then: waits }
  if (told.length > 0) return { ...base, outlook: 'satisfied', says: told }
  const skips = stages.flatMap(({ says }) => says)
  return { ...base, outlook: alreadySo(step, run) ? 'satisfied' : 'left-out', says: skips.slice(0, 1) }
}

/** A key that is in was skipped because it is there, not because nobody wants it. */
function alreadySo(step: StepName, { memory }: RunContext): boolean {
  if (step === 'installWindowsKey') return true
  return step === 'installOfficeKey' && (memory.officeInstalls ?? []).length > 0
}

function countersOf({ memory }: RunContext): readonly ForeseenRearm[] {
  const counter = (product: ForeseenRearm['product'], before: number | null): ForeseenRearm => ({
    product,
    before,
    after: before === null ? null : before - 1,
  })
  return [
    counter('Windows', memory.windows.rearmsBefore),
    ...(memory.office.rearmed ? [counter('Office', memory.office.rearmsBefore)] : []),
  ]
}

/** Approvals that the workflow demands in steps whose acts are not known yet. */
function demanded(plan: Plan, steps: readonly ForeseenStep[], told: readonly ForeseenApproval[]): readonly ForeseenApproval[] {
  return steps.flatMap(({ step, outlook }) => {
    const approval = plan.approvals[step]
    if (approval === undefined || outlook !== 'cannot-know' || told.some((one) => one.step === step)) return []
    const { reason, anotherPerson } = approval
    return [{ step, what: 'before its first change', why: reason ?? 'the workflow asks for it', anotherPerson }]
  })
}

/** The doctor's findings on what preflight has read. */
function checkup(plan: Plan, looked: Looked): Forecast['checks'] {
  const findings = diagnose(lookOf(plan, looked))
  return { tally: tally(findings), findings }
}
