import type { AnyStateNode, AnyTransitionDefinition } from 'xstate'

/** One box of the drawing. `path` is the state's place in the chart, such as `sealVDisk.awaitOff`. */
export interface Shape {
  readonly path: string
  readonly label: string
  readonly end: boolean
  readonly inside: readonly Shape[]
}

/** One arrow between two boxes; between boxes of one parent, so that every notation can draw it. An empty `from` is the beginning. */
export interface Arrow {
  readonly from: string
  readonly to: string
  readonly label: string
}

/** A drawing as data: what stands on it, and what leads where. */
export interface Diagram {
  readonly shapes: readonly Shape[]
  readonly arrows: readonly Arrow[]
}

/** Boxes that stand for many states: any of the steps, and the chart that every stage has. */
const ANY_STEP = 'anyStep'
/** The box that stands for the chart of every stage. */
const EACH_STAGE = 'eachStage'

/** Draws a chart from its own state nodes: the steps, their branches and ends; `whole` adds every stage, and once the chart of a stage. */
export function diagramOf(root: AnyStateNode, { whole }: { readonly whole: boolean }): Diagram {
  const tops = Object.values(root.states)
  const steps = tops.filter((node) => node.type !== 'final' && isStep(node))
  const shape = (node: AnyStateNode): Shape => ({
    path: pathOf(node),
    label: node.description ?? node.key,
    end: node.type === 'final',
    inside: whole && !isStage(node) ? Object.values(node.states).map(shape) : [],
  })
  const model = whole ? stagesIn(root)[0] : undefined
  const flat = tops.flatMap((top) => arrowsFrom(top, whole))
  return {
    shapes: [
      ...tops.map(shape),
      { path: ANY_STEP, label: 'any step', end: false, inside: [] },
      ...(model === undefined ? [] : [modelShape(model)]),
    ],
    arrows: distinct([
      ...beginnings(root, whole),
      ...gathered(flat, steps.map(pathOf)),
      ...(model === undefined ? [] : modelArrows(model)),
    ]),
  }
}

/** Where a state of the chart is drawn in the whole diagram: in a box of its own, or in the one chart of all stages. */
export function placeIn(node: AnyStateNode): string {
  for (let above: AnyStateNode | undefined = node; above !== undefined; above = above.parent)
    if (isStage(above) && above !== node) return [EACH_STAGE, ...node.path.slice(above.path.length)].join('.')
  return pathOf(node)
}

/** All stages of a chart, in its order. */
export function stagesIn(node: AnyStateNode): readonly AnyStateNode[] {
  return isStage(node) ? [node] : Object.values(node.states).flatMap(stagesIn)
}

function isStage(node: AnyStateNode): boolean {
  return 'looking' in node.states && 'acting' in node.states
}

/** What is put back at the end belongs to no step. */
function isStep(node: AnyStateNode): boolean {
  return 'choosing' in node.states
}

function pathOf(node: AnyStateNode): string {
  return node.path.join('.')
}

function beginnings(node: AnyStateNode, whole: boolean): readonly Arrow[] {
  const first = node.initial.target[0]
  if (first === undefined || isStage(node)) return []
  const own = { from: node.path.length === 0 ? '' : `${pathOf(node)}.`, to: pathOf(first), label: '' }
  return whole
    ? [
        own,
        ...Object.values(node.states)
          .filter((inner) => inner.type === 'compound')
          .flatMap((inner) => beginnings(inner, true)),
      ]
    : [own]
}

/** Every way out of a state and of the states in it, told between the boxes that are drawn. */
function arrowsFrom(top: AnyStateNode, whole: boolean): readonly Arrow[] {
  const nodes = [top, ...within(top)]
  return nodes.flatMap((node) =>
    waysOut(node).flatMap(({ label, targets }) =>
      targets.flatMap((target): Arrow[] => {
        const [from, to] = meeting(drawn(node, whole), drawn(target, whole))
        return from === to ? [] : [{ from, to, label }]
      }),
    ),
  )
}

function within(node: AnyStateNode): readonly AnyStateNode[] {
  return Object.values(node.states).flatMap((inner) => [inner, ...within(inner)])
}

/** The ways out of a state in the order in which they are tried; the last of several without a guard is the other way. */
function waysOut(node: AnyStateNode): readonly { readonly label: string; readonly targets: readonly AnyStateNode[] }[] {
  return [...node.transitions.values(), node.always ?? []].flatMap((choices) =>
    choices.map((choice, at) => {
      const label = labelOf(choice)
      return { label: at > 0 && label === '' && choice.guard === undefined ? 'else' : label, targets: choice.target ?? [] }
    }),
  )
}

/** The path of the box that shows a state. */
function drawn(node: AnyStateNode, whole: boolean): readonly string[] {
  if (!whole) return node.path.slice(0, 1)
  for (let above: AnyStateNode | undefined = node; above !== undefined; above = above.parent)
    if (isStage(above)) return above.path
  return node.path
}

/** The two boxes under the last parent that both share. */
function meeting(from: readonly string[], to: readonly string[]): readonly [string, string] {
  let shared = 0
  while (shared < Math.min(from.length, to.length) - 1 && from[shared] === to[shared]) shared += 1
  return [from.slice(0, shared + 1).join('.'), to.slice(0, shared + 1).join('.')]
}

/** An arrow that every step has is drawn once, from any of them. */
function gathered(arrows: readonly Arrow[], steps: readonly string[]): readonly Arrow[] {
  const from = Map.groupBy(arrows, (arrow) => `${arrow.to}\n${arrow.label}`)
  return arrows.map((arrow) => {
    const others = new Set(from.get(`${arrow.to}\n${arrow.label}`)?.map((one) => one.from))
    return steps.every((step) => step === arrow.to || others.has(step)) ? { ...arrow, from: ANY_STEP } : arrow
  })
}

function modelShape(stage: AnyStateNode): Shape {
  const inner = (node: AnyStateNode): Shape => ({
    path: placeIn(node),
    label: node.key,
    end: false,
    inside: Object.values(node.states).map(inner),
  })
  const exits = ['next', 'restoring'].map((name) => ({ path: `${EACH_STAGE}.${name}`, label: name, end: false, inside: [] }))
  return {
    path: EACH_STAGE,
    label: 'the chart of each stage',
    end: false,
    inside: [...Object.values(stage.states).map(inner), ...exits],
  }
}

function modelArrows(stage: AnyStateNode): readonly Arrow[] {
  const place = (node: AnyStateNode) => {
    if (node.path.slice(0, stage.path.length).join('.') === pathOf(stage)) return placeIn(node).split('.')
    return [EACH_STAGE, node.key === 'restoring' ? 'restoring' : 'next']
  }
  const first = stage.initial.target.map((target): Arrow => ({ from: `${EACH_STAGE}.`, to: placeIn(target), label: '' }))
  const ways = within(stage).flatMap((node) =>
    waysOut(node).flatMap(({ label, targets }) =>
      targets.flatMap((target): Arrow[] => {
        const [from, to] = meeting(place(node), place(target))
        return from === to ? [] : [{ from, to, label }]
      }),
    ),
  )
  return [...first, ...ways]
}

/** What a way out is called: the person's decision, the guard in words, or nothing where it is the only way. */
function labelOf({ eventType, guard }: AnyTransitionDefinition): string {
  const { type, params } = (typeof guard === 'object' ? guard : { type: guard ?? '' }) as GuardWords
  const words = params?.outcome ?? GUARDS[type] ?? type
  return [eventWord(String(eventType)), words].filter((part) => part !== '').join(': ')
}

interface GuardWords {
  readonly type: string
  readonly params?: { readonly outcome?: string }
}

function eventWord(event: string): string {
  if (event.startsWith('xstate.error')) return 'error'
  if (event.startsWith('xstate.after')) return 'time'
  return event.startsWith('xstate') ? '' : event
}

/** Guards as a reader of the drawing would say them; decisions need no more words than their own name. */
const GUARDS: Readonly<Record<string, string>> = {
  stepNeeded: 'the scenario needs it',
  officeFirst: 'Office shares sppsvc',
  mendsAlone: 'mends one finding',
  provedUnique: 'two distinct CMIDs',
  isDone: 'done',
  isFail: 'cannot be right',
  isRetry: 'not yet',
  isAct: 'act',
  isMark: 'not proved',
  mayLookAgain: 'unknown or silent',
  wouldRepeat: 'would repeat',
  needsApproval: 'needs approval',
  abortWanted: 'abort',
  inDoubt: 'in doubt',
  stillInFlight: 'in flight',
  unsettled: 'in doubt',
  rearmsAgain: 'rearm again after a lost one',
  approvable: '',
  grantable: '',
  skippable: '',
  mayAbort: '',
}

/** Arrows between the same two boxes become one. */
function distinct(arrows: readonly Arrow[]): readonly Arrow[] {
  const groups = Map.groupBy(arrows, ({ from, to }) => `${from}\n${to}`)
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const labels = [...new Set(group.map(({ label }) => label).filter((label) => label !== ''))]
    return [{ ...first, label: labels.join(' / ') }]
  })
}
