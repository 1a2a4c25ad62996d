import { isAsk, type Ask, type Probe } from '../../procedure/asking.ts'
import { fold, type Stamped } from '../../procedure/fold.ts'
import type { RunView } from '../../procedure/run-view.ts'
import type { ActEnd, Intent } from '../../procedure/stage.ts'
import { stageAt } from '../../procedure/stages.ts'
import { emptyView } from '../../procedure/view-changes.ts'
import type { OperationName } from '../../wire/operations/catalogue.ts'
import type { Passport } from './passport-shape.ts'

/** What one host answered to one look, and the line of the journal that keeps it. */
export interface Answer {
  readonly seq: number
  readonly at: number
  readonly host: string
  readonly operation: string
  /** By the clock of the host; null where it does not say. */
  readonly hostTime: string | null
  readonly facts: unknown
}

type Evidence = Passport['evidence'][number]

/** A journal gone through once: the view at its end, every answer of a host, and what decided. */
export interface Gone {
  readonly view: RunView
  readonly answers: readonly Answer[]
  readonly evidence: readonly Evidence[]
}

type Places = Map<string, { intent: Intent | null; end: ActEnd | null; last: readonly Answer[] }>

/** Goes through a journal. Which host a fact is of stands not in the line: the stage is asked again whom it asks, with what the run knew then.
 *  Where it cannot tell (a journal of another version of the stage), the host is not recorded. */
export function goThrough(run: string, lines: readonly Stamped[]): Gone {
  let view = emptyView(run)
  const answers: Answer[] = []
  const evidence: Evidence[] = []
  const places: Places = new Map()
  for (const line of lines) {
    const { event, seq, at } = line
    const here = 'place' in event ? (places.get(event.place) ?? { intent: null, end: null, last: [] }) : null
    if (here !== null && 'place' in event) places.set(event.place, here)
    if (event.type === 'stage.entered' && here !== null) Object.assign(here, { intent: null, end: null, last: [] })
    if (event.type === 'intended' && here !== null) Object.assign(here, { intent: intentOf(event), end: null })
    if (event.type === 'acted' && here !== null && event.end === 'answered') here.end = { is: 'answered', facts: event.facts }
    if (event.type === 'looked' && here !== null) {
      here.last = answersIn(event.facts, probeOf(event.place, view, here), { seq, at })
      answers.push(...here.last)
    }
    if (event.type === 'judged' && event.is !== 'retry' && here !== null) {
      const before = evidence.at(-1)
      const isSame = before?.place === event.place && before.verdict === event.is && same(before.because, event.because)
      const hosts = here.last.map(({ host, operation, hostTime }) => ({ host, operation, at: hostTime }))
      if (!isSame) evidence.push({ seq, at: iso(at), place: event.place, verdict: event.is, because: [...event.because], hosts })
    }
    view = fold(view, line)
  }
  return { view, answers, evidence }
}

/** A moment of the journal as ISO 8601. */
export function iso(at: number): string {
  return new Date(at).toISOString()
}

function intentOf(event: { readonly effect: string; readonly what: string; readonly host: string; readonly op: string }): Intent {
  const { effect, what, host, op } = event
  return { key: effect.split('/')[1] ?? effect, effect, what, host, op: op as OperationName, baseline: null }
}

function probeOf(
  place: string,
  { plan, memory }: RunView,
  { intent, end }: { readonly intent: Intent | null; readonly end: ActEnd | null },
): Probe {
  if (plan === null) return {}
  try {
    return stageAt(place).probe({ plan, memory, intent, end })
  } catch {
    return {}
  }
}

function answersIn(facts: unknown, probe: Probe, line: { readonly seq: number; readonly at: number }): readonly Answer[] {
  const answer = (of: Ask | undefined, said: unknown): readonly Answer[] => {
    if (of === undefined || said === undefined || said === null) return []
    const time = (said as { readonly at?: unknown }).at
    return [{ ...line, host: of.host, operation: of.op, hostTime: typeof time === 'string' ? time : null, facts: said }]
  }
  return Object.entries((facts ?? {}) as Readonly<Record<string, unknown>>).flatMap(([label, said]) => {
    const asked = probe[label]
    if (asked === undefined) return []
    if (isAsk(asked)) return answer(asked, said)
    return Object.entries((said ?? {}) as Readonly<Record<string, unknown>>).flatMap(([name, one]) => answer(asked[name], one))
  })
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((text, at) => text === other[at])
}
