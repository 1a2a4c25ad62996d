import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { Coverage } from './coverage.ts'
import { drawnBy, type Drawn } from './draw.ts'
import { kept } from './kept.ts'
import { liveSeed, type Lived } from './live-seed.ts'
import { mutants } from './mutants.ts'
import { shrunk } from './shrink.ts'
import type { Mutant } from './simulation.ts'
import type { News } from './fixtures/worker.ts'
import { shareOut } from './workers.ts'

const USAGE = `npm run simulate -- --seeds 10000 [--from 1]   live through so many seeds, print what was met
npm run simulate -- --seed 17 [--trace]        live through one seed again
npm run simulate -- --seed 17 --shrink         look for a smaller draw that breaks the same, print it
npm run simulate -- --draw FILE [--trace]      live through a draw that was printed
npm run simulate -- --mutants [--seeds 10000]  plant each fault of an engine and count the seeds until it is seen
npm run simulate -- --kept                     live through every draw that once broke something
  --mutant NAME   plant this one (any part of its name); with --seed or --draw, or with --mutants (may be repeated)
  --workers N     processes (all cores)`

/** Broken seeds that a run is told of before it stops. */
const ENOUGH = 10
const TRACE_LINES = 25

const { values } = parseArgs({
  options: {
    seeds: { type: 'string' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    draw: { type: 'string' },
    trace: { type: 'boolean', default: false },
    shrink: { type: 'boolean', default: false },
    mutants: { type: 'boolean', default: false },
    mutant: { type: 'string', multiple: true, default: [] },
    kept: { type: 'boolean', default: false },
    workers: { type: 'string', default: String(cpus().length) },
    help: { type: 'boolean', default: false },
  },
})

let interrupted = false
process.once('SIGINT', () => (interrupted = true))

const say = (text: string) => void process.stdout.write(`${text}\n`)
const chosen =
  values.mutant.length === 0 ? mutants : mutants.filter(({ name }) => values.mutant.some((part) => name.includes(part)))

if (values.kept) process.exitCode = await liveKept()
else if (values.mutants) process.exitCode = await findMutants(Number(values.seeds ?? 10_000))
else if (values.draw !== undefined) process.exitCode = await liveDraw(JSON.parse(readFileSync(values.draw, 'utf8')) as Drawn)
else if (values.seed !== undefined) process.exitCode = await liveOne(Number(values.seed))
else if (values.seeds !== undefined) process.exitCode = await liveMany(Number(values.from), Number(values.seeds))
else say(USAGE)

async function liveMany(from: number, seeds: number): Promise<number> {
  const coverage = new Coverage()
  const broken: News[] = []
  const began = performance.now()
  await shareOut({ from, until: from + seeds, mutant: null }, Number(values.workers), (news) => {
    coverage.add(news)
    if (news.broken !== null) {
      broken.push(news)
      say(`seed ${String(news.seed)} breaks "${news.broken.invariant}": ${news.broken.what}`)
    }
    if (coverage.seeds % 500 === 0) say(`${String(coverage.seeds)} seeds`)
    return broken.length < ENOUGH && !interrupted
  })
  const seconds = (performance.now() - began) / 1000
  for (const line of await coverage.lines()) say(line)
  const [perSecond, cpu] = [coverage.seeds / seconds, coverage.cpuMs / coverage.seeds]
  say(
    `${String(coverage.seeds)} seeds, ${String(coverage.events)} events in ${seconds.toFixed(0)} s: ${perSecond.toFixed(1)} seeds/s with ${values.workers} processes, ${cpu.toFixed(0)} ms of a core each`,
  )
  const [first] = broken
  if (first !== undefined) tellBroken(first.seed, await liveSeed(drawnBy(first.seed), null, true))
  say(broken.length === 0 ? 'no invariant broken' : `${String(broken.length)} seeds break an invariant`)
  return broken.length === 0 ? 0 : 1
}

function tellBroken(seed: number, { broken, trace }: Lived): void {
  say(`\nseed ${String(seed)} breaks "${broken?.invariant ?? 'nothing'}": ${broken?.what ?? ''}`)
  for (const line of trace.slice(-TRACE_LINES)) say(line)
  const mutant = values.mutant.map((name) => ` --mutant "${name}"`).join('')
  say(`\nagain: npm run simulate -- --seed ${String(seed)}${mutant} --trace\n`)
}

function planted(): Mutant | null {
  return values.mutant.length === 0 ? null : (chosen[0] ?? null)
}

async function liveOne(seed: number): Promise<number> {
  if (!values.shrink) return await liveDraw(drawnBy(seed))
  const least = await shrunk(seed, planted())
  if (least !== null) tellBroken(seed, least.lived)
  say(JSON.stringify(least?.drawn ?? null, null, 2))
  return least === null ? 0 : 1
}

async function liveDraw(drawn: Drawn): Promise<number> {
  const { broken, trace, outcomes, events } = await liveSeed(drawn, planted(), true)
  say(JSON.stringify(drawn))
  for (const line of values.trace ? trace : broken === null ? [] : trace.slice(-TRACE_LINES)) say(line)
  say(`${outcomes.join(', ')} after ${String(events)} events`)
  if (broken !== null) say(`breaks "${broken.invariant}": ${broken.what}`)
  return broken === null ? 0 : 1
}

async function findMutants(seeds: number): Promise<number> {
  let unseen = 0
  for (const { name } of chosen) {
    let first: News | null = null
    let lived = 0
    await shareOut(
      { from: Number(values.from), until: Number(values.from) + seeds, mutant: name },
      Number(values.workers),
      (news) => {
        lived += 1
        if (news.broken !== null) first = news
        return first === null
      },
    )
    const seen = first as News | null
    if (seen === null) unseen += 1
    say(
      `${name}: ${seen === null ? `not seen in ${String(lived)} seeds` : `seen after ${String(lived)} seeds, by "${seen.broken?.invariant ?? ''}" (seed ${String(seen.seed)})`}`,
    )
  }
  say(unseen === 0 ? `all ${String(chosen.length)} seen` : `${String(unseen)} of ${String(chosen.length)} not seen`)
  return unseen === 0 ? 0 : 1
}

async function liveKept(): Promise<number> {
  let broken = 0
  for (const { found, drawn } of kept) {
    const lived = await liveSeed(drawn, null, true)
    if (lived.broken === null) continue
    broken += 1
    say(`"${found}" is back: ${lived.broken.invariant}: ${lived.broken.what}`)
    for (const line of lived.trace.slice(-TRACE_LINES)) say(line)
  }
  say(`${String(kept.length)} kept draws, ${String(broken)} broken`)
  return broken === 0 ? 0 : 1
}
