import type { RemoteLog } from '../log.ts'
import { readLines } from './lines.ts'
import type { Link, LinkEnd } from './link.ts'

/** The longest line a host may send. Facts are kilobytes; a longer line is a host gone mad. */
const LONGEST_LINE = 32 * 1024 * 1024
/** How many lines, and how long, may arrive before anybody listens for them: a receipt and the welcome can come in one packet. */
const EARLY_LINES = 16
const EARLY_LENGTH = 64 * 1024
/** How much of what nobody asked for is kept in the diary, per session. */
const NOISE_KEPT = 50

/** What came of waiting for one line. `sent` tells whether the question left at all. */
export type Heard<T> =
  | { readonly is: 'heard'; readonly value: T }
  | {
      readonly is: 'nothing'
      readonly reason: 'deadline' | 'link' | 'cancelled'
      readonly sent: boolean
      readonly detail: string
    }

/** What an `accept` makes of a line that belongs to the answer, when more lines have to come. */
export const MORE = Symbol('more')

/** Question and answer over one link, one at a time. After the first `nothing` the link is broken and every question gets `nothing` unsent. */
export interface Conversation {
  /** Sends the lines (none: only listens) and waits for the first line that `accept` makes something of; others go to the diary. */
  ask<T>(
    lines: readonly string[],
    accept: (line: string) => T | typeof MORE | undefined,
    limitMs: number,
    signal?: AbortSignal,
  ): Promise<Heard<T>>
  /** How the link ended, as soon as it did. */
  readonly end: () => LinkEnd | undefined
}

/** What a conversation knows: who listens now, and why it is over once it is. */
interface State {
  hear?: ((line: string) => boolean) | undefined
  lose?: ((detail: string) => void) | undefined
  over?: string
  end?: LinkEnd
  /** Lines that came while nobody listened; the next question looks at them first. */
  readonly early: string[]
}

/** Begins to read a link. */
export function converse(link: Link, host: string, log: RemoteLog): Conversation {
  const state: State = { early: [] }
  let noise = 0
  const finish = (detail: string) => {
    state.over ??= detail
    state.lose?.(state.over)
  }
  const onLine = (line: string) => {
    if (line.trim() === '' || state.hear?.(line) === true) return
    if (state.hear === undefined && state.early.length < EARLY_LINES && line.length < EARLY_LENGTH)
      return void state.early.push(line)
    if (noise++ < NOISE_KEPT) log({ host, event: 'ignored', detail: line.slice(0, 300) })
  }
  readLines(link.output, LONGEST_LINE, onLine, () => {
    finish(`a line of more than ${LONGEST_LINE} bytes`)
    link.destroy()
  })
  void link.ended.then((end) => {
    state.end = end
    finish(
      end.by === 'link' ? end.detail : `the process on the host ended (exit code ${end.code ?? 'unknown'}) ${end.words}`.trim(),
    )
  })
  return {
    ask: (lines, accept, limitMs, signal) => ask(state, link, { lines, accept, limitMs, signal }),
    end: () => state.end,
  }
}

interface Question<T> {
  readonly lines: readonly string[]
  readonly accept: (line: string) => T | typeof MORE | undefined
  readonly limitMs: number
  readonly signal: AbortSignal | undefined
}

function ask<T>(state: State, link: Link, { lines, accept, limitMs, signal }: Question<T>): Promise<Heard<T>> {
  const unsent = (reason: 'link' | 'cancelled', detail: string): Heard<T> => ({ is: 'nothing', reason, sent: false, detail })
  if (state.over !== undefined) return Promise.resolve(unsent('link', state.over))
  if (signal?.aborted) return Promise.resolve(unsent('cancelled', 'cancelled before it was sent'))
  if (!lines.every((line) => link.write(line))) return Promise.resolve(unsent('link', (state.over = 'the link is gone')))

  return new Promise((resolve) => {
    const settle = (heard: Heard<T>) => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', cancel)
      state.hear = state.lose = undefined
      resolve(heard)
    }
    const fail = (reason: 'deadline' | 'link' | 'cancelled', detail: string) => {
      state.over ??= detail
      settle({ is: 'nothing', reason, sent: lines.length > 0, detail })
      link.destroy()
    }
    const cancel = () => {
      fail('cancelled', 'cancelled while waiting for the host')
    }
    const timer = setTimeout(() => fail('deadline', `no answer within ${limitMs} ms`), limitMs)
    signal?.addEventListener('abort', cancel, { once: true })
    state.lose = (detail) => fail('link', detail)
    const hear = (said: string) => {
      const value = accept(said)
      if (value === MORE) return true
      if (value !== undefined) settle({ is: 'heard', value })
      return value !== undefined
    }
    state.hear = hear
    const early = state.early.splice(0)
    const answer = early.findIndex((line) => hear(line) && state.hear === undefined)
    if (answer !== -1) state.early.push(...early.slice(answer + 1))
  })
}
