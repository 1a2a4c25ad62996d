import type { AnyStateNode } from 'xstate'
import { chart } from '../../src/procedure/chart/chart.ts'
import type { RunContext } from '../../src/procedure/chart/context.ts'
import { stepNeed } from '../../src/procedure/scenarios.ts'
import { stageAt } from '../../src/procedure/stages.ts'
import { SCENARIOS, STEPS, type Plan, type StepName } from '../../src/workflow/plan.ts'

/** A kind of plan, as far as it decides by itself which way the chart goes. */
interface Kind {
  readonly plan: Pick<Plan, 'scenario' | 'office' | 'windows' | 'release' | 'vdisk' | 'seal' | 'verify'>
  readonly officeFirst: boolean
  readonly says: Says
}

const root = chart.root as unknown as AnyStateNode
const nameOf = ({ path }: AnyStateNode) => path.join('.')

/** Where a stored chart can stand: leaves that are not left by themselves. */
export function standing(node: AnyStateNode = root): readonly AnyStateNode[] {
  const below = Object.values(node.states)
  if (below.length > 0) return below.flatMap((one) => standing(one))
  const passing = (node.always?.length ?? 0) > 0 || (node.type === 'final' && node.path.length > 1)
  return passing ? [] : [node]
}

/** What the judge of a stage can say, by the stage's place. */
export type Says = (place: string, word: 'fail' | 'REARM_LOST') => boolean

/** Every change between standing states that an event causes in some plan, as `from > to`: guards that ask the plan or the stage alone are
 *  asked, those that ask what happened are taken for true and for false. */
export function declaredEdges(says: Says): ReadonlySet<string> {
  const edges = new Set<string>()
  for (const kind of kinds(says)) {
    const known = new Map<AnyStateNode, readonly string[]>()
    for (const from of standing().filter((state) => exists(state, kind)))
      for (const target of leaving(from, kind))
        for (const to of comesTo(target, kind, known)) if (to !== nameOf(from)) edges.add(`${nameOf(from)} > ${to}`)
  }
  return edges
}

function kinds(says: Says): readonly Kind[] {
  const creates = (scenario: Plan['scenario']): readonly Plan['vdisk']['create'][] =>
    scenario === 'new-base-image' ? ['existing', 'imaging-wizard'] : ['existing']
  return SCENARIOS.flatMap((scenario) =>
    (['auto', 'none'] as const).flatMap((present) =>
      creates(scenario).flatMap((create) =>
        [true, false].map((officeFirst) => ({
          plan: {
            scenario,
            office: { present },
            vdisk: { create },
            seal: { licenseMode: 2 },
            verify: verifyOf(scenario),
          } as unknown as Plan,
          officeFirst,
          says,
        })),
      ),
    ),
  )
}

/** As the simulated workflows have it: versions that fail their verification are reverted. */
function verifyOf(scenario: Plan['scenario']): Partial<Plan['verify']> {
  return scenario === 'maintenance-version' ? { onFailure: 'revert' } : {}
}

/** Whether a plan of this kind has the step and the stage of a state. */
function exists({ path }: AnyStateNode, { plan }: Kind): boolean {
  const [step = '', name = ''] = path
  if (STEPS.every((one) => one !== step)) return true
  const place = `${step}.${name}`
  const wanted = place === 'sealVDisk.takingSlot' || isOptional(place) ? null : stageAt(place).wanted
  return stepNeed(plan, step as StepName).needed && (wanted?.(plan as Plan) ?? true)
}

/** Stages that any kind of plan may have: its hooks and their copies decide. */
function isOptional(place: string): boolean {
  return /\.(?:before|after|confirmCopies)$/.test(place)
}

/** From here on a rearm may wait in the image. */
const IN_WINDOW = STEPS.slice(STEPS.indexOf('rearmWindows'), STEPS.indexOf('verify'))

/** Where the events that a state takes lead first. */
function leaving(from: AnyStateNode, kind: Kind): readonly AnyStateNode[] {
  const ways: AnyStateNode[] = []
  for (let node: AnyStateNode | undefined = from; node !== undefined; node = node.parent)
    for (const [event, transitions] of node.transitions)
      if (!event.startsWith('xstate.done.state')) ways.push(...taken(transitions, from, kind))
  return ways
}

/** The standing states in which the chart comes to rest from here without another event. */
function comesTo(node: AnyStateNode, kind: Kind, known: Map<AnyStateNode, readonly string[]>): readonly string[] {
  const before = known.get(node)
  if (before !== undefined) return before
  known.set(node, [])
  const found = new Set(onwards(node, kind).flatMap((next) => comesTo(next, kind, known)))
  if (onwards(node, kind).length === 0) found.add(nameOf(node))
  const all = [...found]
  known.set(node, all)
  return all
}

function onwards(node: AnyStateNode, kind: Kind): readonly AnyStateNode[] {
  const [first] = node.initial.target
  if (Object.keys(node.states).length > 0 && first !== undefined) return [first]
  const over = node.type === 'final' && node.path.length > 1 ? (node.parent?.transitions.get(doneOf(node)) ?? []) : []
  return [...taken(node.always ?? [], node, kind), ...taken(over, node, kind)]
}

const doneOf = ({ parent }: AnyStateNode) => `xstate.done.state.${parent?.id ?? ''}`

type Ways = readonly { readonly guard?: unknown; readonly target?: readonly unknown[] | undefined }[]

/** Where these transitions may lead: those after one that is taken for certain are not. */
function taken(ways: Ways, node: AnyStateNode, kind: Kind): readonly AnyStateNode[] {
  const last = ways.findIndex(({ guard }) => guard === undefined || lets(guard, node, kind) === true)
  return ways
    .slice(0, last === -1 ? ways.length : last + 1)
    .flatMap(({ guard, target }) =>
      target?.[0] === undefined || (guard !== undefined && lets(guard, node, kind) === false) ? [] : [target[0] as AnyStateNode],
    )
}

/** Whether a guard lets through here, whatever happened before; null where that decides. */
function lets(guard: unknown, node: AnyStateNode, { plan, officeFirst, says }: Kind): boolean | null {
  const { type, params } = (typeof guard === 'object' ? guard : { type: guard }) as { type?: string; params?: unknown }
  const place = node.path.slice(0, 2).join('.')
  const never = (impossible: boolean) => (impossible ? false : null)
  const restoring = place.startsWith('restoring.')
  switch (type) {
    case 'stepNeeded':
      return stepNeed(plan, (params as { step: StepName }).step).needed
    case 'stageWanted': {
      const wanted = (params as { place: string }).place
      return isOptional(wanted) ? null : (stageAt(wanted).wanted?.(plan as Plan) ?? true)
    }
    case 'officeFirst':
      return officeFirst
    case 'skippable':
    case 'settlesBeforeSkip':
    case 'skipWanted':
      return never(!stageAt(place).skippable)
    case 'rearmsAgain':
      return never(
        IN_WINDOW.every((step) => step !== node.path[0]) || (!stageAt(place).insideWindow && !says(place, 'REARM_LOST')),
      )
    case 'isFail':
      return never(restoring || !says(place, 'fail'))
    case 'settlesBeforeAbort':
      // An act is asked for, and so approved, only when none is in doubt.
      return never(restoring || node.key === 'approving')
    case 'mayAbort':
    case 'abortWanted':
      return never(restoring)
    default:
      return null
  }
}

/** A context in which everything that can ask for an approval does. */
export function wantsApproval(place: string): RunContext {
  const act = { key: 'any', what: 'any', approval: 'any' }
  return {
    plan: { approvals: { [stageAt(place).step]: { anotherPerson: false, reason: null } } },
    approvedSteps: [],
    stage: { place, granted: [], verdict: { is: 'act', because: [], act } },
  } as unknown as RunContext
}
