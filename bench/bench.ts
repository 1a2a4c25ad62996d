import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { arch, cpus, release, tmpdir, totalmem, type } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Farms } from './farms.ts'
import { kmsReportCost, type KmsReportCost } from './kms-report.ts'
import { EVENTS_A_SECOND, liveViewCost, RUNS, type LiveViewCost } from './live-view.ts'
import { manyRuns, type Memory } from './memory.ts'
import { reportTimes, type ReportTimes } from './reports.ts'
import { ANSWER_MS, oneVDisk, type Pair } from './one-vdisk.ts'
import { frontTimes, type FrontTimes } from './sessions.ts'
import { median, packInto, resumeTimes, versionTimes } from './start-up.ts'

const PAGE = join(import.meta.dirname, '..', 'docs', 'bench.md')
const MIB = 1024 * 1024
const PAIRS = 5

/** One line of the table: what is measured, the figure, what it may be, and the floor or peer that was measured beside it. */
interface Row {
  readonly what: string
  readonly figure: string
  readonly limit: string
  readonly beside: string
  readonly holds: boolean
}

async function measure(folder: string, runs: number): Promise<readonly Row[]> {
  const farms = new Farms()
  try {
    const program = packInto(join(folder, 'packed'))
    const version = versionTimes(program)
    const resume = await resumeTimes(farms, program, join(folder, 'resume'))
    const pairs: Pair[] = []
    for (let n = 0; n < PAIRS; n += 1) pairs.push(await oneVDisk(farms, folder, String(n)))
    const fronts = await frontTimes(join(folder, 'fronts'))
    const kms = kmsReportCost(program, folder)
    const live = await liveViewCost(program, join(folder, '0-run', 'state', 'runs.db'), folder)
    const reports = await reportTimes(program, folder)
    const memory = await manyRuns(farms, folder, runs)
    return [
      ...vdiskRows(pairs),
      ...startRows(version, resume),
      ...sessionRows(fronts),
      ...memoryRows(memory, runs),
      ...kmsRows(kms),
      ...reportRows(reports),
      ...liveRows(live),
    ]
  } finally {
    farms.close()
  }
}

function vdiskRows(pairs: readonly Pair[]): readonly Row[] {
  const { requests, connections } = pairs[0] ?? { requests: 0, connections: 0 }
  const of = (figure: (pair: Pair) => number) => median(pairs.map(figure))
  const ratio = of(({ run, bare }) => run.wall / bare.wall)
  const own = of(({ run, bare }) => (run.wall - bare.wall) / requests)
  const cpu = of(({ run, bare }) => (run.cpu - bare.cpu) / requests)
  const asked = `${String(requests)} requests over ${String(connections)} connections`
  const bareWall = `a bare script that sends the same: ${seconds(of(({ bare }) => bare.wall))}`
  return [
    row(
      `one vDisk, begin to verified, ${asked}`,
      `${seconds(of(({ run }) => run.wall))}, ${ratio.toFixed(2)} x`,
      '1.2 x',
      bareWall,
      ratio <= 1.2,
    ),
    row('own cost of a request', `${own.toFixed(1)} ms`, '5 ms', `of processor time: ${cpu.toFixed(1)} ms`, own <= 5),
  ]
}

function startRows(version: ReturnType<typeof versionTimes>, resume: Awaited<ReturnType<typeof resumeTimes>>): readonly Row[] {
  const beyond = resume.resume - resume.connect
  return [
    row(
      'packed `--version`',
      ms(version.version),
      '150 ms',
      `a Node that does nothing: ${ms(version.floor)}`,
      version.version <= 150,
    ),
    row(
      'packed `explain` of a pasted text',
      ms(version.explain),
      '150 ms',
      `a Node that does nothing: ${ms(version.floor)}`,
      version.explain <= 150,
    ),
    row(
      'packed `resume` to its first request, beyond connect',
      ms(beyond),
      '500 ms',
      `a bare client's connect: ${ms(resume.connect)}`,
      beyond <= 500,
    ),
  ]
}

/** What the lab's PowerShell costs has no limit: on a real host it is that host's. */
function sessionRows({ builtIn, powershell }: FrontTimes): readonly Row[] {
  const what = ['an agent session, connect to hello answered', '200 round trips in one session'] as const
  if (powershell === null)
    return what.map((one) => row(`${one}, PowerShell`, 'not measured', 'none', 'no pwsh on the PATH', true))
  const own = `the lab's own agents: ${ms(builtIn.start)}; a PowerShell that does nothing: ${ms(powershell.floor)}`
  const name = `PowerShell ${powershell.version}`
  return [
    row(`${what[0]}, ${name}`, ms(powershell.start), 'none', own, true),
    row(`${what[1]}, ${name}`, ms(powershell.roundTrips), 'none', `the lab's own agents: ${ms(builtIn.roundTrips)}`, true),
  ]
}

function memoryRows({ base, underWay, after }: Record<'base' | 'underWay' | 'after', Memory>, runs: number): readonly Row[] {
  const each = (underWay.heap - base.heap) / runs / MIB
  const left = (after.heap - base.heap) / runs / MIB
  const beside = `base ${(base.heap / MIB).toFixed(0)} MiB; left behind after the end ${left.toFixed(2)} MiB a run; resident ${(underWay.resident / MIB).toFixed(0)} MiB in all`
  return [row(`${String(runs)} runs in one process, live memory of each`, `${each.toFixed(2)} MiB`, '1 MiB', beside, each <= 1)]
}

function kmsRows({ events, bytes, wall, cpu, resident, floor }: KmsReportCost): readonly Row[] {
  const what = `packed \`kms report\` of ${String(events)} events as XML, ${(bytes / 1e6).toFixed(0)} MB`
  const beside = `of processor time ${seconds(cpu)}; only reading the file: ${seconds(floor)}`
  return [
    row(what, seconds(wall), '3 s', beside, wall <= 3000),
    row('its memory, resident', `${(resident / MIB).toFixed(0)} MiB`, '300 MiB', 'all of the process', resident <= 300 * MIB),
  ]
}

function liveRows(live: LiveViewCost | null): readonly Row[] {
  const what = `live view of ${String(RUNS)} runs with ${String(EVENTS_A_SECOND)} events a second in all, of one core`
  if (live === null) return [row(what, 'not measured', '15 %', 'no /proc or no util-linux "script" here', true)]
  const percent = (share: number) => `${share.toFixed(1)} %`
  return [row(what, percent(live.busy), '15 %', `the same while nothing happens: ${percent(live.idle)}`, live.busy < 15)]
}

function reportRows({ runs, bytes, floor, ...times }: ReportTimes): readonly Row[] {
  const beside = `a Node that does nothing: ${ms(floor)}`
  const store = `a store of ${String(runs)} runs, ${(bytes / 1e6).toFixed(0)} MB`
  const looking = (['list', 'status', 'show'] as const).map((name) =>
    row(`packed \`${name}\` on ${store}`, ms(times[name]), '200 ms', beside, times[name] <= 200),
  )
  return [
    ...looking,
    row(`packed \`report --fleet\` on ${store}`, ms(times.fleet), '1 s', beside, times.fleet <= 1000),
    row(`packed \`report --html\` of its newest run, its journal checked`, ms(times.report), 'none', beside, true),
  ]
}

function row(what: string, figure: string, limit: string, beside: string, holds: boolean): Row {
  return { what, figure, limit, beside, holds }
}

function ms(value: number): string {
  return `${value.toFixed(0)} ms`
}

function seconds(value: number): string {
  return `${(value / 1000).toFixed(2)} s`
}

/** The machine without its name: figures of another one are not to be compared with these. */
function machine(): string {
  const [cpu] = cpus()
  const memory = `${(totalmem() / 1024 ** 3).toFixed(0)} GiB`
  return `${String(cpus().length)} x ${cpu?.model.trim() ?? 'unknown processor'}, ${memory} of memory, ${type()} ${release().split('-')[0] ?? ''} ${arch()}, Node ${process.versions.node}`
}

function page(rows: readonly Row[]): string {
  const cells = rows.map(
    ({ what, figure, limit, beside, holds }) => `| ${what} | ${figure} | ${limit} | ${beside} | ${holds ? 'yes' : '**no**'} |`,
  )
  return `# Bench

What the program costs beside what its hosts cost. \`npm run bench\` measures all of it in one command and writes this page; each figure
has its floor or peer beside it, measured in the same run. No test asserts a wall time: they differ from machine to machine.

Taken on ${machine()}.

| what | figure | limit | floor or peer | holds |
|---|---|---|---|---|
${cells.join('\n')}

- The simulated farm is a process of its own; its hosts answer each operation after ${String(ANSWER_MS)} ms of real time, farm time costs
  nothing. The bare script opens the same connections with the same socket options and sends the same requests in the same order; it keeps
  no journal, checks nothing and judges nothing. Medians of ${String(PAIRS)} pairs.
- Own cost is what the run takes longer than the script, by the number of requests.
- Packed means as \`npm pack\` makes it. Connect is from a socket to the first request of a session: login, start of the session, agents.
- Agent sessions: the largest agents, those of a PVS server, over SSH to a lab in a process of its own; PowerShell asks the modelled Windows
  over a socket. A round trip asks for the state of a task that is not there. Medians of 7 sessions and of 3 times 200 round trips.
- The many runs share one store; their hosts are reached without SSH, whose memory is the library's. Live memory is the heap and what it
  holds outside after a full collection, while every run stands in the middle of step 9.
- The live view is the packed \`list --watch\` on a pseudo-terminal of 160 columns: the events of a recorded run are written to the store it
  follows, over 10 s.
`
}

const { values } = parseArgs({ options: { runs: { type: 'string' } } })
const folder = mkdtempSync(join(tmpdir(), 'vdiskprep-bench-'))
try {
  const rows = await measure(folder, Number(values.runs ?? 200))
  writeFileSync(PAGE, page(rows))
  for (const { what, figure, limit, beside, holds } of rows)
    process.stdout.write(`${holds ? ' ok ' : 'OVER'}  ${what}: ${figure} (limit ${limit}; ${beside})\n`)
  process.exitCode = rows.every(({ holds }) => holds) ? 0 : 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
