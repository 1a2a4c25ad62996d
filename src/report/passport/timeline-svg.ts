import { escaped } from '../page/shell.ts'
import type { Passport } from './passport-shape.ts'

type Bar = Passport['timeline'][number]

const [WIDTH, LEFT, RIGHT, ROW, TOP, FOOT] = [760, 130, 60, 22, 6, 22] as const

/** The course of a run as one SVG drawing: a row for each step, its bar from begin to end, in it when a person was waited for and when nobody
 *  drove it. Colours come from the page; the time axis is UTC. */
export function timelineSvg(timeline: readonly Bar[]): string {
  const rows = [...new Set(timeline.map(({ row }) => row))]
  const moments = timeline.flatMap(({ from, to }) => [Date.parse(from), Date.parse(to)])
  const [begin, end] = [Math.min(...moments), Math.max(...moments)]
  const x = (at: number) => LEFT + ((WIDTH - LEFT - RIGHT) * (at - begin)) / Math.max(1, end - begin)
  const height = TOP + rows.length * ROW + FOOT
  const bar = ({ row, is, from, to }: Bar) => {
    const [left, right] = [x(Date.parse(from)), x(Date.parse(to))]
    const inset = is === 'step' || is === 'skipped' ? 4 : 7
    const y = TOP + rows.indexOf(row) * ROW + inset
    return `<rect class="${is}" x="${left.toFixed(1)}" y="${y}" width="${Math.max(2, right - left).toFixed(1)}" height="${ROW - 2 * inset}"/>`
  }
  const labels = rows.map((row, at) => {
    const own = timeline.filter((one) => one.row === row && (one.is === 'step' || one.is === 'skipped'))
    const last = Math.max(...timeline.filter((one) => one.row === row).map(({ to }) => x(Date.parse(to))))
    const ran = own.reduce((sum, { from, to }) => sum + Date.parse(to) - Date.parse(from), 0)
    const middle = TOP + at * ROW + ROW / 2 + 4
    return (
      `<text x="${LEFT - 8}" y="${middle}" text-anchor="end">${escaped(row)}</text>` +
      `<text x="${(last + 5).toFixed(1)}" y="${middle}">${own.some(({ is }) => is === 'step') ? span(ran) : 'left out'}</text>`
    )
  })
  const ticks = [0, 1, 2, 3, 4].map((n) => {
    const at = begin + ((end - begin) * n) / 4
    const anchor = n === 4 ? 'end' : n === 0 ? 'start' : 'middle'
    return (
      `<line class="grid" x1="${x(at).toFixed(1)}" x2="${x(at).toFixed(1)}" y1="${TOP}" y2="${height - FOOT}"/>` +
      `<text x="${x(at).toFixed(1)}" y="${height - 6}" text-anchor="${anchor}">${new Date(at).toISOString().slice(11, end - begin < 600_000 ? 19 : 16)}</text>`
    )
  })
  const order = ['step', 'skipped', 'undriven', 'approval', 'held']
  const bars = timeline.toSorted((one, other) => order.indexOf(one.is) - order.indexOf(other.is)).map(bar)
  return `<svg class="timeline" viewBox="0 0 ${WIDTH} ${height}">${(end > begin ? ticks : ticks.slice(0, 1)).join('')}${bars.join('')}${labels.join('')}</svg>`
}

/** The same in words, for those who do not see it. */
export function timelineWords(timeline: readonly Bar[]): string {
  const words = {
    step: 'ran',
    skipped: 'was left out',
    held: 'was held',
    approval: 'waited for approval',
    undriven: 'was driven by nobody',
  }
  const told = timeline.map(({ row, is, from, to }) => {
    const took = is === 'skipped' ? '' : ` for ${span(Date.parse(to) - Date.parse(from))}`
    return `${row} ${words[is]}${took} from ${from.slice(11, 19)}`
  })
  return `${told.join('; ')}.`
}

/** A duration as a clock shows it: 0:07, 3:12, 1:04:30. */
export function span(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60]
  const two = (n: number) => String(n).padStart(2, '0')
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}
