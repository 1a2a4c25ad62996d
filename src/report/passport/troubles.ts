import type { FaultRecord } from '../../faults/fault.ts'
import { describeFault } from '../../faults/table.ts'
import type { RunEvent } from '../../procedure/events.ts'
import type { Stamped } from '../../procedure/fold.ts'
import { iso } from './answers.ts'
import type { Passport } from './passport-shape.ts'

type Trouble = Passport['troubles'][number]
type Of<K extends RunEvent['type']> = Extract<RunEvent, { readonly type: K }>

/** Every hold, refused or doubtful act, silence and fault that ended the run, with what became of it as far as the journal goes. A host that
 *  is silent several times in one stage counts once. */
export function troublesOf(run: string, lines: readonly Stamped[]): readonly Trouble[] {
  const silent = new Set<string>()
  return lines.flatMap(({ event, seq, at }, index): readonly Trouble[] => {
    const after = lines.slice(index + 1)
    const trouble = (is: Trouble['is'], place: string, fault: FaultRecord | null, end: Trouble['end']): readonly Trouble[] => [
      { seq, at: iso(at), place, is, ...wordsOf(run, fault), end },
    ]
    switch (event.type) {
      case 'held':
        return trouble('held', event.place, event.fault, endOf(event.place, after))
      case 'acted':
        if (event.end === 'answered') return []
        return trouble(event.end === 'refused' ? 'refused' : 'in doubt', event.place, event.fault, receiptOf(event, after))
      case 'silent': {
        const key = `${event.place} ${String(event.fault.details['host'])}`
        if (silent.has(key)) return []
        silent.add(key)
        return trouble('no answer', event.place, event.fault, endOf(event.place, after))
      }
      case 'ending':
        return event.fault === null ? [] : trouble('ended', 'run', event.fault, null)
      default:
        return []
    }
  })
}

/** Every decision of a person with the question it answers. */
export function decisionsOf(lines: readonly Stamped[]): Passport['decisions'] {
  const asked = new Map<string, string>()
  return lines.flatMap(({ event, seq, at }) => {
    if (event.type === 'approval.wanted') asked.set(event.place, `approval: ${event.what}`)
    if (event.type === 'held') asked.set(event.place, `hold: ${event.fault.code}`)
    if (event.type !== 'decided') return []
    const { place, decision, option, reason, by } = event
    const answers = decision === 'take-over' ? null : (asked.get(place) ?? null)
    if (decision !== 'take-over') asked.delete(place)
    return [{ seq, at: iso(at), place, decision, option, reason, by, answers }]
  })
}

function wordsOf(run: string, fault: FaultRecord | null): Pick<Trouble, 'code' | 'says' | 'effect'> {
  if (fault === null) return { code: null, says: 'no reason is recorded', effect: null }
  try {
    const { says, effect } = describeFault(fault.code, { run, ...fault.details })
    return { code: fault.code, says, effect }
  } catch {
    // A journal of another version may name a fault that is not in the table.
    return { code: fault.code, says: JSON.stringify(fault.details), effect: null }
  }
}

/** How a stage got on: its own end, the next hold, or the end of the run. */
function endOf(place: string, after: readonly Stamped[]): Trouble['end'] {
  for (const { event, at } of after) {
    if (event.type === 'stage.done' && event.place === place)
      return { at: iso(at), says: `${event.skipped ? 'left out' : 'done'}: ${event.because.join('; ')}` }
    if (event.type === 'held') return { at: iso(at), says: `held: ${event.fault.code}` }
    if (event.type === 'step.entered' && event.step !== place.split('.')[0])
      return { at: iso(at), says: `the run went on with ${event.step}` }
    if (event.type === 'ending') return { at: iso(at), says: `the run ended: ${event.outcome}: ${event.because}` }
  }
  return null
}

function receiptOf({ place, effect }: Of<'acted'>, after: readonly Stamped[]): Trouble['end'] {
  const settled = after.find(({ event }) => event.type === 'settled' && event.effect === effect)
  if (settled?.event.type === 'settled') return { at: iso(settled.at), says: `the host's receipt says: ${settled.event.receipt}` }
  return endOf(place, after)
}
