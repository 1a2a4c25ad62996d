import { escaped, shell } from '../../report/page/shell.ts'
import type { KmsReport } from '../report-shape.ts'
import { STATUS } from '../report-csv.ts'
import {
  BASIS,
  countWords,
  day,
  editionName,
  forecastWords,
  headline,
  many,
  meaningOf,
  seenWords,
  useWords,
} from '../report-words.ts'
import { chartSvg } from './chart.ts'

/** Rows of a table on the page; all of them are in the CSV. */
const ROWS = 500

const STYLE = `
code{overflow-wrap:anywhere}td code{white-space:nowrap}td code.typed{white-space:normal}th.n,td.n{text-align:right;white-space:nowrap}polyline{fill:none;stroke-width:2}polyline.windows{stroke:var(--one)}
polyline.office{stroke:var(--two);stroke-dasharray:6 3}circle.windows{fill:var(--one)}circle.office{fill:var(--two)}.axis{stroke:var(--line)}.limit{stroke:var(--faint);stroke-dasharray:2 4}
.windows-word{color:var(--one)}.office-word{color:var(--two)}figure{margin:.5rem 0;overflow-x:auto}figure svg{display:block;min-width:34rem}
@media print{table{font-size:9px}figure svg{min-width:0}}
@media(max-width:40rem){td.n{text-align:left}td code{white-space:normal}}
`

/** The report as one page that needs nothing else: no script, no network; light and dark by the reader's setting, made to be printed too. */
export function reportHtml(report: KmsReport): string {
  const { good, says } = headline(report)
  const body = [
    '<main>',
    '<h1>KMS report</h1>',
    `<p class="faint">${escaped(report.hosts.join(', '))}: requests of ${day(report.from)} to ${day(report.to)}, told as of ${escaped(report.asOf.slice(0, 16).replace('T', ' '))} UTC</p>`,
    `<p class="head ${good ? 'good' : 'bad'}">${escaped(says)}</p>`,
    good ? '' : `<p>${escaped(meaningOf(report))}</p>`,
    ...[shared(report), counts(report), overTime(report), editions(report), redrawn(report), unseen(report), refused(report)],
    ...[machines(report), damage(report)],
    `<h2>What the numbers rest on</h2><p class="faint">${escaped(BASIS.documented)}</p><p class="faint">${escaped(BASIS.model)}</p>`,
    '</main>',
  ]
  return shell({ title: `KMS report ${report.hosts.join(', ')}`, style: STYLE, body })
}

function shared({ shared: all }: KmsReport): string {
  const isSeen = all.some(({ seenIn }) => seenIn !== null)
  const rows = all.slice(0, ROWS).map((one) => [
    `<code>${escaped(one.cmid)}</code>`,
    number(one.machines),
    useWords(one),
    escaped(
      one.clients
        .slice(0, 40)
        .map(({ client }) => client)
        .join(', ') + (one.machines > 40 ? ` and ${String(one.machines - 40)} more` : ''),
    ),
    ...(isSeen ? [seen(one)] : []),
  ])
  const columns = ['CMID', '>machines', 'used', 'by', ...(isSeen ? ['known from'] : [])]
  return table('CMIDs used by several machines', columns, rows, all.length)
}

/** The run that met it, and what to type to read it and to mend the vDisk. */
function seen(one: KmsReport['shared'][number]): string {
  if (one.seenIn === null) return 'no run'
  const commands = [`vdiskprep show ${one.seenIn.run}`, 'vdiskprep init NEW.yaml --extends kms-repair']
  return [escaped(seenWords(one) ?? ''), ...commands.map((line) => `<code class="typed">${escaped(line)}</code>`)].join('<br>')
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
    `<span class="office-word">Office</span> (dashed); dotted: 25 for clients, 5 for servers and Office</p><figure tabindex="0" role="group" aria-label="CMIDs over time">${chartSvg(report)}</figure>`
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
  const isKnown = all.some(({ role }) => role !== null)
  const rows = all
    .slice(0, ROWS)
    .map(({ client, last, role }) => [
      escaped(client),
      `<span class="keep">${day(last)}</span>`,
      ...(isKnown ? [escaped(role ?? '')] : []),
    ])
  const columns = ['machine', 'last request', ...(isKnown ? ['in runs'] : [])]
  return table('Machines not seen for 30 days', columns, rows, all.length)
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
  const names = columns.map((column) => escaped(column.replace('>', '')))
  const head = names.map((name, at) => `<th scope="col"${side[at] ?? ''}>${name}</th>`).join('')
  const cell = (value: string, at: number) => `<td${side[at] ?? ''} data-of="${names[at] ?? ''}">${value}</td>`
  const lines = rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`)
  const more = all > rows.length ? `<p class="faint">${many(all - rows.length, 'more row')} not shown here.</p>` : ''
  return `<h2>${escaped(title)}</h2><table><thead><tr>${head}</tr></thead><tbody>\n${lines.join('\n')}\n</tbody></table>${more}`
}

function number(value: number): string {
  return String(value)
}
