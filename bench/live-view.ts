import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { randomIds } from '../src/clock/ids.ts'
import type { JournalLine, Store, StoredRun } from '../src/engine/ports/store.ts'
import { openStore } from '../src/store/sqlite/open.ts'

/** Runs in sight, and how much happens in all of them together. */
export const RUNS = 50
export const EVENTS_A_SECOND = 20
const WARM_MS = 4000
const MEASURED_MS = 10_000

/** Processor time of the live view in percent of one core: while events come, and while none do. Null where it cannot be read. */
export interface LiveViewCost {
  readonly busy: number
  readonly idle: number
}

/** Follows runs with the packed `list --watch` on a pseudo-terminal of 160 columns while this process writes the journal of a real run, line
 *  by line, into each of them. `recorded` is the store of that run. */
export async function liveViewCost(program: string, recorded: string, folder: string): Promise<LiveViewCost | null> {
  if (process.platform !== 'linux') return null
  const file = join(folder, 'live-view.db')
  const store = openStore(file)
  try {
    const past = await journalIn(recorded)
    const owner = randomIds.owner()
    const until = Date.now() + 3_600_000
    for (let n = 0; n < RUNS; n += 1) {
      const run = `b${String(n).padStart(4, '0')}`
      const first = { ...nothing, run, at: Date.now(), state: 'active', outcome: null, snapshot: past.run.snapshot } as const
      const { stamp, plan } = past.run
      await store.create({ run, title: `vDisk-${String(n)}`, stamp, plan }, { ...first, entries: past.lines.slice(0, n + 2) })
      await store.claim({ run, keys: [run], owner, who: 'bench', at: Date.now(), until })
    }
    return await watched(program, file, store, past.lines)
  } finally {
    await store.close()
  }
}

const nothing = { finish: [], effects: [], timers: [], cancelTimers: [] } as const

async function journalIn(file: string): Promise<{ readonly run: StoredRun; readonly lines: readonly JournalLine[] }> {
  const store = openStore(file, { readOnly: true })
  try {
    const run = (await store.list())[0]
    if (run === undefined) throw new Error('there is no run to play')
    return { run, lines: await Array.fromAsync(store.journal(run.run)) }
  } finally {
    await store.close()
  }
}

async function watched(program: string, file: string, store: Store, lines: readonly JournalLine[]): Promise<LiveViewCost | null> {
  const command = `stty cols 160 rows 60; exec '${process.execPath}' '${program}' list --watch --store '${file}'`
  const env = { PATH: process.env['PATH'], TERM: 'xterm-256color', LANG: 'C.UTF-8', HOME: join(file, '..') }
  const child = spawn('script', ['-qefc', command, '/dev/null'], { env, stdio: ['pipe', 'ignore', 'ignore'] })
  try {
    await wait(WARM_MS)
    const pid = childOf(child.pid ?? 0)
    if (pid === null) return null
    const idle = await share(pid, () => wait(MEASURED_MS))
    const busy = await share(pid, () => happening(store, lines))
    return { idle, busy }
  } finally {
    child.stdin.write('q')
    child.kill('SIGTERM')
  }
}

/** Lets it happen: an event every so often, in one run after the other. */
async function happening(store: Store, lines: readonly JournalLine[]): Promise<void> {
  const [begun, many] = [performance.now(), (MEASURED_MS / 1000) * EVENTS_A_SECOND]
  for (let n = 0; n < many; n += 1) {
    await wait(Math.max(0, begun + (n * 1000) / EVENTS_A_SECOND - performance.now()))
    const stored = await store.load(`b${String(n % RUNS).padStart(4, '0')}`)
    const next = stored === undefined ? undefined : lines[stored.seq]
    if (stored === undefined || next === undefined) throw new Error('the recorded run is too short')
    const { run, revision: after, fence: by, state, outcome, snapshot } = stored
    await store.commit({ ...nothing, run, after, by, at: Date.now(), state, outcome, snapshot, entries: [next] })
  }
}

/** Processor time of a process during some work, in percent of that time. */
async function share(pid: number, work: () => Promise<unknown>): Promise<number> {
  const [begun, before] = [performance.now(), ticksOf(pid)]
  await work()
  // USER_HZ is 100 on Linux: a tick is 10 ms. Source: proc(5), sysconf(_SC_CLK_TCK).
  return (((ticksOf(pid) - before) * 10) / (performance.now() - begun)) * 100
}

function ticksOf(pid: number): number {
  const fields = readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
  return Number(fields[11]) + Number(fields[12])
}

/** The process that `script` runs on its terminal. */
function childOf(pid: number): number | null {
  const children = readFileSync(`/proc/${String(pid)}/task/${String(pid)}/children`, 'utf8')
    .trim()
    .split(' ')
  return children[0] === undefined || children[0] === '' ? null : Number(children[0])
}
