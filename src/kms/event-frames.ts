/** A piece of a text with events: one event as it stands there, or text that belongs to none. `line` counts from 1. */
export type Frame =
  | { readonly is: 'event'; readonly text: string; readonly line: number }
  | { readonly is: 'stray'; readonly line: number; readonly why: 'cut' | 'text' }

const BEGIN = /<Event(?=[\s>])/g
const END = '</Event>'

/** No event is longer: Windows keeps strings of an event below 32 KiB each. What goes on without an end is dropped after this. */
const LONGEST = 2_000_000
/** As much of a text as can be the beginning of an event that goes on in the next piece. */
const TAIL = '<Event'.length

/** What may stand around events: a declaration, one root, comments. */
const AROUND = /<\?[^>]*\?>|<!--[\s\S]*?-->|<\/?Events\b[^>]*>/g

/** Cuts a text that comes in pieces into its events, with or without a root around them. An event whose end is missing is told as cut, and
 *  the next one is found again at its own beginning, so that damage never reaches further than its event. */
export class EventFrames {
  #rest = ''
  #line = 1

  /** The events that are whole with this piece. */
  push(piece: string): readonly Frame[] {
    const text = this.#rest + piece
    const frames: Frame[] = []
    let [from, begin] = [0, beginIn(text, 0)]
    for (;;) {
      const end = begin === -1 ? -1 : text.indexOf(END, begin)
      if (end === -1) break
      this.#around(text.slice(from, begin), false, frames)
      let next = beginIn(text, begin + 1)
      for (; next !== -1 && next < end; begin = next, next = beginIn(text, next + 1)) this.#cut(text, begin, next, frames)
      frames.push({ is: 'event', text: text.slice(begin, end + END.length), line: this.#line })
      this.#line += linesIn(text, begin, end)
      from = end + END.length
      begin = next
    }
    this.#rest = text.slice(from)
    if (this.#rest.length > LONGEST) {
      const kept = this.#rest.slice(-TAIL)
      this.#rest = this.#rest.slice(0, -TAIL)
      frames.push(...this.end())
      this.#rest = kept
    }
    return frames
  }

  /** What is left over when no more text comes. */
  end(): readonly Frame[] {
    const frames: Frame[] = []
    const [text, first] = [this.#rest, beginIn(this.#rest, 0)]
    this.#around(first === -1 ? text : text.slice(0, first), first === -1, frames)
    for (let begin = first; begin !== -1;) {
      const next = beginIn(text, begin + 1)
      this.#cut(text, begin, next === -1 ? text.length : next, frames)
      begin = next
    }
    this.#rest = ''
    return frames
  }

  /** An event that has no end before `to`. */
  #cut(text: string, begin: number, to: number, frames: Frame[]): void {
    frames.push({ is: 'stray', line: this.#line, why: 'cut' })
    this.#line += linesIn(text, begin, to)
  }

  /** At the end of everything, `<Ev` is an event that was cut; anywhere else it is text that belongs to none. */
  #around(text: string, last: boolean, frames: Frame[]): void {
    const left = text.replace(AROUND, (known) => '\n'.repeat(linesIn(known, 0, known.length)))
    const at = left.search(/[^\s\uFEFF\0]/)
    const line = this.#line + (at === -1 ? 0 : linesIn(left, 0, at))
    this.#line += linesIn(text, 0, text.length)
    if (at !== -1) frames.push({ is: 'stray', line, why: last && left.slice(at).startsWith('<') ? 'cut' : 'text' })
  }
}

function beginIn(text: string, from: number): number {
  BEGIN.lastIndex = from
  return BEGIN.exec(text)?.index ?? -1
}

function linesIn(text: string, from: number, to: number): number {
  let lines = 0
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) lines += 1
  return lines
}
