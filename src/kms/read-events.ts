import type { Batch, Damage } from './batch.ts'
import { EventFrames } from './event-frames.ts'
import { eventReader, type WindowsEvent } from './event-xml.ts'
import { readCsv } from './read-csv.ts'
import { isoMoment, requestIn, withoutTime, type KmsRequest } from './request.ts'

/** What a source is when it is nothing that can be read here. */
export type Unreadable = 'evtx' | 'clixml' | 'empty' | 'other'

/** Thrown before the first batch. */
export class NoEvents extends Error {
  readonly form: Unreadable

  constructor(form: Unreadable) {
    super(`not readable as events: ${form}`)
    this.name = 'NoEvents'
    this.form = form
  }
}

/** Bytes by which the encoding and the form are told. */
const ENOUGH = 2048

const CUT = 'the event has no end'
const STRAY = 'text that belongs to no event'

/** Reads events 12290 from bytes as they come: XML of wevtutil, Get-WinEvent or Event Viewer, or CSV; UTF-8 or UTF-16, with or without a byte
 *  order mark. Every event is in a batch as a request, as another event or as damage. Rejects with NoEvents when the bytes are something else. */
export async function* readEvents(source: string, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Batch> {
  const texts = decoded(bytes)
  const first = await texts.next()
  const begin = first.done === true ? '' : first.value
  const form = formOf(begin)
  if (form !== 'xml' && form !== 'csv') throw new NoEvents(form)
  yield* form === 'csv' ? readCsv(source, headerOf(begin), rejoined(begin, texts)) : xmlBatches(source, rejoined(begin, texts))
}

async function* xmlBatches(source: string, texts: AsyncIterable<string>): AsyncGenerator<Batch> {
  const frames = new EventFrames()
  const read = eventReader()
  for await (const text of texts) yield batchOf(source, frames.push(text), read)
  yield batchOf(source, frames.end(), read)
}

function batchOf(source: string, frames: ReturnType<EventFrames['push']>, read: ReturnType<typeof eventReader>): Batch {
  const requests: KmsRequest[] = []
  const damage: Damage[] = []
  let others = 0
  for (const frame of frames) {
    if (frame.is === 'stray') {
      damage.push({ source, line: frame.line, what: frame.why === 'cut' ? CUT : STRAY })
      continue
    }
    const event = read(frame.text)
    const request = typeof event === 'string' ? `not well-formed: ${event}` : requestOf(event)
    if (request === null) others += 1
    else if (typeof request === 'string') damage.push({ source, line: frame.line, what: request })
    else requests.push(request)
  }
  return { requests, damage, others }
}

/** Null for an event of another kind; a text says what is wrong. */
function requestOf({ id, time, record, computer, values }: WindowsEvent): KmsRequest | string | null {
  if (id === null) return 'an event without a number'
  if (id !== 12_290) return null
  const fields = requestIn(values)
  if (fields === undefined) return 'event 12290 without the fields of a request'
  const at = isoMoment(time)
  if (at === null) return `event 12290 without a time that can be read (${time === '' ? 'none' : time.slice(0, 40)})`
  return { ...withoutTime(fields), at, clock: 'host', host: computer, record }
}

function formOf(begin: string): Unreadable | 'xml' | 'csv' {
  const text = begin.trimStart()
  if (text === '') return 'empty'
  if (begin.startsWith('ElfFile')) return 'evtx'
  if (/^(?:<\?[^>]*\?>\s*|#[^\n]*\n\s*)?<Objs\b/.test(text)) return 'clixml'
  if (text.startsWith('<')) return 'xml'
  return /[,;\t]/.test(headerOf(text)) && !text.includes('\0') ? 'csv' : 'other'
}

/** The names of the columns; before them Export-Csv may write the type of its objects. */
function headerOf(text: string): string {
  return (
    text
      .trimStart()
      .split(/\r?\n/, 2)
      .find((line) => !line.startsWith('#')) ?? ''
  )
}

async function* rejoined(first: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield first
  yield* rest
}

async function* decoded(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | null = null
  let begin: Uint8Array = new Uint8Array()
  for await (const piece of bytes) {
    if (decoder === null) {
      begin = Buffer.concat([begin, piece])
      if (begin.length < ENOUGH) continue
    }
    const text = (decoder ??= new TextDecoder(encodingOf(begin))).decode(begin.length > 0 ? begin : piece, { stream: true })
    begin = new Uint8Array()
    if (text !== '') yield text
  }
  const last = (decoder ?? new TextDecoder(encodingOf(begin))).decode(begin)
  if (last !== '') yield last
}

/** PowerShell's redirection writes UTF-16 with a mark; without one, a zero beside the first character tells. */
function encodingOf(piece: Uint8Array): string {
  const [one = 0, two = 0] = piece
  if ((one === 0xff && two === 0xfe) || (one !== 0 && two === 0 && piece.length > 1)) return 'utf-16le'
  if ((one === 0xfe && two === 0xff) || (one === 0 && two !== 0)) return 'utf-16be'
  return 'utf-8'
}
