import type { DecisionKind, Person } from '../../procedure/events.ts'
import { rearmBegun } from '../../procedure/rearms.ts'
import type { RunView } from '../../procedure/run-view.ts'
import { saysUndo } from '../../procedure/undo.ts'
import { stageOf, stepOf } from './place.ts'

/** What a decision rests on, costs and leads to, as a careful colleague would say it before it is taken. */
export interface Meaning {
  readonly evidence: readonly string[]
  readonly cost: string | null
  readonly consequence: string
  /** What has to be typed in full, because it cannot be taken back; null where a key is enough. */
  readonly word: string | null
  readonly reason: 'demanded' | 'asked'
}

/** The meaning of a decision where the run stands now. */
export function meaningOf(view: RunView, decision: DecisionKind, option: string | null = null): Meaning {
  const evidence = view.held?.because ?? view.approval?.because ?? []
  const place = view.held?.place ?? view.approval?.place ?? null
  const of = (more: Pick<Meaning, 'consequence'> & Partial<Meaning>): Meaning => ({
    evidence,
    cost: null,
    word: null,
    reason: 'demanded',
    ...more,
  })
  switch (decision) {
    case 'approve':
      return of(option === null ? approvalOf(view, place) : optionOf(view, place, option))
    case 'retry':
      return of({ consequence: 'It looks again, and acts again only where that is safe.', reason: 'asked' })
    case 'mark-done':
      return of({ consequence: 'The same proof is looked for. Without it the run holds again: your word alone proves nothing.' })
    case 'skip':
      return of({ ...skipOf(place), word: 'skip' })
    case 'abort':
      return of({ ...abortOf(view), word: 'abort' })
    case 'take-over':
      return of({
        consequence: `${view.owner === null ? 'Its owner' : `${view.owner.by.login}@${view.owner.by.host}`} can write nothing and begin nothing any more. An act under way is found by its receipt.`,
        word: 'take-over',
      })
  }
}

/** Why this person may not approve here: the workflow wants another login than the one that started the run. Null where they may. */
export function needsAnother(view: RunView, by: Person): string | null {
  const starter = view.startedBy
  if (view.approval?.anotherPerson !== true || starter === null) return null
  if (starter.login.toLowerCase() !== by.login.toLowerCase()) return null
  return `The workflow wants a second person: another login than ${starter.login} has to approve. They type:`
}

function approvalOf(view: RunView, place: string | null): Pick<Meaning, 'consequence' | 'cost' | 'word'> {
  const step = place === null ? null : stepOf(place)
  const cost = step === 'rearmWindows' || step === 'rearmOffice' ? spends(view, step) : null
  const does = `It does this: ${view.approval?.what ?? 'the act that waits'}.`
  if (cost !== null)
    return { cost, word: 'spend', consequence: `${does} From then to the seal the target must not reboot, or the rearm is lost.` }
  if (step === 'sealVDisk')
    return { cost, word: 'approve', consequence: `${does} Step 8 shuts the target down and makes the vDisk Standard.` }
  return { cost, word: step === 'release' ? 'approve' : null, consequence: does }
}

function optionOf(view: RunView, place: string | null, option: string): Pick<Meaning, 'consequence' | 'cost' | 'word'> {
  const label = view.held?.options.find(({ name }) => name === option)?.label ?? option
  const step = place === null ? null : stepOf(place)
  if (option === 'rearm-again') {
    const product = step === 'rearmOffice' ? 'rearmOffice' : 'rearmWindows'
    if (view.held?.fault.code === 'OUTCOME_UNKNOWN') {
      const consequence = `It does this: ${label}. Only where two or more were left before the first: it may spend a second one.`
      return { cost: spendsPerhapsAgain(view, product), word: option, consequence }
    }
    const cost = spends(view, product)
    return { cost, word: option, consequence: `${label}. What the first rearm spent stays spent.` }
  }
  if (view.held?.fault.code === 'CHECKS_FAILED')
    return { cost: null, word: option, consequence: `${label}: the run goes on as if it were in order, and its record says so.` }
  return { cost: null, word: option, consequence: `${label}.` }
}

/** What a rearm takes from its counter. */
function spends({ memory }: RunView, step: 'rearmWindows' | 'rearmOffice'): string {
  const product = step === 'rearmWindows' ? 'Windows' : 'Office'
  const { windows, office } = memory
  const left = step === 'rearmWindows' ? (windows.rearmsAfter ?? windows.rearmsBefore) : office.rearmsBefore
  if (left === null) return `This spends one ${product} rearm; how many are left is not known.`
  if (left === 1) return `This spends the last ${product} rearm of this image.`
  return `This spends one ${product} rearm: ${String(left)} -> ${String(left - 1)}.`
}

/** The same where it is not known whether a rearm took effect already. */
function spendsPerhapsAgain({ memory }: RunView, step: 'rearmWindows' | 'rearmOffice'): string {
  const product = step === 'rearmWindows' ? 'Windows' : 'Office'
  const before = memory[step === 'rearmWindows' ? 'windows' : 'office'].rearmsBefore
  const left = before === null ? '' : ` (${String(before)} ${before === 1 ? 'was' : 'were'} left before the first)`
  return `This spends one ${product} rearm, a second one if the first took effect${left}.`
}

function skipOf(place: string | null): Pick<Meaning, 'consequence' | 'cost'> {
  const step = place === null ? null : stepOf(place)
  const proves = step === 'verify' || step === 'activateWindows'
  const cost = proves || place?.startsWith('restoring.') === true ? 'The run can then not end as verified.' : null
  return { cost, consequence: `It goes on without "${(place === null ? null : stageOf(place))?.title ?? 'this'}".` }
}

function abortOf(view: RunView): Pick<Meaning, 'consequence' | 'cost'> {
  const { memory, steps } = view
  const rearmed = rearmBegun(view, 'windows') || rearmBegun(view, 'office')
  const opened = steps.some(isOpened) ? ' and may be left open in Private mode' : ''
  const spent = [
    ...(rearmed ? ['a rearm that was spent stays spent'] : []),
    ...(sealsNothing(view)
      ? [`${SEALS_NOTHING}: whether clones may stream it is as before`]
      : memory.sealed === null
        ? [`the vDisk is not sealed${opened}: it must not be streamed to clones`]
        : []),
  ]
  const back =
    memory.undo.length === 0 ? 'Nothing has to be put back.' : `First it puts back ${memory.undo.map(saysUndo).join(', ')}.`
  return {
    cost: null,
    consequence: `The run ends and cannot be resumed. ${back} Then: ${spent.join('; ')}.`.replace(' Then: .', ''),
  }
}

const SEALS_NOTHING = 'this run neither opens nor seals the vDisk'

/** A run that only looks at clones, or mends one finding, leaves the vDisk as it stands. */
function sealsNothing({ plan }: RunView): boolean {
  return plan !== null && (plan.scenario === 'verify-only' || plan.mend !== undefined)
}

/** In what state a run that nobody drives leaves its vDisk, and whether clones may boot it. */
export function diskLeft(view: RunView): string {
  const { acts, ending, memory, steps } = view
  if (sealsNothing(view)) return `The vDisk is as it was: ${SEALS_NOTHING}.`
  if (ending?.outcome === 'verified') return 'The vDisk is sealed, and its clones drew CMIDs of their own.'
  if (memory.sealed !== null) return 'The vDisk is sealed; that its clones draw CMIDs of their own is not proved yet.'
  if (!acts.some(({ effect }) => effect.startsWith('createVDisk.')) && !steps.some(isOpened))
    return 'The vDisk is as it was: this run has not opened it.'
  const how = memory.version === null ? 'it may stand open in Private mode' : `version ${String(memory.version)} is begun`
  return `The vDisk is not sealed yet, ${how}: it must not be streamed to clones.`
}

function isOpened({ step, state }: RunView['steps'][number]): boolean {
  return state === 'done' && step === 'createVDisk'
}
