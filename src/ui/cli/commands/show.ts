import type { Composition } from '../../../compose.ts'
import type { Person } from '../../../procedure/events.ts'
import { fold } from '../../../procedure/fold.ts'
import { eventLine } from '../../../report/events/lines.ts'
import type { RunView } from '../../../procedure/run-view.ts'
import { sentenceOf } from '../../../procedure/story.ts'
import { personText } from '../../../procedure/told.ts'
import { emptyView } from '../../../procedure/view-changes.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { linesOf, viewOf } from '../follow.ts'
import type { CommonOptions, ScreenOptions } from '../options.ts'
import { isLive } from '../progress.ts'
import { clockOfRun } from '../run-clock.ts'
import { moment } from '../screens/elapsed.ts'
import { runScreen, type RunScreenOptions } from '../screens/run.ts'
import { hanging } from '../screens/wrap.ts'
import type { Terminal } from '../terminal.ts'
import { withRun } from '../with-store.ts'

/** `status [RUN]`: where a run stands, on one screen. */
export async function status(
  prefix: string | undefined,
  options: CommonOptions,
  composition: Composition,
  terminal: Terminal,
): Promise<ExitCode> {
  return await withRun(composition, options, prefix, async ({ run }, store) => {
    const view = await viewOf(store, run)
    if (options.json === true) terminal.out(JSON.stringify(view))
    else for (const line of runScreen(view, view.changedAt, terminal, readBy(view, options, composition))) terminal.out(line)
    return EXIT.ok
  })
}

/** Who reads the screen of a run, and when by the clock of its farm. */
function readBy(view: RunView, options: CommonOptions, composition: Composition): RunScreenOptions {
  if ((view.approval === null && view.state !== 'ended') || view.plan === null) return {}
  const now = Math.max(view.changedAt, clockOfRun(view.plan, composition).now())
  return view.state === 'ended' ? { asOf: now } : { reader: { login: composition.person(options.as ?? null).login, now } }
}

/** Options of `show`. */
export interface ShowOptions extends ScreenOptions {
  /** Play the run on the terminal instead. */
  readonly replay?: boolean
  /** So many times as fast as it happened. */
  readonly speed?: number
}

/** `show RUN`: the whole story of a run, line by line, with names and times. With --json the journal itself. */
export async function show(
  prefix: string | undefined,
  options: ShowOptions,
  composition: Composition,
  terminal: Terminal,
): Promise<ExitCode> {
  return await withRun(composition, options, prefix, async ({ run }, store) => {
    const lines = await linesOf(store, run)
    if (options.json === true) {
      for (const line of lines) terminal.out(JSON.stringify({ ...eventLine(line), hash: line.hash }))
      return EXIT.ok
    }
    if (options.replay === true && isLive(terminal, options)) {
      const { replay, USUAL_SPEED } = await import('../../live/replay.ts')
      await replay(lines, { by: composition.person(options.as ?? null), terminal, speed: options.speed ?? USUAL_SPEED })
      return EXIT.ok
    }
    let driver: Person | null = null
    for (const line of lines) {
      if (line.event.type === 'owner.claimed') driver = line.event.by
      const said = sentenceOf(line)
      if (said === null) continue
      const sentence = line.event.type === 'owner.left' && driver !== null ? `${personText(driver)}: ${said}` : said
      const head = `${moment(line.at)}  ${String(line.seq).padStart(4)}  `
      // A reader that is no terminal gets a line for each event.
      for (const part of terminal.interactive ? hanging(head, sentence, terminal.width) : [`${head}${sentence}`])
        terminal.out(part)
    }
    const view = lines.reduce(fold, emptyView(run))
    terminal.out('')
    const how = { ...readBy(view, options, composition), told: true } as const
    for (const line of runScreen(view, view.changedAt, terminal, how)) terminal.out(line)
    return EXIT.ok
  })
}
