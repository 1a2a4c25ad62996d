import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hiddenPairs } from '../diagnosis/lab/hidden-pairs.ts'
import type { Healthy, Pairs, Told } from './told.ts'

/** The suites that lay the faults. */
const SUITES = ['test/diagnosis/lab', 'test/run/faults.test', 'test/run/verify.test']

/** `npm run faults`: lays every named fault of the lab, alone and in pairs, and prints one table of what doctor, run, verify and explain
 *  said of it. Resolves to the exit code of the suites. */
function main(): number {
  const folder = mkdtempSync(join(tmpdir(), 'vdiskprep-faults-'))
  try {
    const env = { ...process.env, VDISKPREP_DEEP: '1', VDISKPREP_FAULTS: folder }
    const { status } = spawnSync('npm', ['run', '-s', 'jest', '--', ...SUITES], { env, stdio: ['ignore', 'ignore', 'inherit'] })
    const part = (name: string) => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as unknown
    const told = (['doctor', 'run', 'verify'] as const).flatMap((name) => part(name) as readonly Told[])
    const lines = [
      ...table(told),
      '',
      ...pairLines(part('pairs') as Pairs),
      '',
      ...healthyLines(part('healthy') as readonly Healthy[]),
    ]
    process.stdout.write(`${lines.join('\n')}\n`)
    return status ?? 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const COLUMNS = [42, 18, 4, 6, 33, 7] as const

/** A row for each fault, and below it what all of them come to. */
export function table(told: readonly Told[]): readonly string[] {
  const faults = Map.groupBy(told, ({ fault }) => fault)
  const of = (by: Told['by']) => told.filter((one) => one.by === by)
  const texts = told.flatMap(({ explained }) => explained)
  const right = (by: Told['by']) => `${String(of(by).filter((one) => one.right).length)} of ${String(of(by).length)}`
  return [
    row(['fault', 'doctor', 'rank', 'alarms', 'run', 'explain', 'verify']),
    ...[...faults].map(([fault, all]) => faultRow(fault, all)),
    '',
    `doctor: the right check first for ${right('doctor')}, of which ${String(of('doctor').filter(({ rank }) => rank === 0).length)} are not there before a run; ${String(told.flatMap(({ falseAlarms }) => falseAlarms).length)} false alarms`,
    `run: the right fault for ${right('run')}; verify: ${right('verify')}`,
    `explain: the right entry at first rank for ${String(texts.filter((rank) => rank === 1).length)} of ${String(texts.length)} texts that were said`,
  ]
}

function faultRow(fault: string, all: readonly Told[]): string {
  const [doctor, run, verify] = (['doctor', 'run', 'verify'] as const).map((by) => all.find((one) => one.by === by))
  const said = (one: Told | undefined) => (one === undefined ? '-' : `${one.said}${one.right ? '' : ' WRONG'}`)
  const explained = all.flatMap((one) => one.explained)
  return row([
    fault,
    said(doctor),
    doctor === undefined || doctor.rank === 0 ? '-' : String(doctor.rank),
    doctor === undefined ? '-' : String(doctor.falseAlarms.length),
    said(run),
    explained.join(' ') || '-',
    said(verify),
  ])
}

function row(cells: readonly string[]): string {
  return cells
    .map((cell, at) => cell.padEnd(COLUMNS[at] ?? 0))
    .join('  ')
    .trimEnd()
}

/** How many pairs there are, which of them hide one behind the other, and why. */
export function pairLines({ count, hidden }: Pairs): readonly string[] {
  const share = ((100 * hidden.length) / count).toFixed(0)
  return [
    `${String(count)} pairs: both named in ${String(count - hidden.length)}; in ${String(hidden.length)} (${share} %) one is unknown because of the other:`,
    ...[...Map.groupBy(hidden, ({ first }) => first)].map(
      ([first, all]) => `  ${first} hides ${String(all.length)}: ${hiddenPairs[first]?.reason ?? 'no reason is given'}`,
    ),
  ]
}

function healthyLines(farms: readonly Healthy[]): readonly string[] {
  const sum = (of: (one: Healthy) => number) => String(farms.reduce((all, one) => all + of(one), 0))
  return [
    `${String(farms.length)} healthy farms, ${sum(({ looks }) => looks)} looks in every world: ${sum(({ alarms }) => alarms.length)} false alarms`,
  ]
}

if (import.meta.main) process.exitCode = main()
