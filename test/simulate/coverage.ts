import { chart } from '../../src/procedure/chart/chart.ts'
import type { Met } from './live-seed.ts'
import type { News } from './fixtures/worker.ts'

interface Node {
  readonly path: readonly string[]
  readonly type: string
  readonly always?: readonly unknown[] | undefined
  readonly states: Readonly<Record<string, Node>>
}

/** Where a stored chart can stand: leaves that are not left by themselves. */
function standing(node: Node = chart.root): readonly string[] {
  const below = Object.values(node.states)
  if (below.length > 0) return below.flatMap((one) => standing(one))
  const passing = (node.always?.length ?? 0) > 0 || (node.type === 'final' && node.path.length > 1)
  return passing ? [] : [node.path.join('.')]
}

/** What all seeds together have met. */
export class Coverage {
  seeds = 0
  events = 0
  cpuMs = 0
  readonly outcomes = new Map<string, number>()
  readonly #sets: Readonly<Record<Exclude<keyof Met, 'outcomes'>, Set<string>>> = {
    leaves: new Set(),
    edges: new Set(),
    faults: new Set(),
    operations: new Set(),
    acting: new Set(),
    strokes: new Set(),
  }

  add({ met, events, cpuMs }: News): void {
    this.seeds += 1
    this.events += events
    this.cpuMs += cpuMs
    for (const outcome of met.outcomes) this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1)
    for (const [kind, set] of Object.entries(this.#sets)) for (const one of met[kind as keyof Met]) set.add(one)
  }

  /** The report, line by line. */
  lines(): readonly string[] {
    const { leaves, edges, faults, operations, strokes } = this.#sets
    const states = standing()
    const missed = states.filter((state) => !leaves.has(state))
    const outcomes = [...this.outcomes].map(([outcome, times]) => `${outcome} ${String(times)}`).join(', ')
    const faultsMet = [...faults].sort()
    return [
      `runs: ${outcomes}`,
      `states of the chart: ${String(states.length - missed.length)} of ${String(states.length)}; transitions between them: ${String(edges.size)}`,
      ...this.#why(missed),
      `operations asked of hosts: ${String(operations.size)}`,
      `crashes, pauses, interrupts, clock jumps and decisions at ${String(strokes.size)} different boundaries`,
      `faults met (${String(faultsMet.length)}): ${faultsMet.join(', ')}`,
    ]
  }

  /** Why states were not visited, as far as it shows. */
  #why(missed: readonly string[]): readonly string[] {
    const { leaves, acting } = this.#sets
    const reached = new Set([...leaves].map(placeOf))
    const reasons = new Map<string, Map<string, string[]>>()
    for (const state of missed) {
      const place = placeOf(state)
      const part = state.slice(place.length + 1) || 'itself'
      const reason = !reached.has(place)
        ? 'no seed reaches the stage'
        : /^(acting|settling|approving)/.test(part) && !acting.has(place)
          ? 'the stage asked for no act in any seed'
          : 'not met'
      const places = reasons.get(reason) ?? new Map<string, string[]>()
      reasons.set(reason, places.set(place, [...(places.get(place) ?? []), part]))
    }
    return [...reasons].map(([reason, places]) => {
      const listed = [...places].map(([place, parts]) => (reason === 'not met' ? `${place} (${parts.join(', ')})` : place))
      return `  not visited, ${reason}: ${listed.join('; ')}`
    })
  }
}

function placeOf(state: string): string {
  return state.split('.').slice(0, 2).join('.')
}
