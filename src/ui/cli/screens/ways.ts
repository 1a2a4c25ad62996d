import type { DecisionKind } from '../../../procedure/events.ts'
import type { RunView } from '../../../procedure/run-view.ts'
import { meaningOf } from '../../live/meaning.ts'
import type { Terminal } from '../terminal.ts'
import { nextLines, type Way } from './next.ts'
import { positionOf } from './position.ts'
import { hanging } from './wrap.ts'

/** With more offered options than these they are one way. */
const MOST_OPTIONS = 4
/** With more than these their names are not listed either: the reasons name them. */
const MOST_NAMES = 12

/** Every way on from a hold or an approval as it is typed, with what it costs and leads to; at a hold what costs something comes last.
 *  `remedy` is what the fault itself advises. */
export function waysLines(view: RunView, remedy: readonly string[], screen: Pick<Terminal, 'width' | 'said'>): readonly string[] {
  const ways = view.held === null ? atApproval(view) : atHold(view, view.held, remedy)
  const told = ways.map((way) => meantBy(view, way))
  const costly = view.held === null ? [] : told.filter(({ cost }) => cost !== null)
  const names = view.held?.options.map(({ name }) => name) ?? []
  return [
    ...nextLines([...told.filter((way) => !costly.includes(way)), ...costly], screen),
    ...(names.length > MOST_OPTIONS && names.length <= MOST_NAMES
      ? hanging('         NAME is one of: ', names.join(', '), screen.width, 11)
      : []),
  ]
}

/** The offered options first, then what the fault's own remedy adds to them, then what is always possible. */
function atHold(view: RunView, { options, skippable }: NonNullable<RunView['held']>, remedy: readonly string[]): readonly Way[] {
  const decide = `vdiskprep decide ${positionOf(view)}`
  const remedies = remedy
    .filter((line) => !/--(option|waive) |skip --reason/.test(line))
    .map((line) => line.replace(`vdiskprep decide ${view.run} `, `${decide} `))
  const offered =
    options.length > MOST_OPTIONS ? ['approve --option NAME'] : options.map(({ name }) => `approve --option ${name}`)
  const retries = remedies.some((line) => line.endsWith(' retry')) ? [] : [`${decide} retry`]
  const skip = skippable ? [`${decide} skip --reason "..."`] : []
  const abort = remedies.some((line) => line.includes(' abort')) ? [] : [`${decide} abort --reason "..."`]
  const typed = [...offered.map((way) => `${decide} ${way} --reason "..."`), ...remedies.map(withReason)]
  return [...typed, ...retries, ...skip, ...abort].map((type) => ({ type, for: '' }))
}

/** These decisions are refused without a reason. */
function withReason(line: string): string {
  return / (abort|mark-done|skip)$/.test(line) ? `${line} --reason "..."` : line
}

function atApproval(view: RunView): readonly Way[] {
  const decide = `vdiskprep decide ${positionOf(view)}`
  const no = view.approval?.place.startsWith('restoring.') === true ? 'skip' : 'abort'
  return [
    {
      type: `${decide} approve --reason "..."`,
      for:
        view.approval?.anotherPerson === true
          ? `By another login than ${view.startedBy?.login ?? 'that of who started it'}. `
          : '',
    },
    { type: `${decide} ${no} --reason "..."`, for: '' },
  ]
}

/** What the decision in a line costs and leads to; a line without one says itself what it is. */
function meantBy(view: RunView, way: Way): Way & { readonly cost: string | null } {
  const [, decision, option] = /decide \S+ (approve|retry|mark-done|skip|abort)\b(?: --option (\S+))?/.exec(way.type) ?? []
  if (decision === undefined || option === 'NAME') return { ...way, cost: null }
  const { cost, consequence } = meaningOf(view, decision as DecisionKind, option ?? null)
  return { type: way.type, for: `${way.for}${cost === null ? '' : `${cost} `}${consequence}`, cost }
}
