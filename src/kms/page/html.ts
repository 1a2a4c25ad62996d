import type { KmsReport } from '../report-shape.ts'
import { STATUS } from '../report-csv.ts'
import { BASIS, countWords, day, editionName, forecastWords, headline, many, meaningOf } from '../report-words.ts'
import { chartSvg } from './chart.ts'

/** Rows of a table on the page; all of them are in the CSV. */
const ROWS = 500

const STYLE = `
:root{color-scheme:light dark;--ink:#1a1d21;--faint:#5c6670;--line:#d5dae0;--paper:#fff;--bad:#b3261e;--good:#1d6b35;--one:#1f5fbf;--two:#a15c00}
@media(prefers-color-scheme:dark){:root{--ink:#e4e7ea;--faint:#9aa5b1;--line:#3a424b;--paper:#15181c;--bad:#ff8a80;--good:#7ddb9a;--one:#7fb2ff;--two:#ffb95e}}
body{font:15px/1.45 system-ui,sans-serif;color:var(--ink);background:var(--paper);margin:2rem auto;max-width:60rem;padding:0 1rem}
h1{font-size:1.4rem;margin:0}h2{font-size:1.05rem;margin:2rem 0 .5rem}p{margin:.3rem 0}.faint{color:var(--faint)}.bad{color:var(--bad)}.good{color:var(--good)}
.head{font-size:1.15rem;font-weight:600;margin:1.2rem 0 .2rem}code,.mono{font-family:ui-monospace,Consolas,monospace;font-size:.9em}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.25rem .6rem .25rem 0;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:break-word}code{white-space:nowrap}
th{font-weight:600;color:var(--faint)}.n{text-align:right;white-space:nowrap}.keep{white-space:nowrap}
svg{width:100%;height:auto}svg text{font:11px system-ui,sans-serif;fill:var(--faint)}polyline{fill:none;stroke-width:2}polyline.windows{stroke:var(--one)}
polyline.office{stroke:var(--two);stroke-dasharray:6 3}circle.windows{fill:var(--one)}circle.office{fill:var(--two)}.axis{stroke:var(--line)}.limit{stroke:var(--faint);stroke-dasharray:2 4}
.windows-word{color:var(--one)}.office-word{color:var(--two)}
@media print{:root{--ink:#000;--faint:#444;--line:#bbb;--paper:#fff;--bad:#900;--good:#050;--one:#024;--two:#640}body{margin:0;max-width:none;font-size:11px}h2{break-after:avoid}tr,svg{break-inside:avoid}}
`

/** The report as one page that needs nothing else: no script, no network; light and dark by the reader's setting, made to be printed too. */
export function reportHtml(report: KmsReport): string {
  const { good, says } = headline(report)
  const body = [
    '<h1>KMS report</h1>',
    `<p class="faint">${text(report.hosts.join(', '))}: requests of ${day(report.from)} to ${day(report.to)}, told as of ${text(report.asOf.slice(0, 16).replace('T', ' '))} UTC</p>`,
    `<p class="head ${good ? 'good' : 'bad'}">${text(says)}</p>`,
    good ? '' : `<p>${text(meaningOf(report))}</p>`,
    ...[shared(report), counts(report), overTime(report), editions(report), redrawn(report), unseen(report), refused(report)],
    ...[machines(report), damage(report)],
    `<p class="faint">${text(BASIS.documented)}</p><p class="faint">${text(BASIS.model)}</p>`,
  ]
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">` +
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">` +
    `<title>KMS report ${text(report.hosts.join(', '))}</title><style>${STYLE}</style></head><body>\n${body.filter((one) => one !== '').join('\n')}\n</body></html>\n`
  )
}

function shared({ shared: all }: KmsReport): string {
  const rows = all.slice(0, ROWS).map((one) => [
    `<code>${text(one.cmid)}</code>`,
    number(one.machines),
    one.overlapping ? 'at the same time' : 'one after the other',
    text(
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
    text(pool.host),
    pool.pool === 'office' ? 'Office' : 'Windows',
    text(countWords(pool)),
    text(forecastWords(pool).join('; ')),
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
  const rows = all.map((one) => [text(editionName(one)), number(one.machines), number(one.cmids), number(one.counted)])
  return table('Machines per edition', ['edition', '>machines', '>CMIDs', '>of 30 days'], rows, all.length)
}

function redrawn({ redrawn: all }: KmsReport): string {
  const rows = all.slice(0, 20).map(({ client, cmids }) => [text(client), number(cmids)])
  return table('Machines with several CMIDs (clones that draw a new one at each boot)', ['machine', '>CMIDs'], rows, all.length)
}

function unseen({ unseen: all }: KmsReport): string {
  const rows = all.slice(0, ROWS).map(({ client, last }) => [text(client), `<span class="keep">${day(last)}</span>`])
  return table('Machines not seen for 30 days', ['machine', 'last request'], rows, all.length)
}

function refused({ refused: all }: KmsReport): string {
  const rows = all.map(({ code, requests, machines: by }) => [
    `<code>${text(code)}</code>`,
    number(requests),
    number(by),
    `<code>vdiskprep explain ${text(code)}</code>`,
  ])
  return table('Refused requests', ['answer', '>requests', '>machines', 'more'], rows, all.length)
}

function machines({ table: all }: KmsReport): string {
  const newest = all.toSorted((one, other) => (one.last < other.last ? 1 : one.last > other.last ? -1 : 0)).slice(0, ROWS)
  const rows = newest.map((one) => [
    text(one.clients.join(', ')),
    `<code>${text(one.cmid)}</code>`,
    text(STATUS[one.status] ?? String(one.status)),
    `<code>${text(one.code)}</code>`,
    number(one.requests),
    `<span class="keep">${text(one.last.slice(0, 16).replace('T', ' '))}</span>`,
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
    `${text(source)}${line === null ? '' : `:${String(line)}`}`,
    text(what),
  ])
  return table('Not read', ['where', 'what'], rows, read.damaged)
}

/** A table with a heading; nothing without rows. A `>` before the name of a column sets it to the right. */
function table(title: string, columns: readonly string[], rows: readonly (readonly string[])[], all: number): string {
  if (rows.length === 0) return ''
  const side = columns.map((column) => (column.startsWith('>') ? ' class="n"' : ''))
  const head = columns.map((column, at) => `<th${side[at] ?? ''}>${text(column.replace('>', ''))}</th>`).join('')
  const lines = rows.map((row) => `<tr>${row.map((value, at) => `<td${side[at] ?? ''}>${value}</td>`).join('')}</tr>`)
  const more = all > rows.length ? `<p class="faint">${many(all - rows.length, 'more row')} not shown here.</p>` : ''
  return `<h2>${text(title)}</h2><table><thead><tr>${head}</tr></thead><tbody>\n${lines.join('\n')}\n</tbody></table>${more}`
}

function number(value: number): string {
  return String(value)
}

function text(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
