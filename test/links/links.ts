import { parseArgs } from 'node:util'
import type { LedgerEntry } from '../../src/lab/model/ledger.ts'
import { operations, type OperationName } from '../../src/wire/operations/catalogue.ts'
import type { Boundary } from '../crash/boundaries.ts'
import { draws } from '../crash/draws.ts'
import { differences } from '../crash/ledger.ts'
import { lab, type LabFarm } from '../run/harness.ts'
import type { RunInLab } from '../run/run-in-lab.ts'
import type { How, Trap } from './proxy.ts'
import { wire, type Wired } from './rig.ts'

/** Points of the wire: before the first byte of a request, within it, before the first byte of its reply, within that, and on the way to a
 *  new session after the old one was cut. */
const points = [
  'before the request',
  'inside the request',
  'after the request',
  'inside the reply',
  'at the next greeting',
] as const
type Spot = (typeof points)[number]
const hows: readonly How[] = ['reset', 'close', 'half-close', 'delay', 'silence']
const DELAYS_MS = [300, 3500] as const

/** One fault of the link: at the nth act, or the nth request of any kind, of a run. */
interface Fault {
  readonly at: 'act' | 'request'
  readonly nth: number
  readonly spot: Spot
  readonly how: How
  readonly bytes: number
  readonly ms: number
  /** How many connections after it find nobody; Infinity: until somebody repairs the link. */
  readonly refuse: number
}

/** What came of a number of runs. `sprung` counts faults by point and kind; a failure is a text per run that did not end as it must. */
export interface Harvest {
  readonly runs: number
  readonly verified: number
  readonly held: number
  readonly sprung: ReadonlyMap<string, number>
  readonly missed: number
  readonly zero: readonly string[]
  readonly failures: readonly string[]
}

const flagship = { os: 'windows-11-23h2', office: 'ltsc-2021' } as const
const WORKFLOW = { kms: { machine: 'kms1.hq' } }

/** Runs through links that break, each with its own drawn faults. */
export async function links(
  wish: { readonly runs: number; readonly seed: number; readonly lanes?: number },
  tell: (line: string) => void = () => undefined,
): Promise<Harvest> {
  const plain = await undisturbed()
  const sprung = new Map<string, number>()
  const failures: string[] = []
  let [verified, held, missed] = [0, 0, 0]
  let next = 0
  // Most of a run's time is waiting for hosts that say nothing: several side by side.
  const lane = async () => {
    for (let n = next++; n < wish.runs; n = next++) {
      const faults = faultsOf(n, draws(wish.seed * 100_003 + n), plain)
      const ended = await disturbed(faults, plain.ledger)
      for (const fault of ended.sprung) count(sprung, `${fault.spot}, ${fault.how}`)
      missed += faults.length - ended.sprung.length
      const what = [`run ${String(n)} of seed ${String(wish.seed)}: ${JSON.stringify(faults)}`, ...ended.problems].join('\n  ')
      if (ended.problems.length > 0) failures.push(what)
      else if (ended.held) held += 1
      else verified += 1
      tell(ended.problems.length > 0 ? what : `${String(n)}: ${ended.held ? 'held, then verified' : 'verified'}`)
    }
  }
  await Promise.all(Array.from({ length: wish.lanes ?? 4 }, lane))
  const zero = points.flatMap((spot) => hows.map((how) => `${spot}, ${how}`)).filter((kind) => !sprung.has(kind))
  return { runs: wish.runs, verified, held, sprung, missed, zero, failures }
}

interface Plain {
  readonly ledger: readonly LedgerEntry[]
  readonly acts: number
  readonly requests: number
}

/** The run as it goes when no link breaks, through the same proxies. */
async function undisturbed(): Promise<Plain> {
  let [acts, requests] = [0, 0]
  const { run, farm, wired } = await begin(({ point, when, op }) => {
    if (point !== 'send' || when !== 'before') return
    requests += 1
    if (isAct(op)) acts += 1
  })
  try {
    if (run.outcome !== 'verified') throw new Error(`the undisturbed run ended with ${String(run.says)}`)
    return { ledger: farm.ledger(), acts, requests }
  } finally {
    await farm.close()
    await wired.close()
  }
}

/** The grid of points and kinds is walked from run to run; the rest is drawn. Only an act's link stays down until it is repaired. */
function faultsOf(run: number, draw: () => number, plain: Plain): readonly Fault[] {
  const whole = (below: number) => Math.floor(draw() * below)
  return Array.from({ length: 1 + whole(3) }, (_, index): Fault => {
    const at = draw() < 2 / 3 ? 'act' : 'request'
    const spot = points[(run + index) % points.length] as Spot
    const how = hows[(Math.floor(run / points.length) + index) % hows.length] as How
    const down = draw()
    return {
      at,
      nth: whole(at === 'act' ? plain.acts : plain.requests),
      spot,
      how,
      bytes: spot.startsWith('inside the request')
        ? 1 + whole(200)
        : spot === 'at the next greeting'
          ? whole(9000)
          : 1 + whole(1500),
      ms: DELAYS_MS[whole(2)] as number,
      refuse: at === 'act' && how !== 'delay' && down < 0.15 ? Infinity : whole(3),
    }
  })
}

function trapOf({ spot, how, bytes, ms, refuse }: Fault): Trap {
  switch (spot) {
    case 'before the request':
      return { toward: 'host', bytes: 0, how, ms, refuse }
    case 'inside the request':
      return { toward: 'host', bytes, how, ms, refuse }
    case 'after the request':
      return { toward: 'client', bytes: 0, how, ms, refuse }
    case 'inside the reply':
      return { toward: 'client', bytes, how, ms, refuse }
    case 'at the next greeting':
      return { toward: bytes % 2 === 0 ? 'client' : 'host', bytes, how, ms, refuse }
  }
}

interface Ended {
  readonly held: boolean
  readonly sprung: readonly Fault[]
  readonly problems: readonly string[]
}

async function disturbed(faults: readonly Fault[], wanted: readonly LedgerEntry[]): Promise<Ended> {
  const laid: { fault: Fault; host: string }[] = []
  let [acts, requests] = [-1, -1]
  const { run, farm, wired } = await begin(({ point, when, host, op }, proxies) => {
    if (point !== 'send' || when !== 'before' || host === null) return
    requests += 1
    if (isAct(op)) acts += 1
    const fault = faults.find(({ at, nth }) => (at === 'request' ? nth === requests : isAct(op) && nth === acts))
    const proxy = proxies.get(host)
    if (fault === undefined || proxy === undefined || laid.some((one) => one.fault === fault)) return
    laid.push({ fault, host })
    if (fault.spot === 'at the next greeting') {
      proxy.lay({ toward: 'host', bytes: 0, how: 'reset', ms: 0, refuse: 0 })
      proxy.lay(trapOf(fault), true)
    } else proxy.lay(trapOf(fault))
  })
  try {
    return await judged(run, farm, wired, laid, wanted)
  } finally {
    await farm.close()
    await wired.close()
  }
}

async function judged(
  run: RunInLab,
  farm: LabFarm,
  { proxies }: Wired,
  laid: readonly { fault: Fault; host: string }[],
  wanted: readonly LedgerEntry[],
): Promise<Ended> {
  const sprung = () => laid.filter(({ host }) => proxies.get(host)?.sprung()).map(({ fault }) => fault)
  const problems: string[] = []
  let holds = 0
  for (; run.outcome === null && problems.length === 0; holds += 1) {
    const away = sprung().filter(({ refuse }) => refuse === Infinity).length
    if (run.says !== 'OUTCOME_UNKNOWN' || away <= holds)
      problems.push(`held with ${String(run.says)}, ${String(away)} hosts away`, lastOf(run))
    for (const proxy of proxies.values()) proxy.heal()
    await run.answer('retry')
  }
  if (run.outcome !== 'verified') problems.push(`it ended with ${String(run.says)}`, lastOf(run))
  problems.push(...differences(wanted, farm.ledger()))
  return { held: holds > 0, sprung: sprung(), problems }
}

function lastOf(run: RunInLab): string {
  return run.story().split('\n').slice(-6).join('\n    ')
}

async function begin(at: (boundary: Boundary, proxies: Wired['proxies']) => void) {
  const farm = await lab(flagship)
  const wired: Wired = await wire(farm, (boundary) => at(boundary, wired.proxies))
  const run = await farm.run('kms-new-image', WORKFLOW)
  return { farm, wired, run }
}

function isAct(op: string | null): boolean {
  return op !== null && operations[op as OperationName].writes
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

/** What is printed at the end. */
export function reportOf({ runs, verified, held, sprung, missed, zero, failures }: Harvest): string {
  const rows = points.map(
    (spot) =>
      `  ${spot.padEnd(22)}${hows.map((how) => `${how} ${String(sprung.get(`${spot}, ${how}`) ?? 0)}`.padEnd(15)).join('')}`,
  )
  return [
    'link faults that were met, by point of the wire and kind:',
    ...rows.map((row) => row.trimEnd()),
    ...(zero.length === 0 ? [] : [`never met: ${zero.join('; ')}`]),
    ...failures,
    `links: ${String(runs)} runs, ${String(verified)} verified, ${String(held)} held with OUTCOME_UNKNOWN where the host stayed away and ` +
      `verified after its return, ${String(failures.length)} failed; ${String(missed)} faults were not met`,
  ].join('\n')
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { runs: { type: 'string' }, seed: { type: 'string' } } })
  const say = (line: string) => void process.stdout.write(`${line}\n`)
  const harvest = await links({ runs: Number(values.runs ?? 200), seed: Number(values.seed ?? 1) }, say)
  say(reportOf(harvest))
  process.exitCode = harvest.failures.length + harvest.zero.length === 0 ? 0 : 1
}
