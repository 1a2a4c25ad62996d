import type { Forecast } from '../../../procedure/forecast/foreseen.ts'
import type { Terminal } from '../terminal.ts'
import { titleOf } from './steps.ts'

type Screen = Pick<Terminal, 'width' | 'paint'>

/** Where in a list of vDisks one stands: those that a run could not go through first. */
const WORDS = ['BLOCKED', 'asks', 'goes on'] as const

/** The sum of a plan of several vDisks: a line each, with what differs from the others. */
export function planSum(forecasts: readonly Forecast[], screen: Screen): readonly string[] {
  const rows = forecasts.map((one) => ({ one, ...standing(one) }))
  const counts = WORDS.map((word, at) => [word, rows.filter(({ rank }) => rank === at).length] as const)
  const sum = counts.filter(([, count]) => count > 0).map(([word, count]) => `${String(count)} ${word}`)
  const room = Math.min(24, Math.max(...forecasts.map(({ title }) => title.length)))
  return [
    ` ${screen.paint('strong', `${String(forecasts.length)} vDisks`)}: ${sum.join(', ')}`,
    ...rows
      .toSorted((a, b) => a.rank - b.rank)
      .map(({ one, rank, says }) => {
        const line = `   ${WORDS[rank].padEnd(7)}  ${one.title.padEnd(room)}  ${says}`
        const text = line.length > screen.width ? `${line.slice(0, screen.width - 3)}...` : line
        return rank === 0 ? screen.paint('bad', text) : text
      }),
  ]
}

function standing({ steps, approvals }: Forecast): { readonly rank: 0 | 1 | 2; readonly says: string } {
  const blocked = steps.find(({ outlook }) => outlook === 'blocked')
  if (blocked !== undefined) {
    const why = blocked.step === 'preflight' ? '' : `: ${blocked.fault?.code ?? ''}`
    return { rank: 0, says: `step ${titleOf(blocked.step)}${why}` }
  }
  const [first] = approvals
  if (first !== undefined) return { rank: 1, says: `before step ${titleOf(first.step)}: ${first.what}` }
  const acting = steps.filter(({ outlook }) => outlook === 'will-act').map(({ step }) => titleOf(step))
  return { rank: 2, says: acting.length === 0 ? 'nothing to do as far as is known' : `will act in ${acting.join(', ')}` }
}
