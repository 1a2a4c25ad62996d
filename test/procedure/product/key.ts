import type { RunContext } from '../../../src/procedure/chart/context.ts'
import type { Verdict } from '../../../src/procedure/verdict.ts'
import type { ActEnd } from '../../../src/procedure/stage.ts'
import { stageAt } from '../../../src/procedure/stages.ts'
import { repeatOf } from '../../../src/procedure/chart/guards.ts'
import { hookOf } from '../../../src/procedure/steps/hooks/hook.ts'
import { holdReason } from '../../../src/procedure/chart/holding.ts'

/** What two states of the walk must share to count as one.
 *
 *  Kept: where the chart stands; everything a guard, a judge or a property reads. Counters are kept as far as they are compared (blanks up
 *  to the policy's attempts, acts begun against those allowed). A fault counts by what the chart does with it: whether silence is tried
 *  again, and whether a hold is REARM_LOST or REBOOTED_BEFORE_REARM. Memory counts by what is read further on (`memoryKey`).
 *
 *  Dropped, and why nothing is lost: sentences, effect names and the number of intents, which only people and receipts read; the digest of
 *  the facts before an act, because a judge that compares with it is asked with facts on both sides of it; and before the run puts things
 *  back, its list of undos but for those that a stage reads. That list is checked on every edge instead (what an act changes is on it, and
 *  nothing leaves it but where it may), and the putting back is walked from every list that a way leads to. Now and then two contexts
 *  under one key are compared: both must lead to the same keys (`unlikeTwins`). */
export function contextKey(context: RunContext, at: string): string {
  const { stage, approvedSteps, abortWanted, ending, unproved, leases, plan } = context
  const attempts = Math.max(...Object.values(plan.policy).map((one) => one.attempts))
  const held = at.endsWith('.held')
  return JSON.stringify([
    stage.phase === 'mark' && optionsOf(stage.verdict),
    at.includes('.looking.') ? Math.min(stage.blanks, attempts) : 0,
    Object.entries(stage.acts)
      .filter(([key, count]) => count > 0 && !isBack(context, key))
      .map(([key, count]) => [key, Math.min(count, attempts)])
      .sort(),
    Math.min(stage.lost, MOST_LOST),
    [...new Set(stage.granted)].sort(),
    ...(stage.intent === null || isBack(context, stage.intent.key) ? [] : [stage.intent.key, endKey(stage.end)]),
    stage.inDoubt,
    stage.place === '' ? [] : holdReason(context, true).options.map(({ name }) => name),
    actKey(context, at),
    held || stage.phase === 'mark' ? specialFault(stage.heldFor?.code) : null,
    [...new Set(approvedSteps)].sort(),
    abortWanted,
    ending,
    WAIVES.test(stage.place) && unproved.length > 0,
    leases.length,
    stage.skipWanted !== null,
    Object.keys(context.begun)
      .filter(
        (key) => key.startsWith('rearm-') || (key.startsWith(`${stage.place}.`) && hookOf(plan, key)?.hook.effect === 'once'),
      )
      .map((key) => [key, spent(context, key)]),
    memoryKey(context),
  ])
}

/** While things are put back: what is back already is not asked for again, unless a machine was started once more. */
function isBack({ ending, memory }: RunContext, act: string): boolean {
  return (
    ending !== null &&
    act.startsWith('restore:') &&
    !act.startsWith('restore:running') &&
    !memory.undo.some(({ key }) => act === `restore:${key}`)
  )
}

/** The act that the last look asked for, where it is still read: while it waits or runs, and where another one has to be allowed. */
function actKey({ stage: { verdict, place } }: RunContext, at: string): unknown {
  if (verdict?.is !== 'act') return null
  if (!/(acting|approving)$/.test(at) && repeatOf(stageAt(place), verdict.act) !== 'never') return null
  return [verdict.act.key, verdict.act.ask.op, verdict.act.approval !== undefined]
}

/** What of the memory is read from here on. */
export function memoryKey({ memory, ending, plan, stage: { place } }: RunContext): string {
  const { touched, made, sealed, version } = memory
  const { unfit } = memory
  if (ending !== null)
    return JSON.stringify([memory.undo, memory.remains.length > 0, touched, made, sealed !== null, version, unfit])
  const { windows, office, off, undo } = memory
  const before = LATE.test(place)
    ? []
    : [
        memory.rearm === null && plan.scenario === 'update-image' ? memory.disk?.sealedBefore : null,
        memory.order?.sequence,
        memory.rearm?.wanted,
        memory.officeInstalls?.length,
        memory.tokens !== null,
        windows.cmidBefore !== null,
        office.rearmed,
        memory.window !== null,
      ]
  return JSON.stringify([
    before,
    memory.disk?.sealAs,
    memory.device !== null,
    version,
    touched,
    place === 'sealVDisk.awaitOff' ? off : null,
    Object.keys(memory.hooks),
    memory.rebootDue,
    made !== null,
    memory.ownMount,
    sealed !== null,
    memory.clones.length,
    memory.weaker.length > 0,
    memory.unfit,
    undo.filter(({ is }) => is === 'kmsHost' || is === 'deviceDisk').map(({ key }) => key),
  ])
}

/** From here on every request counts as lost too often. */
const MOST_LOST = 4

/** From the mount slot on no way leads back, and nothing of what was prepared is read again. */
const LATE = /^(sealVDisk\.(check|set|switch|publish|confirm)|verify|release)/
/** What a person waives before is read at one place, the end of the release, whose ways both lead to `restoring`: waiving is walked here. */
const WAIVES = /^(verify|release)/

/** What a judge reads of a context. */
export function judgedKey(context: RunContext): string {
  const { place, intent, end, granted } = context.stage
  return JSON.stringify([
    place,
    intent?.key,
    intent?.baseline,
    end,
    [...new Set(granted)].sort(),
    memoryKey(context),
    context.memory.window,
  ])
}

/** The names of what a verdict lets a person allow. */
export function optionsOf(verdict: Verdict | null): readonly string[] {
  return verdict !== null && 'options' in verdict ? (verdict.options ?? []).map(({ name }) => name) : []
}

function spent({ begun, allowed }: RunContext, key: string): number {
  return Math.min((begun[key] ?? 0) - (allowed[key] ?? 0), 2)
}

function specialFault(code: string | undefined): string {
  return code === 'REARM_LOST' || code === 'REBOOTED_BEFORE_REARM' ? code : 'other'
}

function endKey(end: ActEnd | null): unknown {
  if (end?.is === 'answered') return ['answered', end.facts]
  if (end?.is === 'refused') return ['refused']
  return end === null ? null : [end.receipt, end.result]
}
