import { readAnswer, type HandAnswer } from './forms.ts'

/** What a line at the terminal is: an answer that is whole with it, a part of one, one that ask.ps1 prints beside answers, or why it is
 *  none of them. */
type Typed =
  | { readonly is: 'answer'; readonly answer: HandAnswer; readonly text: string }
  | { readonly is: 'part' | 'beside' }
  | { readonly is: 'unfit'; readonly why: string }

/** Puts answers together from the lines that are pasted. A console that wraps may hand a long line over in pieces of its own width, without
 *  the blank that a piece ended with. */
export class Pasted {
  #pieces: string[] = []

  /** Whether an answer has begun and has not ended. */
  get isOpen(): boolean {
    return this.#pieces.length > 0
  }

  take(line: string): Typed {
    const begins = line.startsWith('{')
    if (begins) this.#pieces = []
    else if (BESIDE.test(line)) return this.#pieces.length === 0 ? { is: 'beside' } : this.#given(HALF)
    else if (!this.isOpen) return { is: 'unfit', why: 'it is neither an answer nor a word that is known here' }
    this.#pieces.push(line)
    const text = joined(this.#pieces)
    const answer = readAnswer(text)
    if (!('why' in answer)) {
      this.#pieces = []
      return { is: 'answer', answer, text }
    }
    return answer.cut === true ? { is: 'part' } : this.#given(answer.why)
  }

  #given(why: string): Typed {
    this.#pieces = []
    return { is: 'unfit', why }
  }
}

/** Why an answer is not taken that did not come whole. */
export const HALF = 'an answer begins there and does not end; paste the rest of it, or all of it once more'

/** Lines of ask.ps1 that are no answers, and a prompt with the line that was typed; agents/Session/Ask.ps1 prints them. */
const BESIDE = /^(\d{6} {2}|\d+ (answered for|left out,) |Nothing (was|waits) |PS .*>)/

function joined(pieces: readonly string[]): string {
  const width = Math.max(...pieces.map((piece) => piece.length))
  return pieces.map((piece, at) => (at === pieces.length - 1 ? piece : piece.padEnd(width))).join('')
}
