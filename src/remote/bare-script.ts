/** What a host never needs of a PowerShell file is left out of it: comments (its help among them), indentation and empty lines. The tokens
 *  that PowerShell reads stay the same; strings and here-strings stay to the byte. Undefined when the text holds anything whose limits are
 *  not certain without PowerShell's own parser: such a file is to be sent as it is. Source of the rules: about_Quoting_Rules, about_Comments,
 *  about_Parsing; over the shipped agents they are compared with PowerShell's parser by a test. */
export function bareScript(text: string): string | undefined {
  try {
    return withoutEmptyLines(new Walk(text.replaceAll('\r\n', '\n')).whole())
  } catch (thrown) {
    if (thrown === UNCERTAIN) return undefined
    throw thrown
  }
}

/** A piece of the text: code whose white space is free, or a string whose every character counts. */
interface Piece {
  readonly is: 'code' | 'string'
  readonly text: string
}

const UNCERTAIN = new Error('the limits of this text are not certain')

/** After these a new token begins, so that # or <# begins a comment. Elsewhere # may be part of a word, as in ${name}#. */
const ENDS_TOKEN = /[\s{(;,|&]/

/** One walk over a text from left to right. */
class Walk {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    // PowerShell takes typographic quotes and dashes for plain ones; --% and #requires change how the rest is read.
    if (/[^\t\n\x20-\x7e]/.test(text) || text.includes('--%') || /#\s*requires\b/i.test(text)) throw UNCERTAIN
    this.#text = text
  }

  whole(): readonly Piece[] {
    return this.#code(() => this.#at >= this.#text.length, true)
  }

  /** Code up to where `ends` says so. Comments are left out, or not allowed. */
  #code(ends: () => boolean, mayComment: boolean): readonly Piece[] {
    const pieces: Piece[] = []
    let begun = this.#at
    const put = (is: Piece['is'], from: number, to: number) => {
      if (to > from) pieces.push({ is, text: this.#text.slice(from, to) })
    }
    const apart = (skip: () => void, as?: 'string' | 'space') => {
      const from = this.#at
      put('code', begun, from)
      skip()
      if (as === 'string') put('string', from, this.#at)
      if (as === 'space') pieces.push({ is: 'code', text: ' ' })
      begun = this.#at
    }
    while (!ends()) {
      const two = this.#text.slice(this.#at, this.#at + 2)
      if (this.#at >= this.#text.length) throw UNCERTAIN
      if (two === '<#' || two.startsWith('#')) {
        const before = this.#text[this.#at - 1]
        if (!mayComment || (before !== undefined && !ENDS_TOKEN.test(before)) || this.#text[this.#at - 2] === '`') throw UNCERTAIN
        if (two === '<#') apart(() => this.#past('#>', this.#at + 2), 'space')
        else apart(() => this.#upTo('\n'))
      } else if (two === "@'" || two === '@"') apart(() => this.#hereString(two === '@"'), 'string')
      else if (two.startsWith("'")) apart(() => this.#past("'", this.#at + 1), 'string')
      else if (two.startsWith('"')) apart(() => this.#quoted(), 'string')
      else if (two === '${') apart(() => this.#braced(), 'string')
      else this.#at += two.startsWith('`') ? 2 : 1
    }
    put('code', begun, this.#at)
    return pieces
  }

  #past(end: string, from: number): void {
    const found = this.#text.indexOf(end, from)
    if (found === -1) throw UNCERTAIN
    this.#at = found + end.length
  }

  #upTo(end: string): void {
    const found = this.#text.indexOf(end, this.#at)
    this.#at = found === -1 ? this.#text.length : found
  }

  #hereString(isExpanded: boolean): void {
    const first = this.#text.indexOf('\n', this.#at)
    if (first === -1 || this.#text.slice(this.#at + 2, first).trim() !== '') throw UNCERTAIN
    this.#at = first
    if (isExpanded) this.#expanded('\n"@')
    else this.#past("\n'@", first)
  }

  #quoted(): void {
    this.#at += 1
    this.#expanded('"')
  }

  /** The rest of a text in double quotes: what a backtick escapes stays inside, and so does all of a $( ). */
  #expanded(end: string): void {
    while (!this.#text.startsWith(end, this.#at)) {
      if (this.#at >= this.#text.length || (end !== '"' && this.#text.startsWith(`\`${end}`, this.#at))) throw UNCERTAIN
      if (this.#text.startsWith('$(', this.#at)) this.#subexpression()
      else this.#at += this.#text[this.#at] === '`' ? 2 : 1
    }
    this.#at += end.length
  }

  #subexpression(): void {
    this.#at += 2
    let open = 1
    this.#code(() => {
      const char = this.#text[this.#at]
      if (char === '(') open += 1
      if (char === ')') open -= 1
      return open === 0
    }, false)
    this.#at += 1
  }

  #braced(): void {
    const found = /^\$\{[^`{}\n]+\}/.exec(this.#text.slice(this.#at, this.#at + 200))
    if (found === null) throw UNCERTAIN
    this.#at += found[0].length
  }
}

/** Joins the pieces again, without indentation and empty lines. A line after a backtick stays, empty or not: it ends what was continued. */
function withoutEmptyLines(pieces: readonly Piece[]): string {
  let out = ''
  for (const { is, text } of pieces) {
    for (const [at, part] of is === 'string' ? [text].entries() : text.split('\n').entries()) {
      if (at > 0) out = withoutTail(out) === '' ? '' : `${withoutTail(out)}\n`
      out += is === 'code' && (out === '' || out.endsWith('\n')) ? part.trimStart() : part
    }
  }
  return `${withoutTail(out)}\n`
}

/** Without white space at its end, unless a backtick gives that a meaning. */
function withoutTail(text: string): string {
  const bare = text.trimEnd()
  return bare.endsWith('`') ? text : bare
}
