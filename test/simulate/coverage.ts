import { declaredEdges, standing } from './chart-map.ts'
import type { News } from './fixtures/worker.ts'
import type { Met } from './live-seed.ts'
import { findReasons } from './unreachable.ts'

/** Transitions of one kind that are named. */
const MOST_NAMES = 20

type Kind = Exclude<keyof Met, 'outcomes'>

/** What all seeds together have met. */
export class Coverage {
  seeds = 0
  events = 0
  cpuMs = 0
  readonly outcomes = new Map<string, number>()
  readonly #sets: Readonly<Record<Kind, Set<string>>> = {
    leaves: new Set(),
    edges: new Set(),
    faults: new Set(),
    operations: new Set(),
    strokes: new Set(),
  }

  add({ met, events, cpuMs }: News): void {
    this.seeds += 1
    this.events += events
    this.cpuMs += cpuMs
    for (const outcome of met.outcomes) this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1)
    for (const [kind, set] of Object.entries(this.#sets)) for (const one of met[kind as Kind]) set.add(one)
  }

  /** The report, line by line. */
  async lines(): Promise<readonly string[]> {
    const { faults, operations, strokes } = this.#sets
    const outcomes = [...this.outcomes].map(([outcome, times]) => `${outcome} ${String(times)}`).join(', ')
    const faultsMet = [...faults].sort()
    return [
      `runs: ${outcomes}`,
      ...(await this.#chart()),
      `operations asked of hosts: ${String(operations.size)}`,
      `crashes, pauses, interrupts, clock jumps and decisions at ${String(strokes.size)} different boundaries`,
      `faults met (${String(faultsMet.length)}): ${faultsMet.join(', ')}`,
    ]
  }

  /** States and transitions of the chart: what was met, what cannot be and why, what was not. */
  async #chart(): Promise<readonly string[]> {
    const { leaves, edges } = this.#sets
    const reasons = await findReasons()
    const states = standing().map(({ path }) => path.join('.'))
    const missed = states.filter((state) => !leaves.has(state))
    const why = (state: string) => reasons.of(state) ?? 'not met'
    const wrong = states.filter((state) => leaves.has(state) && reasons.of(state) !== null)
    const possible = [...declaredEdges(reasons.says)].filter((edge) => edge.split(' > ').every((end) => reasons.of(end) === null))
    const unseen = possible.filter((edge) => !edges.has(edge))
    const undeclared = [...edges].filter((edge) => !possible.includes(edge))
    return [
      `states in which a run can stand: ${String(states.length - missed.length)} of ${String(states.length)}`,
      ...grouped(missed, why).map(([reason, some]) => `  ${reason}: ${String(some.length)}: ${gathered(some)}`),
      ...wrong.map((state) => `  WRONG: ${state} was met although ${why(state)}`),
      `transitions between them that chart and plans declare: ${String(possible.length - unseen.length)} of ${String(possible.length)}`,
      ...grouped(unseen, kindOf).flatMap(([kind, some]) => [
        `  not met, ${kind}: ${String(some.length)}: ${namesOf(some)}`,
        `    it takes ${wants(kind)}`,
      ]),
      ...undeclared.map((edge) => `  WRONG: ${edge} was met and is not declared`),
    ]
  }
}

function grouped<T>(all: readonly T[], by: (one: T) => string): readonly (readonly [string, readonly T[]])[] {
  const groups = new Map<string, T[]>()
  for (const one of all) groups.set(by(one), [...(groups.get(by(one)) ?? []), one])
  return [...groups]
}

/** What has to come together for a transition of a kind, where seeds seldom bring it. */
const WANTED: readonly (readonly [kind: RegExp, what: string])[] = [
  [/^looking\.\w+ > settling\.asking$/, 'an abort or a skip within the one look of a mark-done, with an act in doubt'],
  [
    /^looking\.\w+ > (restoring|held)$/,
    'an abort or a deadline within the look or pause of a stage that is mostly over at its first look',
  ],
  [/^held > step 4$/, 'a rearm lost there, and the decision to go back for another one'],
  [/^(asking|waiting) > /, 'an abort or a deadline in the moment in which the mount slot is asked for'],
  [/^(approving|settling\.asking|held) > /, 'a skip or an abort of just this stage while it waits for that'],
]

function wants(kind: string): string {
  return WANTED.find(([which]) => which.test(kind))?.[1] ?? 'a farm, a plan and a stage that these seeds did not bring together'
}

/** States by the stage they belong to. */
function gathered(states: readonly string[]): string {
  return grouped(states, placeOf)
    .map(([place, some]) => `${place} (${some.map((state) => partOf(state)).join(', ')})`)
    .join('; ')
}

/** What a transition is within a stage, or to where it leaves it. */
function kindOf(edge: string): string {
  const [from = '', to = ''] = edge.split(' > ')
  const within = placeOf(from) === placeOf(to)
  const goal = to.startsWith('restoring') ? 'restoring' : to.startsWith('activateWindows') ? 'step 4' : 'the next stage'
  return `${partOf(from)} > ${within ? partOf(to) : goal}`
}

function namesOf(edges: readonly string[]): string {
  const names = edges.map((edge) => {
    const [from = '', to = ''] = edge.split(' > ')
    return placeOf(from) === placeOf(to) || to.startsWith('restoring') ? placeOf(from) : `${placeOf(from)} > ${placeOf(to)}`
  })
  const more = names.length - MOST_NAMES
  return names.slice(0, MOST_NAMES).join(', ') + (more > 0 ? ` and ${String(more)} more` : '')
}

function placeOf(state: string): string {
  return state.split('.').slice(0, 2).join('.')
}

function partOf(state: string): string {
  return state.slice(placeOf(state).length + 1) || 'itself'
}
