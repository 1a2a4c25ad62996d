import { Readable } from 'node:stream'
import { parse } from 'csv-parse'
import type { Batch, Damage } from './batch.ts'
import { isoMoment, requestIn, withoutTime, type KmsRequest } from './request.ts'

/** Rows are handed on in batches of this many. */
const ROWS = 1000

/** Columns that hold what the row's values do not say by themselves; names as Get-WinEvent, Event Viewer and our own table give them. */
const RECORD = /^(?:record|recordid|eventrecordid)$/i
const HOST = /^(?:host|machinename|computer)$/i
const EVENT_ID = /^(?:id|event ?id)$/i

/** Reads requests from a table with a header, one in each row: its fields in columns of their own beside each other, or as Windows writes
 *  them in the message. A time that says no zone (Export-Csv writes that of the language) is not guessed at: the client's own, which is UTC, is
 *  taken, and the request says so. */
export async function* readCsv(source: string, firstLine: string, texts: AsyncIterable<string>): AsyncGenerator<Batch> {
  const batch = { requests: [] as KmsRequest[], damage: [] as Damage[], others: 0 }
  const taken = () => {
    const whole: Batch = { ...batch }
    Object.assign(batch, { requests: [], damage: [], others: 0 })
    return whole
  }
  let header: readonly string[] | null = null
  const rows = Readable.from(texts).pipe(
    tableParser(delimiterOf(firstLine), (line, what) => batch.damage.push({ source, line, what })),
  )
  for await (const { record, info } of rows as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
    if (header === null) {
      header = record
      continue
    }
    const request = requestOf(header, record)
    if (request === null) batch.others += 1
    else if (typeof request === 'string') batch.damage.push({ source, line: info.lines, what: request })
    else batch.requests.push(request)
    if (batch.requests.length + batch.damage.length >= ROWS) yield taken()
  }
  yield taken()
}

/** Export-Csv -UseCulture and Event Viewer separate by what the language of Windows uses. */
function delimiterOf(line: string): string {
  const often = (delimiter: string) => line.split(delimiter).length
  return [',', ';', '\t'].toSorted((one, other) => often(other) - often(one))[0] ?? ','
}

function tableParser(delimiter: string, broken: (line: number, what: string) => void) {
  return parse({
    bom: true,
    info: true,
    delimiter,
    relax_column_count: true,
    skip_empty_lines: true,
    comment: '#TYPE',
    comment_no_infix: true,
    skip_records_with_error: true,
    on_skip: (error) => {
      broken(Number(error?.['lines'] ?? 0), `not a row: ${error?.message ?? 'unknown'}`)
      return undefined
    },
  })
}

/** Null for an event of another kind; a text says what is wrong. */
function requestOf(header: readonly string[], row: readonly string[]): KmsRequest | string | null {
  const named = (name: RegExp) => row[header.findIndex((column) => name.test(column.trim()))]?.trim() ?? ''
  const id = named(EVENT_ID)
  const fields = requestIn(row)
  if (/^\d+$/.test(id) && id !== '12290') return null
  if (fields === undefined) return 'a row without the fields of a request'
  const host = row.map((cell) => isoMoment(cell.trim())).find((moment) => moment !== null)
  const at = host ?? fields.clientTime
  if (at === null) return 'a row without a time that can be read'
  const record = named(RECORD)
  return {
    ...withoutTime(fields),
    ...{ at, clock: host === undefined ? 'client' : 'host', host: named(HOST) || null },
    record: /^\d+$/.test(record) ? Number(record) : null,
  }
}
