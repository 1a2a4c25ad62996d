import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { resolve } from 'node:path'
import type { Composition } from '../../../compose.ts'
import { Fault } from '../../../faults/fault.ts'
import type { Batch } from '../../../kms/batch.ts'
import { withKnown } from '../../../kms/known.ts'
import { machinesCsv, REQUESTS_HEADER, requestRow } from '../../../kms/report-csv.ts'
import { reportHtml } from '../../../kms/page/html.ts'
import { reportOf } from '../../../kms/report.ts'
import type { KmsReport } from '../../../kms/report-shape.ts'
import { isoMoment } from '../../../kms/request.ts'
import { Tally } from '../../../kms/tally.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import type { InventoryOptions } from '../inventory-option.ts'
import { eventsOfFile } from '../kms/event-files.ts'
import { requestsOfHosts } from '../kms/live-requests.ts'
import { knownRuns } from '../kms/known-runs.ts'
import type { CommonOptions } from '../options.ts'
import { kmsReportScreen } from '../screens/kms-report.ts'
import type { Terminal } from '../terminal.ts'
import { notWritten, refuseForeign, writeNamed } from '../writing.ts'

/** Options of `kms report`. */
export interface KmsReportOptions extends CommonOptions, InventoryOptions {
  readonly host?: readonly string[]
  readonly lab?: string
  readonly days: string
  readonly asOf?: string
  readonly csv?: string
  readonly events?: string
  readonly html?: string
}

/** `kms report [FILE...]`: who asked a KMS host, from files with its events or from the hosts of an inventory. Reads only. Exit code 2 when
 *  a file is no file of events, or nobody has asked. */
export async function kmsReport(
  files: readonly string[],
  options: KmsReportOptions,
  composition: Composition,
  terminal: Terminal,
): Promise<ExitCode> {
  const asOf = options.asOf === undefined ? null : momentOf(options.asOf)
  refuseOverwriting(files, options)
  const tally = new Tally()
  const sources: string[] = []
  const events = options.events === undefined ? null : writerTo(options.events)
  const take = async (source: string, batch: Batch) => {
    if (!sources.includes(source)) sources.push(source)
    tally.add(batch, source)
    if (events !== null) await events.write(batch.requests.map(requestRow).join(''))
  }
  await events?.write(REQUESTS_HEADER)
  let now = asOf
  if (files.length > 0) for (const file of files) for await (const batch of eventsOfFile(file)) await take(file, batch)
  else {
    const asked = await requestsOfHosts(options, composition, take)
    if (asked === null) {
      await events?.end()
      terminal.err('Stopped. Nothing was changed.')
      return EXIT.interrupted
    }
    now ??= asked
  }
  await events?.end()
  const tallied = tally.done()
  const whole = options.json === true || options.csv !== undefined || options.html !== undefined
  const seen = reportOf(tallied, sources, { asOf: now, whole })
  if (seen === undefined) throw new Fault('KMS_NO_REQUESTS', { sources, others: tallied.others, damaged: tallied.damaged })
  tell(withKnown(seen, await knownRuns(seen, composition, options.store)), options, terminal)
  return EXIT.ok
}

function tell(report: KmsReport, { json, csv, html, quiet }: KmsReportOptions, terminal: Terminal): void {
  if (csv !== undefined) writeNamed(csv, machinesCsv(report))
  if (html !== undefined) writeNamed(html, reportHtml(report))
  if (json === true) terminal.out(JSON.stringify(report))
  else if (quiet !== true) for (const line of kmsReportScreen(report, terminal)) terminal.out(line)
}

/** A log of yours is never replaced by what is made of it. */
function refuseOverwriting(files: readonly string[], options: KmsReportOptions): void {
  const read = new Set(files.map((file) => resolve(file)))
  for (const option of ['csv', 'events', 'html'] as const) {
    const file = options[option]
    if (file === undefined) continue
    if (read.has(resolve(file)))
      throw new Fault('OPTION_INVALID', { option: `--${option}`, value: file, expected: 'another file than those that are read' })
    refuseForeign(file)
  }
}

function momentOf(text: string): number {
  const moment = isoMoment(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T23:59:59Z` : text)
  if (moment === null)
    throw new Fault('OPTION_INVALID', {
      option: '--as-of',
      value: text,
      expected: 'a day (2026-11-02) or a moment with its zone',
    })
  return moment
}

function writerTo(file: string) {
  const stream = createWriteStream(file)
  const broken = new Promise<never>((_, reject) => stream.once('error', (thrown) => reject(notWritten(file, thrown))))
  broken.catch(() => undefined)
  return {
    write: async (text: string) => {
      if (text !== '' && !stream.write(text)) await Promise.race([once(stream, 'drain'), broken])
    },
    end: () => Promise.race([new Promise<void>((done) => stream.end(done)), broken]),
  }
}
