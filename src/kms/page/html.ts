import { escaped, shell } from '../../report/page/shell.ts'
import type { KmsReport } from '../report-shape.ts'
import { STATUS } from '../report-csv.ts'
import { BASIS, countWords, day, editionName, forecastWords, headline, many, meaningOf } from '../report-words.ts'
import { chartSvg } from './chart.ts'

/** Rows of a table on the page; all of them are in the CSV. */
const ROWS = 500

const STYLE = `
code{white-space:nowrap}.n{text-align:right;white-space:nowrap}.keep{white-space:nowrap}polyline{fill:none;stroke-width:2}polyline.windows{stroke:var(--one)}
polyline.office{stroke:var(--two);stroke-dasharray:6 3}circle.windows{fill:var(--one)}circle.office{fill:var(--two)}.axis{stroke:var(--line)}.limit{stroke:var(--faint);stroke-dasharray:2 4}
.windows-word{color:var(--one)}.office-word{color:var(--two)}
`

/** The report as one page that needs nothing else: no script, no network; light and dark by the reader's setting, made to be printed too. */
export function reportHtml(report: KmsReport): string {
  const { good, says } = headline(report)
  const body = [
    '<h1>KMS report</h1>',
    `<p class="faint">${escaped(report.hosts.join(', '))}: requests of ${day(report.from)} to ${day(report.to)}, told as of ${escaped(report.asOf.slice(0, 16).replace('T', ' '))} UTC</p>`,
    `<p class="head ${good ? 'good' : 'bad'}">${escaped(says)}</p>`,
    good ? '' : `<p>${escaped(meaningOf(report))}</p>`,
    ...[shared(report), counts(report), overTime(report), editions(report), redrawn(report), unseen(report), refused(report)],
    ...[machines(report), damage(report)],
    `<p class="faint">${escaped(BASIS.documented)}</p><p class="faint">${escaped(BASIS.model)}</p>`,
  ]
  return shell({ title: `KMS report ${report.hosts.join(', ')}`, style: STYLE, body })
}

function shared({ shared: all }: KmsReport): string {
  const rows = all.slice(0, ROWS).map((one) => [
    `<code>${escaped(one.cmid)}</code>`,
    number(one.machines),
    one.overlapping ? 'at the same time' : 'one after the other',
    escaped(
      one.clients
        .slice(0, 40)
        .map(({ client }) => client)
        .join(', ') + (one.machines > 40 ? ` and ${String(one.machines - 40)} more` : ''),
    ),
  ])
  return table('CMIDs used by several machines', ['CMID', '>machines', 'used', 'by'], rows, all.length)
}

function counts({ pools }: KmsReport): string {
  const rows = pools.map((pool) => [
    escaped(pool.host),
    pool.pool === 'office' ? 'Office' : 'Windows',
    escaped(countWords(pool)),
    escaped(forecastWords(pool).join('; ')),
  ])
  return table('Count against the thresholds', ['host', 'of', 'count', 'forecast (model)'], rows, rows.length)
}

function overTime(report: KmsReport): string {
  return (
    `<h2>Over time</h2><p class="faint">CMIDs of the last 30 days, day by day: <span class="windows-word">Windows</span> (line), ` +
    `<span class="office-word">Office</span> (dashed); dotted: 25 for clients, 5 for servers and Office</p>${chartSvg(report)}`
  )
}

function editions({ editions: all }: KmsReport): string {
  const rows = all.map((one) => [escaped(editionName(one)), number(one.machines), number(one.cmids), number(one.counted)])
  return table('Machines per edition', ['edition', '>machines', '>CMIDs', '>of 30 days'], rows, all.length)
}

function redrawn({ redrawn: all }: KmsReport): string {
  const rows = all.slice(0, 20).map(({ client, cmids }) => [escaped(client), number(cmids)])
  return table('Machines with several CMIDs (clones that draw a new one at each boot)', ['machine', '>CMIDs'], rows, all.length)
}

function unseen({ unseen: all }: KmsReport): string {
  const rows = all.slice(0, ROWS).map(({ client, last }) => [escaped(client), `<span class="keep">${day(last)}</span>`])
  return table('Machines not seen for 30 days', ['machine', 'last request'], rows, all.length)
}

function refused({ refused: all }: KmsReport): string {
  const rows = all.map(({ code, requests, machines: by }) => [
    `<code>${escaped(code)}</code>`,
    number(requests),
    number(by),
    `<code>vdiskprep explain ${escaped(code)}</code>`,
  ])
  return table('Refused requests', ['answer', '>requests', '>machines', 'more'], rows, all.length)
}

function machines({ table: all }: KmsReport): string {
  const newest = all.toSorted((one, other) => (one.last < other.last ? 1 : one.last > other.last ? -1 : 0)).slice(0, ROWS)
  const rows = newest.map((one) => [
    escaped(one.clients.join(', ')),
    `<code>${escaped(one.cmid)}</code>`,
    escaped(STATUS[one.status] ?? String(one.status)),
    `<code>${escaped(one.code)}</code>`,
    number(one.requests),
    `<span class="keep">${escaped(one.last.slice(0, 16).replace('T', ' '))}</span>`,
  ])
  return table(
    'Who asked, newest first',
    ['machine', 'CMID', 'licence when it asked', 'answer', '>requests', 'last'],
    rows,
    all.length,
  )
}

function damage({ read }: KmsReport): string {
  const rows = read.damage.map(({ source, line, what }) => [
    `${escaped(source)}${line === null ? '' : `:${String(line)}`}`,
    escaped(what),
  ])
  return table('Not read', ['where', 'what'], rows, read.damaged)
}

/** A table with a heading; nothing without rows. A `>` before the name of a column sets it to the right. */
function table(title: string, columns: readonly string[], rows: readonly (readonly string[])[], all: number): string {
  if (rows.length === 0) return ''
  const side = columns.map((column) => (column.startsWith('>') ? ' class="n"' : ''))
  const head = columns.map((column, at) => `<th${side[at] ?? ''}>${escaped(column.replace('>', ''))}</th>`).join('')
  const lines = rows.map((row) => `<tr>${row.map((value, at) => `<td${side[at] ?? ''}>${value}</td>`).join('')}</tr>`)
  const more = all > rows.length ? `<p class="faint">${many(all - rows.length, 'more row')} not shown here.</p>` : ''
  return `<h2>${escaped(title)}</h2><table><thead><tr>${head}</tr></thead><tbody>\n${lines.join('\n')}\n</tbody></table>${more}`
}

function number(value: number): string {
  return String(value)
}
