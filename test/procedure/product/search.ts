import {
  getMicrosteps,
  getNextTransitions,
  initialTransition,
  transition,
  type AnyMachineSnapshot,
  type AnyStateMachine,
} from 'xstate'
import type { RunContext } from '../../../src/procedure/chart/context.ts'
import type { ActInput, LookInput } from '../../../src/procedure/chart/signals.ts'
import type { RunEvent } from '../../../src/procedure/events.ts'
import { happenings, starter, type Happening } from './answers.ts'
import { contextKey } from './key.ts'
import { atStart, watch, type Monitor } from './monitor.ts'
import type { Walk } from './plans.ts'
import { broken } from './properties.ts'
import { Findings } from './verdicts.ts'

/** What one event made of a run: what the engine would write down. */
export interface Edge {
  readonly before: RunContext
  readonly at: string
  readonly happening: Happening | null
  readonly after: RunContext
  readonly to: string
  readonly ended: boolean
  readonly waits: boolean
  readonly told: readonly RunEvent[]
  readonly acts: readonly ActInput[]
  readonly looks: readonly LookInput[]
  /** An effect is under way. */
  readonly open: boolean
}

/** A state of the product. */
export interface Node {
  readonly value: unknown
  readonly at: string
  readonly context: RunContext
  readonly timers: readonly string[]
  readonly open: boolean
  readonly monitor: Monitor
  readonly ended: boolean
  readonly waits: boolean
  readonly from: number
  readonly by: string
  readonly next: { readonly node: number; readonly kind: Happening['kind']; readonly says: string; readonly taken: boolean }[]
}

/** A property that does not hold, and the shortest way there. */
export interface Broken {
  readonly property: string
  readonly why: string
  readonly path: readonly string[]
}

/** The walked product. */
export interface Product {
  readonly nodes: readonly Node[]
  readonly edges: number
  readonly broken: ReadonlyMap<string, Broken>
  /** Leaf states of the chart in which a run stood or that it passed. */
  readonly visited: ReadonlySet<string>
  /** Operations asked for. */
  readonly asked: ReadonlySet<string>
  readonly ms: number
}

interface Taken {
  readonly snapshot: AnyMachineSnapshot
  readonly timers: readonly string[]
  readonly told: readonly RunEvent[]
  readonly acts: readonly ActInput[]
  readonly looks: readonly LookInput[]
  readonly open: boolean
}

type Action = { readonly type: string; readonly params: Readonly<Record<string, unknown>> }

/** What was under way before an event, and the timer that the event is. */
type Had = { readonly timers: readonly string[]; readonly open: boolean; readonly rung: string | null }

/** The actions of a transition as rows, the way the engine reads them; anything it would not know throws. */
function taken(snapshot: AnyMachineSnapshot, actions: readonly Action[], had: Had): Taken {
  const timers = new Set(had.timers.filter((id) => id !== had.rung))
  let stopped = false
  const told: RunEvent[] = []
  const spawned: Action['params'][] = []
  for (const { type, params } of actions) {
    if (type === 'xstate.emit') told.push(params['event'] as RunEvent)
    else if (type === 'xstate.spawnChild') spawned.push(params)
    else if (type === 'xstate.raise' && typeof params['delay'] === 'number') timers.add(String(params['id']))
    else if (type === 'xstate.cancel') timers.delete(String(params['sendId']))
    else if (type === 'xstate.stopChild') stopped = true
    else if (type !== 'xstate.raise') throw new Error(`unknown action ${type}`)
  }
  const of = (src: string) => spawned.filter((one) => one['src'] === src).map((one) => one['input'])
  return {
    snapshot,
    timers: [...timers].sort(),
    told,
    acts: of('act') as ActInput[],
    looks: of('look') as LookInput[],
    open: spawned.length > 0 || (had.open && !stopped),
  }
}

/** One edge in so many that leads to a known state gives a twin to compare. */
const TWIN_EVERY = 211

const leaf = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : Object.entries(value as object)
        .map(([name, inner]) => `${name}.${leaf(inner as unknown)}`)
        .join(' + ')

/** Walks every state that the chart and its monitor can reach together, nearest first. Ends early when `enough` says so. */
export class Search {
  readonly nodes: Node[] = []
  readonly broken = new Map<string, Broken>()
  readonly visited = new Set<string>()
  readonly asked = new Set<string>()
  edges = 0
  private readonly entries = new Set<number>()
  /** Now and then the second context found under a key, to be compared with the first. */
  private readonly twins: Node[] = []
  private readonly index = new Map<string, number>()
  private readonly types = new Map<string, readonly string[]>()
  private readonly passed = new Set<string>()
  private readonly findings: Findings
  private readonly machine: AnyStateMachine
  private readonly walk: Walk

  constructor(machine: AnyStateMachine, walk: Walk) {
    this.machine = machine
    this.walk = walk
    this.findings = Findings.of(walk)
    const [snapshot, actions] = initialTransition(machine, { plan: walk.plan, by: starter }) as [AnyMachineSnapshot, Action[]]
    this.reach(taken(snapshot, actions, { timers: [], open: false, rung: null }), {
      from: -1,
      happening: null,
      monitor: atStart,
      before: snapshot.context as RunContext,
      at: '',
    })
  }

  run(enough: (search: Search) => boolean = () => false): Product {
    const began = performance.now()
    for (let at = 0; at < this.nodes.length && !enough(this); at++) {
      if (!this.entries.has(at)) this.expand(at)
    }
    for (const entry of this.entriesToWalk()) {
      const found = this.nodes.length
      this.expand(entry)
      for (let at = found; at < this.nodes.length && !enough(this); at++) this.expand(at)
    }
    return {
      nodes: this.nodes,
      edges: this.edges,
      broken: this.broken,
      visited: this.visited,
      asked: this.asked,
      ms: performance.now() - began,
    }
  }

  /** Where the putting back begins. What is put back next depends on the first of the list alone, so that the short form takes the longest
   *  list, and the shortest of each ending that is not among them; the others are as these. */
  private entriesToWalk(): readonly number[] {
    if (this.walk.depth.everything) return [...this.entries]
    const undosOf = (at: number) => (this.nodes[at] as Node).context.memory.undo.length
    const touched = (at: number) => String((this.nodes[at] as Node).monitor.touched)
    const unfit = (at: number) => String((this.nodes[at] as Node).context.memory.unfit?.version)
    const ending = (at: number) => `${touched(at)} ${unfit(at)} ${String((this.nodes[at] as Node).context.ending)}`
    const sorted = [...this.entries].sort((one, other) => undosOf(other) - undosOf(one))
    const walked = new Map(sorted.map((at) => [ending(at), at]))
    for (const at of sorted.toReversed()) walked.set(touched(at), at)
    const chosen = new Set(walked.values())
    for (const at of sorted.filter((entry) => !chosen.has(entry))) {
      const like = walked.get(ending(at)) as number
      ;(this.nodes[at] as Node).next.push({ node: like, kind: 'effect', says: 'as from another list', taken: true })
    }
    return [...chosen]
  }

  private expand(at: number): void {
    const node = this.nodes[at] as Node
    for (const { happening, turn, actions } of this.turns(node)) {
      this.edges++
      const to = this.reach(turn, { from: at, happening, monitor: node.monitor, before: node.context, at: node.at })
      node.next.push({ node: to, kind: happening.kind, says: happening.says, taken: actions > 0 })
    }
  }

  private turns(node: Node): readonly { happening: Happening; turn: Taken; actions: number }[] {
    if (node.ended) return []
    const { context, timers } = node
    const snapshot = this.machine.resolveState({ value: node.value as never, context }) as AnyMachineSnapshot
    const all = happenings(node.at, this.typesOf(snapshot, node.at), context, timers, this.findings, this.walk.depth)
    return all.map((happening) => {
      const { event, kind } = happening
      const [next, actions] = transition(this.machine, snapshot as never, event as never) as [AnyMachineSnapshot, Action[]]
      const had = { timers, open: node.open && kind !== 'effect', rung: kind === 'timer' ? event.type : null }
      this.pass(snapshot, event, `${node.at} ${leaf(next.value as unknown)}`)
      return { happening, turn: taken(next, actions, had), actions: actions.length }
    })
  }

  /** Keys under which two contexts were found that do not lead to the same keys: the abstraction would hide something there. */
  unlikeTwins(): readonly string[] {
    return this.twins.flatMap((twin) => {
      const known = this.index.get(this.keyOf(twin)) as number
      const leads = (node: Node) =>
        node.at.startsWith('restoring.') && !twin.at.startsWith('restoring.') ? node.at : this.keyOf(node)
      const keys = (node: Node) =>
        [...new Set(this.turns(node).map(({ happening, turn }) => leads(this.after(node, happening, turn).node)))].sort()
      const [one, other] = [keys(this.nodes[known] as Node), keys(twin)]
      const only = [...one.filter((key) => !other.includes(key)), ...other.filter((key) => !one.includes(key))]
      return only.length === 0 ? [] : [`${twin.at} (${twin.by}): ${only[0] ?? ''}`]
    })
  }

  private typesOf(snapshot: AnyMachineSnapshot, at: string): readonly string[] {
    const known = this.types.get(at)
    if (known !== undefined) return known
    const types = [...new Set(getNextTransitions(snapshot).map(({ eventType }) => String(eventType)))]
    this.types.set(at, types)
    return types
  }

  /** Notes the states that one kind of event passes without stopping there. */
  private pass(snapshot: AnyMachineSnapshot, event: Happening['event'], way: string): void {
    const output = event['output'] as { readonly verdict?: { readonly is: string } } | undefined
    const kind = `${way} ${event.type} ${output?.verdict?.is ?? ''}`
    if (this.passed.has(kind)) return
    this.passed.add(kind)
    for (const [step] of getMicrosteps(this.machine, snapshot as never, event as never))
      this.visited.add(leaf((step as AnyMachineSnapshot).value))
  }

  private keyOf({ at, timers, open, monitor, context }: Node): string {
    return `${at}|${timers.join()}|${String(open)}|${JSON.stringify(monitor)}|${contextKey(context, at)}`
  }

  private after(
    came: Pick<Node, 'monitor' | 'context' | 'at'>,
    happening: Happening | null,
    turn: Taken,
    from = -1,
  ): { edge: Edge; node: Node } {
    const { snapshot, timers, told, acts, looks, open } = turn
    const [ended, waits] = [snapshot.status === 'done', snapshot.hasTag('waitsForPerson')]
    const [to, after] = [leaf(snapshot.value), snapshot.context as RunContext]
    const edge: Edge = { before: came.context, at: came.at, happening, after, to, ended, waits, told, acts, looks, open }
    const by = happening?.says ?? 'the run begins'
    const monitor = watch(came.monitor, edge)
    const value = snapshot.value as unknown
    return { edge, node: { value, at: to, context: after, timers, open, monitor, ended, waits, from, by, next: [] } }
  }

  private reach(
    turn: Taken,
    came: { from: number; happening: Happening | null; monitor: Monitor; before: RunContext; at: string },
  ): number {
    const { edge, node } = this.after(
      { monitor: came.monitor, context: came.before, at: came.at },
      came.happening,
      turn,
      came.from,
    )
    for (const act of edge.acts) this.asked.add(act.ask.op)
    const key = this.keyOf(node)
    const known = this.index.get(key)
    const number = known ?? this.nodes.length
    if (known === undefined) {
      this.index.set(key, number)
      this.visited.add(node.at)
      if (node.at.startsWith('restoring.') && !came.at.startsWith('restoring.')) this.entries.add(number)
      this.nodes.push(node)
    } else if (this.edges % TWIN_EVERY === 0) this.twins.push(node)
    for (const { property, why } of broken(edge, came.monitor, node.monitor, node.timers)) {
      const path = [...this.path(came.from), `${node.by} -> ${node.at}`]
      if (!this.broken.has(property)) this.broken.set(property, { property, why, path })
    }
    return number
  }

  /** The way to a state: the shortest there is, since the nearest is walked first. */
  path(node: number): readonly string[] {
    const steps: string[] = []
    for (let at = node; at >= 0;) {
      const { by, from, at: where } = this.nodes[at] as Node
      steps.push(`${by} -> ${where}`)
      at = from
    }
    return steps.reverse()
  }
}
