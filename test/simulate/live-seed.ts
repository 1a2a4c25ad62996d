import { applyFaults } from '../../src/lab/faults/catalogue.ts'
import type { Person } from '../../src/procedure/events.ts'
import type { Drawn, Procedure } from './draw.ts'
import { planOf, startCanaries, twinPlanOf } from './farm.ts'
import { heal } from './heal.ts'
import { liveBy } from './kernel.ts'
import { People } from './people.ts'
import type { Stroke } from './program.ts'
import { Simulation, type Mutant } from './simulation.ts'
import type { Broken } from './watch.ts'

/** What was met on the way. */
export interface Met {
  readonly outcomes: readonly string[]
  readonly leaves: readonly string[]
  readonly edges: readonly string[]
  readonly faults: readonly string[]
  readonly operations: readonly string[]
  readonly strokes: readonly string[]
}

/** What one seed came to. */
export interface Lived extends Met {
  readonly broken: Broken | null
  readonly events: number
  readonly trace: readonly string[]
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** After so many farm hours, or so many decisions, nothing goes wrong by itself any more. */
const TROUBLE = { hours: 16, decisions: 8 }
/** How much a run may still ask of people, and how long it may take, in a world that is mended. */
const PATIENCE = { decisions: 60, hours: 96 }
/** No run needs as many events as this. */
const MOST_EVENTS = 60_000

const SEALED_BEFORE: readonly Procedure[] = [
  'kms-update-image',
  'kms-maintenance-version',
  'kms-repair',
  'copied-image',
  'verify-only',
]

/** Lives through what a seed draws: until every run has ended, or something is wrong. */
export async function liveSeed(drawn: Drawn, mutant: Mutant | null = null, tracing = false): Promise<Lived> {
  const before = SEALED_BEFORE.includes(drawn.procedure)
  const simulation = new Simulation(before ? { ...drawn, faults: [] } : drawn, mutant, tracing)
  liveBy(simulation.kernel)
  const undo = mutant?.chart?.(simulation)
  const unhandled = (thrown: unknown) =>
    simulation.break({
      invariant: 'no internal error',
      what: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown),
    })
  process.on('unhandledRejection', unhandled)
  try {
    if (before) await prepare(simulation, drawn)
    if (simulation.broken === null) await trouble(simulation, drawn)
    if (simulation.broken === null) await end(simulation)
    await simulation.inspect()
    return livedIn(simulation)
  } finally {
    undo?.()
    await simulation.close()
    await new Promise((ready) => setImmediate(ready))
    process.off('unhandledRejection', unhandled)
  }
}

const maria: Person = { login: 'maria', host: 'ops', claim: null }

/** A disk that was sealed before, in a farm where nothing goes wrong. */
async function prepare(simulation: Simulation, drawn: Drawn): Promise<void> {
  const plan = planOf({ ...drawn, wish: 'usual', approvals: [], hooks: [], hasty: false }, 'kms-new-image')
  let over = false
  void simulation.begin(plan, maria, []).then(() => (over = true))
  await simulation.kernel.live(() => over || simulation.broken !== null, MOST_EVENTS)
  applyFaults(simulation.lab.farm, simulation.lab.cast, drawn.faults)
  if (drawn.found === 'canaries') startCanaries(simulation.lab)
}

async function trouble(simulation: Simulation, drawn: Drawn): Promise<void> {
  const { kernel, way, watch } = simulation
  simulation.troubled = true
  Object.assign(way, { faults: drawn.links, gone: { acts: 0, requests: 0 } })
  const plan = planOf(drawn, drawn.procedure)
  const twin = twinPlanOf(drawn)
  let begun = false
  const begin = (by: Person, strokes: readonly Stroke[]) => void simulation.begin(plan, by, strokes).then(() => (begun = true))
  begin(maria, drawn.strokes[0] ?? [])
  if (twin !== null) kernel.after(kernel.below(10) * MINUTE, () => void simulation.begin(twin, maria, []))
  new People(simulation, begin).start()
  const until = kernel.now + TROUBLE.hours * HOUR
  const ended = () =>
    begun && [...watch.runs.values()].every(({ state }) => state === 'ended') && simulation.programs.length === 0
  const decisions = () => [...watch.runs.values()].reduce((sum, run) => sum + run.decisions, 0)
  const most = decisions() + TROUBLE.decisions
  const over = () => simulation.broken !== null || ended() || kernel.now > until || decisions() > most
  const alive = await kernel.live(over, MOST_EVENTS)
  if (!alive) simulation.break({ invariant: 'no hang', what: `nothing comes of it: ${where(simulation)}` })
}

async function end(simulation: Simulation): Promise<void> {
  const { kernel, watch, way } = simulation
  way.faults = []
  way.out.clear()
  simulation.healed = true
  heal(simulation.lab)
  const runs = [...watch.runs.values()]
  const asked = new Map(runs.map((run) => [run, run.decisions]))
  const until = kernel.now + PATIENCE.hours * HOUR
  const tired = () =>
    [...watch.runs.values()].some((run) => run.state !== 'ended' && run.decisions - (asked.get(run) ?? 0) > PATIENCE.decisions)
  const ended = () => [...watch.runs.values()].every(({ state }) => state === 'ended') && simulation.programs.length === 0
  const over = () => simulation.broken !== null || ended() || kernel.now > until || tired()
  const alive = await kernel.live(over, MOST_EVENTS)
  if (simulation.broken !== null || ended()) return
  if (tired()) simulation.break({ invariant: 'a way on', what: `no decision leads on in a mended world: ${where(simulation)}` })
  else
    simulation.break({
      invariant: 'no hang',
      what: `${alive ? 'time is over' : 'nothing happens any more'}: ${where(simulation)}`,
    })
}

function where({ watch, programs }: Simulation): string {
  const runs = [...watch.runs.values()].filter(({ state }) => state !== 'ended')
  const stand = runs.map(
    ({ run, state, held, context }) =>
      `${run} is ${state} at ${context.stage.place}${held === null ? '' : ` for ${held.fault.code}`}`,
  )
  return [...stand, ...programs.map(({ name, asleep }) => `${name} ${asleep ? 'sleeps' : 'works'}`)].join('; ')
}

function livedIn({ broken, watch, strokes, kernel, trace }: Simulation): Lived {
  return {
    broken,
    outcomes: [...watch.runs.values()].map(({ outcome, state }) => outcome ?? state),
    leaves: [...watch.leaves],
    edges: [...watch.edges],
    faults: [...watch.faults],
    operations: [...watch.operations],
    strokes: [...strokes],
    events: kernel.events,
    trace,
  }
}
