import type { Boundary } from './boundaries.ts'

/** What a child is to do to itself, where, and the file in which it marks where it was. */
export interface Order {
  readonly armed: readonly string[]
  readonly deed: 'SIGKILL' | 'SIGSTOP'
  readonly marks: string
}

/** A boundary as one word: stage, phase, point, before or after. */
export function cellOf({ place, phase, point, when }: Boundary): string {
  return `${place}|${phase}|${point}|${when}`
}

/** The words of a cell; `step` is the first half of its stage. */
export function partsOf(cell: string) {
  const [place = '', phase = '', point = '', when = ''] = cell.split('|')
  return { place, step: place.split('.')[0] ?? '', phase, point, when }
}

/** A cell without its stage. */
export function ofKind(cell: string): string {
  const { phase, point, when } = partsOf(cell)
  return `${phase}|${point}|${when}`
}

/** A cell as the table counts it: all stages of a step together. */
export function ofStep(cell: string): string {
  const { step, phase, point, when } = partsOf(cell)
  return `${step}|${phase}|${point}|${when}`
}

/** The boundaries of settling an act, which a run comes to only after a crash: every stage that acts has them. */
export function withSettling(trace: ReadonlySet<string>): ReadonlySet<string> {
  const acting = [...trace].map(partsOf).filter(({ phase, point }) => phase === 'act' && point === 'start')
  const settling = acting.flatMap(({ place }) =>
    ['raise', 'send', 'commit'].flatMap((point) => ['before', 'after'].map((when) => `${place}|settle|${point}|${when}`)),
  )
  return new Set([...trace, ...settling])
}

/** Crashes that leave an act in doubt. One of them in a stage of a run: a request that is lost twice before the host began it holds. */
const doubtful = new Set(['start|after', 'raise|before', 'raise|after', 'send|before', 'send|after', 'commit|before'])

/** How many boundaries of one stage and phase a run is killed at; of an act one that leaves it in doubt and one that does not. */
const most: Readonly<Record<string, number>> = { settle: 2, takeSlot: 2 }

/** How a kill is counted: by step, or by phase and point alone. */
export type CountedAs = (cell: string) => string

/** The boundaries at which one run is to be killed, `limit` of them, those first that were hit least. */
export function choose(
  cells: ReadonlySet<string>,
  hits: ReadonlyMap<string, number>,
  as: CountedAs,
  draw: () => number,
  limit: number,
): ReadonlySet<string> {
  const open = new Map([...cells].map((cell) => [cell, draw()]))
  const counts = new Map(hits)
  const chosen = new Map<string, number>()
  const groupOf = (cell: string) => {
    const { place, phase, point, when } = partsOf(cell)
    return phase === 'act' ? `${place}|act|${String(doubtful.has(`${point}|${when}`))}` : `${place}|${phase}`
  }
  const result = new Set<string>()
  const least = (some: Iterable<readonly [string, number]>) => {
    const rank = ([cell, drawn]: readonly [string, number]) => (counts.get(as(cell)) ?? 0) + drawn
    return [...some].reduce((best, one) => (rank(one) < rank(best) ? one : best))[0]
  }
  const take = (cell: string) => {
    open.delete(cell)
    const [group, { place, phase }] = [groupOf(cell), partsOf(cell)]
    if ((chosen.get(group) ?? 0) >= (most[phase] ?? 1)) return
    chosen.set(group, (chosen.get(group) ?? 0) + 1)
    counts.set(as(cell), (counts.get(as(cell)) ?? 0) + 1)
    result.add(cell)
    // An act is settled only after a crash that left it in doubt.
    const doubt = `${place}|act|true`
    if (phase === 'settle' && !chosen.has(doubt)) take(least([...open].filter(([one]) => groupOf(one) === doubt)))
  }
  while (result.size < limit && open.size > 0) take(least(open))
  return result
}

const COLUMNS = ['take-up', 'look', 'act', 'settle', 'takeSlot', 'wait']

/** Hits by step (rows) and phase (columns), each as point:before/after. */
export function hitTable(hits: ReadonlyMap<string, number>, required: ReadonlySet<string>): string {
  const all = [...new Set([...required, ...hits.keys()])].map((cell) => ({ cell, ...partsOf(cell) }))
  const rows = [...new Set(all.map(({ step }) => step))].flatMap((step) =>
    COLUMNS.flatMap((phase) => {
      const points = [...new Set(all.filter((one) => one.step === step && one.phase === phase).map(({ point }) => point))]
      if (points.length === 0) return []
      const counts = points.map((point) => {
        const count = (when: string) => String(hits.get(`${step}|${phase}|${point}|${when}`) ?? 0)
        return `${point} ${count('before')}/${count('after')}`
      })
      return [`  ${(step || '(begin)').padEnd(17)} ${phase.padEnd(9)} ${counts.map((one) => one.padEnd(14)).join(' ')}`.trimEnd()]
    }),
  )
  return rows.join('\n')
}
