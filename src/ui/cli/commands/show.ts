import type { Composition } from '../../../compose.ts'
import { fold } from '../../../procedure/fold.ts'
import { sentenceOf } from '../../../procedure/story.ts'
import { emptyView } from '../../../procedure/view-changes.ts'
import type { RunView } from '../../../procedure/run-view.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { findRun } from '../find-run.ts'
import { labHasEnded } from '../lab-ended.ts'
import { linesOf, viewOf } from '../follow.ts'
import type { CommonOptions } from '../options.ts'
import { clock, moment } from '../screens/elapsed.ts'
import { nextLines } from '../screens/next.ts'
import { runScreen } from '../screens/run.ts'
import { fit, titleOf } from '../screens/steps.ts'
import { hanging } from '../screens/wrap.ts'
import type { Terminal } from '../terminal.ts'

/** `status [RUN]`: where a run stands, on one screen. */
export async function status(
  prefix: string | undefined,
  options: CommonOptions,
  composition: Composition,
  terminal: Terminal,
): Promise<ExitCode> {
  const store = composition.openStore(options.store ?? null)
  try {
    const view = await viewOf(store, (await findRun(store, prefix)).run)
    if (options.json === true) terminal.out(JSON.stringify(view))
    else for (const line of runScreen(view, view.changedAt, terminal)) terminal.out(line)
    return EXIT.ok
  } finally {
    await store.close()
  }
}

/** `show RUN`: the whole story of a run, line by line, with names and times. With --json the journal itself. */
export async function show(
  prefix: string | undefined,
  options: CommonOptions,
  composition: Composition,
  terminal: Terminal,
): Promise<ExitCode> {
  const store = composition.openStore(options.store ?? null)
  try {
    const { run } = await findRun(store, prefix)
    const lines = await linesOf(store, run)
    if (options.json === true) {
      for (const { event, ...line } of lines) terminal.out(JSON.stringify({ ...line, ...event }))
      return EXIT.ok
    }
    for (const line of lines) {
      const sentence = sentenceOf(line)
      if (sentence === null) continue
      const head = `${moment(line.at)}  ${String(line.seq).padStart(4)}  `
      // A reader that is no terminal gets a line for each event.
      for (const part of terminal.interactive ? hanging(head, sentence, terminal.width) : [`${head}${sentence}`])
        terminal.out(part)
    }
    const view = lines.reduce(fold, emptyView(run))
    terminal.out('')
    for (const line of runScreen(view, view.changedAt, terminal)) terminal.out(line)
    return EXIT.ok
  } finally {
    await store.close()
  }
}

/** How a run stands for those who look at all of them. `left`: nobody drives it; `gone`: its simulated farm has ended. */
type Standing = RunView['state'] | 'left' | 'gone'

const RANK = { held: 0, approval: 0, left: 1, stopped: 1, running: 2, ended: 3, gone: 4 } as const
const WORDS = {
  held: 'NEEDS YOU',
  approval: 'NEEDS YOU',
  left: 'left',
  stopped: 'stopped',
  running: 'running',
  ended: 'done',
  gone: 'gone',
} as const

/** `list`: all runs of the store, one line each, those first that need a person. */
export async function list(options: CommonOptions, composition: Composition, terminal: Terminal): Promise<ExitCode> {
  const store = composition.openStore(options.store ?? null)
  try {
    const runs = await store.list()
    const owners = new Map((await store.leases()).map(({ run, owner }) => [run, owner]))
    const standing = (view: RunView): Standing => {
      if (view.state !== 'ended' && view.plan !== null && labHasEnded(view.plan, composition.files)) return 'gone'
      const owner = owners.get(view.run)
      return view.state === 'running' && (owner === undefined || composition.ids.gone(owner)) ? 'left' : view.state
    }
    const rows = (await Promise.all(runs.map(({ run }) => viewOf(store, run)))).map((view) => ({ view, as: standing(view) }))
    rows.sort((one, other) => RANK[one.as] - RANK[other.as] || other.view.startedAt - one.view.startedAt)
    if (options.json === true)
      for (const { view, as } of rows)
        terminal.out(
          JSON.stringify({
            run: view.run,
            title: view.title,
            state: view.state,
            standing: as,
            outcome: view.outcome,
            startedAt: view.startedAt,
            by: view.startedBy,
          }),
        )
    else {
      if (rows.length === 0) terminal.out('No runs yet.  Next:  vdiskprep run FILE')
      for (const { view, as } of rows) terminal.out(runLine(view, as, terminal))
      for (const line of adviceFor(rows, terminal)) terminal.out(line)
    }
    return EXIT.ok
  } finally {
    await store.close()
  }
}

/** What to type for the first run that does not go on by itself. */
function adviceFor(rows: readonly { readonly view: RunView; readonly as: Standing }[], terminal: Terminal): readonly string[] {
  const [first] = rows
  if (first === undefined || RANK[first.as] > RANK.left) return []
  const { view, as } = first
  const way =
    RANK[as] === 0
      ? { type: `vdiskprep status ${view.run}`, for: 'why, and what to decide' }
      : { type: `vdiskprep resume ${view.run}`, for: 'goes on where it stands' }
  return nextLines([way], terminal)
}

/** One run on one line: what it is, where it stands, since when, whose it is. */
function runLine(view: RunView, as: Standing, terminal: Terminal): string {
  const step = view.steps.find(({ state }) => state === 'running' || state === 'held')
  const what = view.outcome ?? view.held?.fault.code ?? view.approval?.what ?? view.waiting?.for ?? ''
  const at = step === undefined ? what : `${titleOf(step.step)}  ${what}`
  const head = ` ${WORDS[as].padEnd(9)}  ${view.run}  ${fit(view.title, 16).padEnd(16)}  `
  const tail = `${clock(view.changedAt - view.startedAt).padStart(8)}  ${view.startedBy?.login ?? ''}`
  const room = Math.max(20, terminal.width - head.length - tail.length - 1)
  return `${head}${fit(at, room).padEnd(room)} ${tail}`
}
