import type { Composition } from '../../../compose.ts'
import { sealedBy, type Seal } from '../../../engine/seals.ts'
import type { Store } from '../../../engine/ports/store.ts'
import { Fault } from '../../../faults/fault.ts'
import type { MachineLine } from '../../../report/events/event-schema.ts'
import type { Plan } from '../../../workflow/plan.ts'
import { readWorkflow } from '../../../workflow/read-workflow.ts'
import { diskOfPlan } from '../../../workflow/resolve-plan.ts'
import { DURATION_FORM, durationMs } from '../../../workflow/units.ts'
import { verificationOf } from '../../../workflow/verification.ts'
import { handsOf } from '../by-hand/hands.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { hostsOf } from '../hosts-of-plan.ts'
import { interrupts } from '../interrupts.ts'
import { fleetLine, fleetLines, type FleetLook } from '../screens/clone-watch.ts'
import type { Terminal } from '../terminal.ts'
import { watchFleet, type Watched } from '../watch-fleet.ts'
import { withStore } from '../with-store.ts'
import { runAs, type RunOptions } from './run.ts'
import { sealSince, tellDrift } from './verify-since.ts'

/** Options of `verify`. */
export interface VerifyOptions extends RunOptions {
  /** The version that the canaries have to boot. */
  readonly version?: string
  /** Tells what has drifted since this version, or this run, sealed the vDisk; true: since it was last sealed. */
  readonly since?: string | true
  /** Looks again and again, after this time; true: every ten minutes. */
  readonly watch?: string | true
}

/** `verify FILE`: a run of each vDisk of the file that only looks at clones, whatever its scenario is. With --watch no run: the clones that
 *  are up are looked at, again and again. */
export async function verify(
  files: readonly string[],
  options: VerifyOptions,
  composition: Composition,
  terminal: Terminal,
): Promise<ExitCode> {
  const version = versionOf(options)
  if (options.watch !== undefined) return await watch(files, options.watch, version, options, composition, terminal)
  const [file = '', ...more] = files
  if (more.length > 0) throw wrong('FILE', files.join(' '), 'one file; several are looked at with --watch')
  const seals = new Map<string, Seal>()
  return await runAs(file, options, composition, terminal, {
    as: version === null ? 'verify' : `verify version ${String(version)}`,
    plans: async (plans, store) => {
      const looking = []
      for (const plan of plans) {
        const one = await lookingAt(plan, version, store)
        if (options.since !== undefined) seals.set(diskOfPlan(one), await sealSince(store, one, options.since))
        looking.push(one)
      }
      return looking
    },
    after: async (runs, store) => {
      for (const [disk, run] of runs) {
        const seal = seals.get(disk)
        if (seal !== undefined && options.quiet !== true) await tellDrift(store, run, seal, terminal, options)
      }
    },
  })
}

async function lookingAt(plan: Plan, version: number | null, store: Store): Promise<Plan> {
  const known = await sealedBy(store, plan, version ?? plan.verify.version ?? null)
  return verificationOf(plan, { ...(version === null ? {} : { version }), ...(known === null ? {} : { sealedBy: known }) })
}

function versionOf({ version }: VerifyOptions): number | null {
  if (version === undefined) return null
  if (!/^\d{1,5}$/.test(version)) throw wrong('--version', version, 'the number of a version, as the console shows it')
  return Number(version)
}

const USUAL = '10m'

async function watch(
  files: readonly string[],
  every: string | true,
  version: number | null,
  options: VerifyOptions,
  composition: Composition,
  terminal: Terminal,
): Promise<ExitCode> {
  const everyMs = durationMs(every === true ? USUAL : every) ?? 0
  if (everyMs <= 0) throw wrong('--watch', String(every), DURATION_FORM)
  const lab = options.lab === undefined ? null : await composition.startLab(options.lab)
  const inventory = lab?.inventory ?? options.inventory
  const fleet: Watched[] = []
  const stop = interrupts(() => undefined)
  try {
    return await withStore(composition, options, async (store) => {
      const workflows = files.map((file) => readWorkflow(file, composition.files, inventory === undefined ? {} : { inventory }))
      for (const workflow of workflows) {
        const plans = await Promise.all(workflow.plans.map((plan) => lookingAt(plan, version, store)))
        fleet.push({
          plans,
          hosts: await composition.hosts(workflow.inventory, plans.flatMap(hostsOf), handsOf(options, terminal)),
        })
      }
      const clock = composition.farmClock(workflows[0]?.inventory ?? null)
      await watchFleet(fleet, { store, clock }, everyMs, stop.signal, shownOn(terminal, everyMs, options))
      return EXIT.ok
    })
  } finally {
    stop.dispose()
    for (const { hosts } of fleet) await hosts.close()
    await lab?.close()
  }
}

/** The cursor to the first line, and nothing below it. */
const CLEARED = '\u001B[H\u001B[J'

/** A list that is drawn anew on a terminal; one line a look elsewhere. */
function shownOn(terminal: Terminal, everyMs: number, { json, plain }: VerifyOptions): (look: FleetLook) => void {
  if (json === true)
    return ({ at, lines }) => {
      const line: MachineLine = { v: 1, type: 'fleet', at, vdisks: [...lines] }
      terminal.out(JSON.stringify(line))
    }
  if (!terminal.interactive || plain === true) return (look) => terminal.out(fleetLine(look))
  return (look) => terminal.out(`${CLEARED}${[...fleetLines(look, everyMs, terminal), ' Ctrl-C ends it.'].join('\n')}`)
}

function wrong(option: string, value: string, expected: string): Fault {
  return new Fault('OPTION_INVALID', { option, value, expected })
}
