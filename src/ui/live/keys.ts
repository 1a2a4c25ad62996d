import type { DecisionKind, Person } from '../../procedure/events.ts'
import type { RunView } from '../../procedure/run-view.ts'
import type { Said } from '../cli/screens/as-typed.ts'
import { answer, ask, type Asking, type Decided, type Key } from './asking.ts'
import { needsAnother } from './meaning.ts'
import { stageOf } from './place.ts'

/** Who looks: the process that drives the run, one that only attaches, or one that plays a past run. */
export type Role = 'driving' | 'attached' | 'replaying'

/** What the person at the terminal wants the rim to do. */
export type Wish =
  | { readonly is: 'quit' | 'stop' | 'pause' | 'go-on' | 'faster' | 'slower' }
  | { readonly is: 'decide'; readonly decided: Decided }

/** What is shown beside the run itself. */
export interface Ui {
  readonly panel: 'steps' | 'details' | 'explain'
  /** Lines scrolled back in a panel. */
  readonly back: number
  readonly asking: Asking | null
  readonly notice: string | null
}

/** The view as it begins. */
export const freshUi: Ui = { panel: 'steps', back: 0, asking: null, notice: null }

/** Who looks at what. `live`: the run can still change. */
export interface Standpoint {
  readonly role: Role
  readonly by: Person
  readonly pausing: boolean
  /** What commands on the screen repeat of the one that opened it. */
  readonly said?: Said | undefined
}

interface Offer {
  readonly key: string
  readonly says: string
  readonly does: 'details' | 'explain' | Exclude<Wish['is'], 'decide'> | DecisionKind
}

/** The keys that are safe where the run stands, and nothing else. */
export function offersOf(view: RunView, { role, by, pausing }: Standpoint): readonly Offer[] {
  const always: readonly Offer[] = [
    { key: 'd', says: '[d]etails', does: 'details' },
    { key: 'e', says: '[e]xplain', does: 'explain' },
  ]
  if (role === 'replaying')
    return [
      ...always,
      { key: '+', says: '[+] faster', does: 'faster' },
      { key: '-', says: '[-] slower', does: 'slower' },
      { key: 'q', says: '[q]uit', does: 'quit' },
    ]
  return [...decisionsOf(view, by), ...always, ...goingOffers(view, role, pausing)]
}

function goingOffers({ state }: RunView, role: Role, pausing: boolean): readonly Offer[] {
  const quit: Offer = { key: 'q', says: '[q]uit', does: 'quit' }
  if (role === 'attached') return [state === 'ended' ? quit : { ...quit, says: '[q]uit and leave it as it is' }]
  if (state === 'stopped')
    return [
      { key: 'g', says: '[g]o on', does: 'go-on' },
      { ...quit, says: '[q]uit: resume takes it up' },
    ]
  if (state === 'ended') return [quit]
  const pause: readonly Offer[] = pausing ? [] : [{ key: 'p', says: '[p]ause after this step', does: 'pause' }]
  if (state !== 'running') return [...pause, { ...quit, says: '[q]uit: resume takes it up' }]
  return [...pause, { key: 'q', says: '[q]uit at the next safe point', does: 'stop' }]
}

/** A second person is waited for: only what the first may do is offered. */
function decisionsOf(view: RunView, by: Person): readonly Offer[] {
  const { held, approval } = view
  const place = held?.place ?? approval?.place
  if (place === undefined) return []
  const mayApprove = held === null ? needsAnother(view, by) === null : held.options.length > 0
  const maySkip = held?.skippable ?? stageOf(place)?.skippable === true
  return [
    ...(mayApprove ? [{ key: 'a', says: '[a]pprove', does: 'approve' } as const] : []),
    ...(held === null
      ? []
      : ([
          { key: 'r', says: '[r]etry', does: 'retry' },
          { key: 'm', says: '[m]ark done', does: 'mark-done' },
        ] as const)),
    ...(maySkip ? [{ key: 's', says: '[s]kip', does: 'skip' } as const] : []),
    // What is put back at the end belongs to every end: there is nothing to abort any more.
    ...(place.startsWith('restoring.') ? [] : [{ key: 'x', says: '[x] abort', does: 'abort' } as const]),
  ]
}

/** The view after a key, and what is wanted by it. A key that is not offered does nothing. */
export function press(before: Ui, key: Key, view: RunView, at: Standpoint): { readonly ui: Ui; readonly wish: Wish | null } {
  const ui = { ...before, notice: null }
  const only = (changed: Partial<Ui>) => ({ ui: { ...ui, ...changed }, wish: null })
  if (ui.asking !== null) {
    const next = answer(ui.asking, key, view)
    if (next === null) return only({ asking: null })
    if ('decided' in next) return { ui: { ...ui, asking: null }, wish: { is: 'decide', decided: next.decided } }
    return only({ asking: next })
  }
  if (key.name === 'ctrl-c') return { ui, wish: { is: at.role === 'driving' && view.state === 'running' ? 'stop' : 'quit' } }
  if (key.name === 'escape') return only({ panel: 'steps', back: 0 })
  if (key.name === 'up') return only({ back: ui.back + 1 })
  if (key.name === 'down') return only({ back: Math.max(0, ui.back - 1) })
  const offer = offersOf(view, at).find((one) => one.key === key.text.toLowerCase())
  if (offer === undefined) return only({})
  switch (offer.does) {
    case 'details':
    case 'explain':
      return only({ panel: ui.panel === offer.does ? 'steps' : offer.does, back: 0 })
    case 'quit':
    case 'stop':
    case 'pause':
    case 'go-on':
    case 'faster':
    case 'slower':
      return { ui, wish: { is: offer.does } }
    default:
      return only({ asking: ask(view, offer.does), panel: 'steps' })
  }
}
