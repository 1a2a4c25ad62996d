import type { AnyStateMachine, AnyStateNode } from 'xstate'
import { chart } from '../../../src/procedure/chart/chart.ts'
import type { Broken, Node, Product } from './search.ts'

/** The properties of the whole product by name; each names a state that breaks it, or null. */
export const GRAPH_PROPERTIES: Readonly<Record<string, (product: Product) => Found | null>> = {
  'from every state an end can be reached without an abort': ({ nodes }) => {
    const back: number[][] = nodes.map(() => [])
    nodes.forEach(({ next }, at) => {
      for (const { node, kind } of next) if (kind !== 'abort') back[node]?.push(at)
    })
    const reached = new Set(nodes.flatMap(({ ended }, at) => (ended ? [at] : [])))
    for (const at of reached) for (const from of back[at] ?? []) reached.add(from)
    const lost = nodes.findIndex((_, at) => !reached.has(at))
    return lost < 0 ? null : { node: lost, why: 'no way from here ends, unless a person aborts' }
  },

  'every cycle passes a timer or a decision': ({ nodes }) => {
    const done = new Uint8Array(nodes.length)
    for (let root = 0; root < nodes.length; root++) {
      const at = cycleFrom(root, nodes, done)
      if (at !== null) return { node: at, why: 'comes back here by effects alone' }
    }
    return null
  },

  'every run that waits for a person takes a decision, and an abort until its end is decided': ({ nodes }) => {
    const stuck = nodes.findIndex(({ waits, next, context }) => {
      if (!waits) return false
      const ways = next.filter(({ taken }) => taken).map(({ kind }) => kind)
      return !ways.includes('decision') || (context.ending === null && !ways.includes('abort'))
    })
    return stuck < 0 ? null : { node: stuck, why: 'nobody can lead on from here' }
  },
}

interface Found {
  readonly node: number
  readonly why: string
}

/** A state on a cycle of effects alone that can be reached from `root`; `done` marks 1 for on the way and 2 for left. */
function cycleFrom(root: number, nodes: readonly Node[], done: Uint8Array): number | null {
  if (done[root] !== 0) return null
  const way: { at: number; next: number }[] = [{ at: root, next: 0 }]
  done[root] = 1
  for (let top = way.at(-1); top !== undefined; top = way.at(-1)) {
    const edge = nodes[top.at]?.next[top.next++]
    if (edge === undefined) {
      done[top.at] = 2
      way.pop()
      continue
    }
    if (edge.kind !== 'effect') continue
    if (done[edge.node] === 1) return edge.node
    if (done[edge.node] !== 0) continue
    done[edge.node] = 1
    way.push({ at: edge.node, next: 0 })
  }
  return null
}

/** The name of the property of the chart as it is written. */
export const KNOWN_DELAYS = 'every delay of the chart is a declared one'
/** The name of the property of all walks together. */
export const EVERY_LEAF = 'every declared leaf state is reached'

const walkable = chart as unknown as AnyStateMachine

/** Delays that the chart names and nobody declared: such a timer would ring at once. */
export function unknownDelays(machine: AnyStateMachine): readonly string[] {
  const declared = Object.keys(walkable.implementations.delays)
  return nodesOf(machine.root).flatMap(({ path, after }) =>
    after
      .filter(({ delay }) => typeof delay !== 'number' && !declared.includes(String(delay)))
      .map(({ delay }) => `${path.join('.')}: ${String(delay)}`),
  )
}

/** Leaf states of the chart that no run stood in or passed. */
export function unvisited(machine: AnyStateMachine, visited: ReadonlySet<string>): readonly string[] {
  return nodesOf(machine.root)
    .filter(({ type }) => type === 'atomic' || type === 'final')
    .map(({ path }) => path.join('.'))
    .filter((path) => !visited.has(path))
}

function nodesOf(node: AnyStateNode): readonly AnyStateNode[] {
  return [node, ...Object.values(node.states).flatMap(nodesOf)]
}

/** Why no run of these walks stands in a leaf; what no reason covers has to be reached. */
const NOT_REACHED: readonly (readonly [leaf: RegExp, why: string])[] = [
  [
    /^preflight\.(choosing|choosingBefore|left)$|^verify\.left$/,
    'the first state is passed before the first event; no scenario leaves these steps out',
  ],
  [/\.(before|after)\./, 'hooks are the same stage around every step: walked around rearmOffice, verify and release'],
  [/\.(acting|approving|settling\.\w+)$/, 'its judge asks for no act, or for none that waits for approval in these plans'],
]

/** Leaves not reached, with the reason, or null where there is none. */
export function reasonsFor(leaves: readonly string[]): readonly { readonly leaf: string; readonly why: string | null }[] {
  return leaves.map((leaf) => ({ leaf, why: NOT_REACHED.find(([covers]) => covers.test(leaf))?.[1] ?? null }))
}

/** What of the whole product does not hold. */
export function brokenAsAWhole(product: Product, pathTo: (node: number) => readonly string[]): readonly Broken[] {
  return Object.entries(GRAPH_PROPERTIES).flatMap(([property, find]) => {
    const found = find(product)
    return found === null ? [] : [{ property, why: found.why, path: pathTo(found.node) }]
  })
}
