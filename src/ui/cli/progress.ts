import { createLogUpdate } from 'log-update'
import type { Store } from '../../engine/ports/store.ts'
import type { Clock } from '../../engine/ports/clock.ts'
import { sentenceOf } from '../../procedure/story.ts'
import type { RunView } from '../../procedure/run-view.ts'
import { follow } from './follow.ts'
import type { CommonOptions } from './options.ts'
import { clock as elapsed } from './screens/elapsed.ts'
import { runScreen } from './screens/run.ts'
import type { Terminal } from './terminal.ts'

/** Shows a run while it goes on: a screen that is redrawn on a terminal, a line per event elsewhere, NDJSON with --json, nothing with --quiet. */
export interface Progress {
  /** The journal has grown. */
  wrote(): void
  /** Says something about the work itself: below a screen that is redrawn, on stderr elsewhere. */
  notice(text: string): void
  /** Shows the last state and leaves it standing. */
  end(): Promise<RunView>
}

/** Picks how a run is shown. `label` stands before each line when several runs share the terminal. */
export function progressOf(
  store: Store,
  run: string,
  farmClock: Clock,
  terminal: Terminal,
  options: CommonOptions & { readonly label?: string; readonly record?: string },
): Progress {
  const read = follow(store, run)
  let reading: Promise<unknown> = Promise.resolve()
  let view: RunView | null = null
  let noticed: readonly string[] = []
  const live = terminal.interactive && options.json !== true && options.quiet !== true && options.label === undefined
  const screen = live ? createLogUpdate(process.stdout) : null
  const draw = () => {
    // A frame as high as the terminal cannot be drawn over: what is below the steps is cut until the end.
    if (screen !== null && view !== null)
      screen(
        [...runScreen(view, farmClock.now(), terminal, { brief: true }).slice(0, process.stdout.rows - 3), ...noticed].join('\n'),
      )
  }
  const ticking = live ? setInterval(draw, 1000) : null

  const step = async () => {
    const { fresh, view: now } = await read()
    view = now
    if (options.json === true)
      for (const { run: of, seq, at, event } of fresh) terminal.out(JSON.stringify({ run: of, seq, at, ...event }))
    else if (options.quiet !== true && !live) {
      for (const line of fresh) {
        const sentence = sentenceOf(line)
        if (sentence !== null)
          terminal.out(
            `${elapsed(line.at - now.startedAt).padStart(7)}  ${options.label === undefined ? '' : `${options.label}  `}${sentence}`,
          )
      }
    }
    draw()
  }
  return {
    notice: (text) => {
      if (screen === null) terminal.err(text)
      else noticed = [text]
      draw()
    },
    wrote: () => {
      reading = reading.then(step, step)
    },
    end: async () => {
      if (ticking !== null) clearInterval(ticking)
      reading = reading.then(step, step)
      await reading
      if (view === null) throw new Error('the run has no journal')
      screen?.clear()
      screen?.done()
      const record = options.record === undefined ? {} : { record: options.record }
      if (options.json !== true) for (const line of runScreen(view, view.changedAt, terminal, record)) terminal.out(line)
      return view
    },
  }
}
