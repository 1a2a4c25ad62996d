import type { Forecast } from '../procedure/forecast/foreseen.ts'
import { eventLine } from '../report/events/lines.ts'
import { linesOf } from '../ui/cli/follow.ts'
import type { Place, Planned, RunEventLine, Validated } from './contract.ts'
import { withRun } from '../ui/cli/with-store.ts'
import { placed, speaking } from './speaking.ts'

/** What is wrong with a workflow or inventory file, all problems at once; no host is contacted. */
export async function validate(file: string, place: Place = {}): Promise<Validated> {
  const { validateFile } = await import('../workflow/read-workflow.ts')
  return await speaking(place, ignore, ({ files }) => {
    const { kind, diagnostics, plans } = validateFile(file, files, { inventory: place.inventory })
    const vdisks = plans.map(({ title, farm, vdisk }) => ({ title, farm: farm.name, store: vdisk.store, name: vdisk.name }))
    return Promise.resolve({ ok: diagnostics.length === 0, kind, problems: diagnostics, vdisks })
  })
}

/** What a run of the file would do now, read from live hosts; changes nothing. */
export async function plan(file: string, place: Place = {}): Promise<Planned> {
  const { plan: planned } = await import('../ui/cli/commands/plan.ts')
  const told: { plan: string; vdisks: readonly Forecast[] }[] = []
  await speaking(
    place,
    (line) => void told.push(line as never),
    (...at) => planned(file, placed(place), ...at),
  )
  const { plan: hash = '', vdisks = [] } = told[0] ?? {}
  return {
    hash,
    blocked: vdisks.some(({ steps }) => steps.some(({ outlook }) => outlook === 'blocked')),
    vdisks: vdisks.map(({ title, scenario, steps }) => ({
      title,
      scenario,
      steps: steps.map(({ step, outlook, says }) => ({ step, outlook, says })),
    })),
  }
}

/** How often a run that others drive is looked at. Milliseconds. */
const LOOK_MS = 500

/** The events of a run's journal after a place in it (default: all). With `follow` until the run has ended, also those that are written
 *  meanwhile, here or by another process; else those that are there. Rejects with a VdiskprepError for a run that is not there. */
export async function* events(
  run: string,
  place: Place & { readonly after?: number; readonly follow?: boolean } = {},
): AsyncGenerator<RunEventLine, void, undefined> {
  let { after: last = 0 } = place
  for (;;) {
    const [fresh, ended] = await speaking(place, ignore, async (composition) => {
      return await withRun(
        composition,
        { ...placed(place), readOnly: true },
        run,
        async (found, store) => [await linesOf(store, found.run, last), found.state === 'ended'] as const,
      )
    })
    yield* fresh.map((line) => eventLine(line) as RunEventLine)
    last = fresh.at(-1)?.seq ?? last
    if (ended || place.follow !== true || place.signal?.aborted === true) return
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
}

function ignore(): void {
  // Nothing is printed by those who only look.
}
