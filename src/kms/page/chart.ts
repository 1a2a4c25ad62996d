import type { KmsReport } from '../report-shape.ts'

const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP] = [760, 240, 40, 24, 10]

/** The counts over time as one SVG drawing, with the thresholds of clients (25) and of servers and Office (5). Colours come from the page. */
export function chartSvg({ days }: KmsReport): string {
  const highest = Math.max(30, ...days.map(({ windows, office }) => Math.max(windows, office)))
  const x = (at: number) => LEFT + ((WIDTH - LEFT) * (at + 0.5)) / Math.max(1, days.length)
  const y = (count: number) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - count / highest)
  const line = (of: 'windows' | 'office') => {
    const points = days.map((one, at) => `${x(at).toFixed(1)},${y(one[of]).toFixed(1)}`)
    const [only] = points
    return days.length === 1 && only !== undefined
      ? `<circle class="${of}" cx="${only.split(',')[0] ?? ''}" cy="${only.split(',')[1] ?? ''}" r="3"/>`
      : `<polyline class="${of}" points="${points.join(' ')}"/>`
  }
  const limits = [25, 5].map(
    (needs) =>
      `<line class="limit" x1="${LEFT}" x2="${WIDTH}" y1="${y(needs).toFixed(1)}" y2="${y(needs).toFixed(1)}"/>` +
      `<text x="${LEFT - 6}" y="${(y(needs) + 4).toFixed(1)}" text-anchor="end">${needs}</text>`,
  )
  const top = `<text x="${LEFT - 6}" y="${(y(highest) + 8).toFixed(1)}" text-anchor="end">${highest}</text>`
  const steps = [...new Set([0, 1, 2, 3, 4].map((n) => Math.round((n * (days.length - 1)) / 4)))]
  const dates = steps.map((at, n) => {
    const anchor = n === 0 ? 'start' : n === steps.length - 1 ? 'end' : 'middle'
    const place = n === 0 ? LEFT : n === steps.length - 1 ? WIDTH : x(at)
    return `<text x="${place.toFixed(1)}" y="${HEIGHT - 6}" text-anchor="${anchor}">${days[at]?.day ?? ''}</text>`
  })
  return (
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="chart-title"><title id="chart-title">CMIDs of the last 30 days, day ` +
    `by day: Windows and Office</title><line class="axis" x1="${LEFT}" x2="${WIDTH}" y1="${y(0).toFixed(1)}" y2="${y(0).toFixed(1)}"/>` +
    `${limits.join('')}${top}${dates.join('')}${line('office')}${line('windows')}</svg>`
  )
}
