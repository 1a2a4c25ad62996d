import { stripVTControlCharacters } from 'node:util'
import type { KmsReport } from '../../../kms/report-shape.ts'
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
} from '../../../kms/report-words.ts'
import type { Terminal } from '../terminal.ts'
import { nextLines, type Way } from './next.ts'
import { hanging } from './wrap.ts'

type Screen = Pick<Terminal, 'width' | 'paint'>

/** From this width on the sections stand in two columns. */
const WIDE = 140
/** Rows of a list before it says how many more there are. */
const ROWS = 8
/** Rows of the chart. */
const BARS = 12

/** The report as a person reads it: the CMIDs that machines share first, then the counts, the time, the editions and the rest. */
export function kmsReportScreen(report: KmsReport, screen: Screen): readonly string[] {
  const { good, says } = headline(report)
  const [left, right] = columns(report, screen)
  return [
    ...hanging(` ${screen.paint('strong', report.hosts.join(', '))}  `, spanWords(report), screen.width, 3),
    '',
    ...hanging(` ${screen.paint(good ? 'good' : 'bad', good ? 'ok' : 'SHARED')}  `, says, screen.width),
    ...(good ? [] : shared(report, screen)),
    '',
    ...(screen.width < WIDE ? [...left(screen.width), ...right(screen.width)] : beside(left, right, screen.width)),
    ...hanging(' ', BASIS.documented, screen.width, 3),
    ...hanging(' ', BASIS.model, screen.width, 3),
  ]
}

function spanWords({ from, to, asOf, read, cmids, machines }: KmsReport): string {
  const told = asOf === to ? 'as of the newest' : `as of ${asOf.slice(0, 16).replace('T', ' ')} UTC`
  const all = `${many(read.requests, 'request')} of ${many(machines, 'machine')} under ${many(cmids, 'CMID')}`
  return `${all}, ${day(from)} to ${day(to)}, ${told}`
}

function shared(report: KmsReport, screen: Screen): readonly string[] {
  const { shared: all, editions } = report
  const names = new Map(editions.map((one) => [one.activationId, editionName(one)]))
  const some = all.slice(0, 5).flatMap((one) => {
    const { cmid, machines, products, clients } = one
    const seen = seenWords(one)
    const shown = clients.slice(0, 6).map(({ client }) => client)
    const rest = clients.length > shown.length ? ` and ${String(clients.length - shown.length)} more` : ''
    return [
      `    ${cmid}  ${many(machines, 'machine')}`,
      ...hanging('      ', `${useWords(one)}: ${shown.join(', ')}${rest}`, screen.width),
      ...hanging('      ', products.map((id) => names.get(id) ?? id).join(', '), screen.width),
      ...(seen === null ? [] : hanging('      ', seen, screen.width)),
    ]
  })
  return [
    ...hanging('    ', meaningOf(report), screen.width),
    ...some,
    ...(all.length > 5 ? [`    and ${many(all.length - 5, 'more CMID')}; --csv FILE has all`] : []),
    ...nextLines(waysFor(report), screen).map((line) => `  ${line}`),
  ]
}

function waysFor({ shared: all }: KmsReport): readonly Way[] {
  const found = all.find(({ seenIn }) => seenIn !== null)?.seenIn ?? null
  const seen = found === null ? [] : [{ type: `vdiskprep show ${found.run}`, for: 'the run that met this CMID' }]
  return [
    ...seen,
    { type: 'vdiskprep explain DUPLICATE_CMID', for: 'what it comes from, and what helps an image in use' },
    { type: 'vdiskprep init NEW.yaml --extends kms-repair', for: 'a file that rearms that image and seals it anew' },
  ]
}

type Section = (width: number) => readonly string[]

function columns(report: KmsReport, screen: Screen): readonly [Section, Section] {
  const titled = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [` ${screen.paint('strong', title)}`, ...lines, '']
  return [
    (width) => [
      ...titled('Count', counts(report, width)),
      ...titled('CMIDs of the last 30 days, day by day', chart(report, width)),
    ],
    (width) => [
      ...titled('Machines per edition', editions(report, width)),
      ...titled(`Not seen for 30 days: ${many(report.unseen.length, 'machine')}`, unseen(report, width)),
      ...titled('Several CMIDs each', redrawn(report, width)),
      ...titled('Refused', refused(report)),
      ...titled(`Not read: ${many(report.read.damaged, 'place')}`, damage(report, width)),
      ...notes(report, width),
    ],
  ]
}

function counts({ pools }: KmsReport, width: number): readonly string[] {
  const hosts = new Set(pools.map(({ host }) => host)).size
  return pools.flatMap((pool) => {
    const name = `${hosts > 1 ? `${pool.host} ` : ''}${pool.pool === 'office' ? 'Office' : 'Windows'}`
    return [
      ...hanging(`   ${name.padEnd(8)} `, countWords(pool), width),
      ...forecastWords(pool).flatMap((line) => hanging(' '.repeat(12), line, width)),
    ]
  })
}

/** A bar for each of some days, the newest last: Windows as `#`, the threshold of clients as `|`. */
function chart({ days }: KmsReport, width: number): readonly string[] {
  const every = Math.max(1, Math.ceil(days.length / BARS))
  const picked = days.filter((_, at) => (days.length - 1 - at) % every === 0)
  const highest = Math.max(30, ...picked.map(({ windows, office }) => Math.max(windows, office)))
  const room = Math.max(20, width - 41)
  const place = (count: number) => Math.round((count / highest) * room)
  const limit = place(25)
  const rows = picked.map(({ day: name, windows, office }, at) => {
    const until = days.indexOf(picked[at] ?? days[0] ?? { day: '', requests: 0, windows: 0, office: 0 })
    const asked = days.slice(Math.max(0, until - every + 1), until + 1).reduce((sum, { requests }) => sum + requests, 0)
    const bar = '#'.repeat(place(windows)).padEnd(room)
    const marked = `${bar.slice(0, limit)}|${bar.slice(limit + 1)}`
    return `   ${name}  ${marked} ${String(windows).padStart(6)} ${String(office).padStart(6)} ${String(asked).padStart(8)}`
  })
  return [
    `${' '.repeat(15)}${'| 25'.padStart(limit + 4).padEnd(room)} ${'Win'.padStart(6)} ${'Office'.padStart(6)} ${'requests'.padStart(8)}`,
    ...rows,
  ]
}

function editions({ editions: all }: KmsReport, width: number): readonly string[] {
  const rows = all.slice(0, ROWS).flatMap((one) => {
    const numbers = [one.machines, one.cmids, one.counted].map((value) => String(value).padStart(8)).join('')
    return hanging(` ${numbers}   `, editionName(one), width)
  })
  return ['  machines   CMIDs  30 days   edition', ...rows, ...more(all.length)]
}

function unseen({ unseen: all }: KmsReport, width: number): readonly string[] {
  return all.length === 0
    ? []
    : [
        ...all
          .slice(0, ROWS)
          .flatMap(({ client, last, role }) =>
            hanging(`   ${day(last)}  `, role === null ? client : `${client}, ${role}`, width),
          ),
        ...more(all.length),
      ]
}

function redrawn({ redrawn: all }: KmsReport, width: number): readonly string[] {
  const [most] = all
  if (most === undefined) return []
  const says = `${many(all.length, 'machine')}, most of them ${most.client} with ${String(most.cmids)}. A clone of a prepared image draws a new CMID at each boot; each counts for 30 days.`
  return hanging('   ', says, width)
}

function refused({ refused: all }: KmsReport): readonly string[] {
  return all
    .slice(0, ROWS)
    .map(
      ({ code, requests, machines }) =>
        `   ${code}  ${many(requests, 'request')} of ${many(machines, 'machine')}   vdiskprep explain ${code}`,
    )
}

function damage({ read }: KmsReport, width: number): readonly string[] {
  if (read.damaged === 0) return []
  const places = read.damage.slice(0, ROWS).flatMap(({ source, line, what }) => {
    return hanging(`   ${source}${line === null ? '' : `:${String(line)}`}  `, what, width, 6)
  })
  return [...places, ...more(read.damaged)]
}

function notes({ read }: KmsReport, width: number): readonly string[] {
  const says = [
    ...(read.repeated > 0 ? [`${many(read.repeated, 'request')} stood in more than one source and counted once.`] : []),
    ...(read.withoutHostTime > 0
      ? [`${many(read.withoutHostTime, 'request')} without a time that says its zone: the client's own time was taken.`]
      : []),
  ]
  return says.length === 0 ? [] : [...says.flatMap((line) => hanging(' ', line, width, 3)), '']
}

function more(all: number): readonly string[] {
  return all > ROWS ? [`   and ${String(all - ROWS)} more`] : []
}

function beside(left: Section, right: Section, width: number): readonly string[] {
  const half = Math.floor(width / 2)
  const [one, other] = [left(half - 2), right(width - half)]
  return Array.from({ length: Math.max(one.length, other.length) }, (_, row) => {
    const text = one[row] ?? ''
    return `${text}${' '.repeat(Math.max(1, half - stripVTControlCharacters(text).length))}${other[row] ?? ''}`.trimEnd()
  })
}
