import type { Store } from '../../engine/ports/store.ts'
import { eventLine } from '../../report/events/lines.ts'
import { sentenceOf } from '../../procedure/story.ts'
import type { RunView } from '../../procedure/run-view.ts'
import { follow } from './follow.ts'
import type { CommonOptions, ScreenOptions } from './options.ts'
import { clock as elapsed } from './screens/elapsed.ts'
import { runScreen } from './screens/run.ts'
import type { Terminal } from './terminal.ts'

/** Shows a run while it goes on. */
export interface Progress {
  /** The journal has grown. */
  wrote(): void
  /** Says something about the work itself: below a screen that is redrawn, on stderr elsewhere. */
  notice(text: string): void
  /** Shows the last state and leaves it standing. */
  end(): Promise<RunView>
}

/** Whether runs are shown as a screen that is redrawn; elsewhere each event is a line of its own, which a screen reader can follow. */
export function isLive(terminal: Terminal, options: ScreenOptions): boolean {
  return terminal.interactive && options.json !== true && options.quiet !== true && options.plain !== true
}

const EARLIER = '--- above: what was done before; below: from here on ---'

/** A run as lines: one per event, NDJSON with --json, nothing but the last screen with --quiet. `label` stands before each line when several
 *  runs share the terminal; a line parts what a `resumed` run did before from what comes. */
export function progressOf(
  store: Store,
  run: string,
  terminal: Terminal,
  options: CommonOptions & { readonly label?: string; readonly record?: string; readonly resumed?: boolean },
): Progress {
  const read = follow(store, run)
  let reading: Promise<unknown> = Promise.resolve()
  let view: RunView | null = null

  const step = async () => {
    const { fresh, view: now } = await read()
    const isFirst = view === null
    view = now
    if (options.json === true) for (const line of fresh) terminal.out(JSON.stringify(eventLine(line)))
    else if (options.quiet !== true) {
      const from = isFirst && options.resumed === true ? fresh.findLast(({ event }) => event.type === 'owner.claimed') : undefined
      for (const line of fresh) {
        const sentence = sentenceOf(line)
        if (line === from) terminal.out(EARLIER)
        if (sentence !== null)
          terminal.out(
            `${elapsed(line.at - now.startedAt).padStart(7)}  ${options.label === undefined ? '' : `${options.label}  `}${sentence}`,
          )
      }
    }
  }
  return {
    notice: (text) => terminal.err(text),
    wrote: () => {
      reading = reading.then(step, step)
    },
    end: async () => {
      reading = reading.then(step, step)
      await reading
      if (view === null) throw new Error('the run has no journal')
      const record = options.record === undefined ? {} : { record: options.record }
      if (options.json !== true) for (const line of runScreen(view, view.changedAt, terminal, record)) terminal.out(line)
      return view
    },
  }
}
