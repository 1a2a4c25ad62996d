import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { randomIds } from '../src/clock/ids.ts'
import type { JournalEntry, Store } from '../src/engine/ports/store.ts'
import { openStore } from '../src/store/sqlite/open.ts'
import { closeLabs, lab } from '../test/run/harness.ts'
import { median } from './start-up.ts'

const RUNS = 500
const TIMES = 7
const COMMANDS = {
  list: ['list'],
  status: ['status'],
  show: ['show'],
  fleet: ['report', '--fleet'],
  report: ['report', '--html'],
} as const

/** Milliseconds of the packed program on a store of many runs, and what the store and a Node that does nothing come to. */
export type ReportTimes = Readonly<Record<keyof typeof COMMANDS | 'floor', number>> & {
  readonly runs: number
  readonly bytes: number
}

/** Makes a verified run on a lab and writes its journal under new names into one store: ten runs for each of 50 vDisks. */
async function writeStore(file: string, runs: number): Promise<void> {
  const farm = await lab({ os: 'windows-11-23h2', office: 'ltsc-2021' })
  const store: Store = openStore(file)
  try {
    const { id } = await farm.run('kms-new-image')
    const from = farm.openStore()
    const [made, entries] = [await from.load(id), (await Array.fromAsync(from.journal(id))) as readonly JournalEntry[]]
    await from.close()
    if (made === undefined) throw new Error('the run is not in its store')
    for (let n = 0; n < runs; n += 1) {
      const text = (value: unknown) => JSON.stringify(value).replaceAll('W11-Office', `W11-Office-${String(n % 50)}`)
      const own = (value: unknown) => JSON.parse(text(value)) as unknown
      const { title, stamp, plan, snapshot, state, outcome, changedAt } = made
      const named = entries.map(({ type, at, body }) => ({ type, at, body: own(body) }))
      const run = randomIds.run()
      await store.create(
        { run, title: `${title}-${String(n % 50)}`, stamp, plan: own(plan) },
        {
          run,
          at: changedAt,
          state,
          outcome,
          snapshot: own(snapshot),
          entries: named,
          finish: [],
          effects: [],
          timers: [],
          cancelTimers: [],
        },
      )
    }
  } finally {
    await store.close()
    await closeLabs()
  }
}

/** Measures the packed program on such a store; medians of runs that find the file in the memory of the system. */
export async function reportTimes(program: string, folder: string, runs = RUNS): Promise<ReportTimes> {
  const file = join(folder, 'many.db')
  await writeStore(file, runs)
  const time = (...args: readonly string[]) => {
    const begun = performance.now()
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
    if (status !== 0) throw new Error(`${args.join(' ')} failed: ${stderr}`)
    return performance.now() - begun
  }
  const of = (...args: readonly string[]) => median(Array.from({ length: TIMES }, () => time(...args)))
  const times = Object.fromEntries(
    Object.entries(COMMANDS).map(([name, words]) => {
      const page = name === 'report' ? [join(folder, 'report.html')] : []
      return [name, of(program, ...words, ...page, '--store', file)]
    }),
  ) as Record<keyof typeof COMMANDS, number>
  return { ...times, floor: of('-e', '0'), runs, bytes: statSync(file).size }
}

if (import.meta.main) {
  const { mkdtempSync, rmSync } = await import('node:fs')
  const { tmpdir } = await import('node:os')
  const { packInto } = await import('./start-up.ts')
  const folder = mkdtempSync(join(tmpdir(), 'vdiskprep-reports-'))
  try {
    const { runs, bytes, ...times } = await reportTimes(packInto(join(folder, 'packed')), folder)
    process.stdout.write(`${String(runs)} runs, ${(bytes / 1e6).toFixed(0)} MB\n`)
    for (const [name, ms] of Object.entries(times)) process.stdout.write(`${name.padEnd(8)} ${ms.toFixed(0)} ms\n`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
