import type { Composition } from '../../../compose.ts'
import { decide as decideRun } from '../../../engine/decide.ts'
import type { Store, StoredRun } from '../../../engine/ports/store.ts'
import { takeOver } from '../../../engine/take-over.ts'
import { Fault } from '../../../faults/fault.ts'
import type { DecisionKind } from '../../../procedure/events.ts'
import type { Plan } from '../../../workflow/plan.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { viewOf } from '../follow.ts'
import { labHasEnded } from '../lab-ended.ts'
import type { CommonOptions } from '../options.ts'
import { clockOfRun } from '../run-clock.ts'
import { asTyped } from '../screens/as-typed.ts'
import { typedPosition } from '../screens/position.ts'
import { runScreen } from '../screens/run.ts'
import { talkedOver, type Said } from './decide-asking.ts'
import type { Terminal } from '../terminal.ts'
import { withRun } from '../with-store.ts'

/** Options of `decide`. */
export interface DecideOptions extends CommonOptions {
  readonly reason?: string
  readonly option?: string
  /** Ask nothing more. */
  readonly yes?: boolean
}

/** Decisions that a colleague will ask about later: they are refused without a reason. */
const WANT_REASON: readonly DecisionKind[] = ['mark-done', 'skip', 'abort', 'take-over']

const DRIVEN = ['A process drives the run and goes on with it.']
/** Who stays with a run that waits holds no lease meanwhile, so it cannot be seen from here. */
const UNLESS = '  unless a process stays with it (its screen, or --wait-for done).'

/** `decide RUN DECISION`: records what a person decided. The run goes on with `resume`, here or elsewhere. */
export async function decide(
  prefix: string,
  decision: DecisionKind,
  options: DecideOptions,
  composition: Composition,
  terminal: Terminal,
): Promise<ExitCode> {
  return await withRun(composition, { ...options, toChange: true }, prefix, async (stored, store) => {
    if (labHasEnded(stored.plan as Plan, composition.files)) throw new Fault('LAB_ENDED', { run: stored.run })
    const asked = terminal.attended && options.yes !== true && options.json !== true
    if (!asked && WANT_REASON.includes(decision) && (options.reason ?? '') === '') {
      throw new Fault('DECISION_REFUSED', {
        run: stored.run,
        why: `"${decision}" needs a reason for those who read the record: --reason "..."`,
      })
    }
    const by = composition.person(options.as ?? null)
    const said = { decision, by, reason: options.reason ?? null, option: options.option ?? null }
    const now = await viewOf(store, stored.run)
    const meant = asked ? await talkedOver(now, said, terminal) : said
    if (meant === null) {
      terminal.out('Nothing was recorded.')
      return EXIT.input
    }
    // What was shown and talked over is what is decided about.
    const shown = asked && (now.held ?? now.approval) !== null ? now.lines : null
    await record(store, stored, meant, typedPosition(prefix).seen ?? shown, composition)
    const view = await viewOf(store, stored.run)
    if (options.json === true) terminal.out(JSON.stringify(view.decisions.at(-1)))
    else if (options.quiet !== true) {
      const driven = (await store.leases()).some(({ run, owner }) => run === stored.run && !composition.ids.gone(owner))
      const then = driven ? DRIVEN : [`Nothing runs until:  vdiskprep resume ${stored.run}`, UNLESS]
      for (const line of [`Recorded: ${decision} by ${by.login}@${by.host}.`, ...then, ''])
        terminal.out(asTyped(line, terminal.said))
      for (const line of runScreen(view, view.changedAt, terminal)) terminal.out(line)
    }
    return EXIT.ok
  })
}

async function record(store: Store, stored: StoredRun, said: Said, seen: number | null, composition: Composition): Promise<void> {
  const world = { store, farmClock: clockOfRun(stored.plan as Plan, composition) }
  const { decision: type, ...signal } = said
  if (type === 'take-over') await takeOver(world, composition.ids, stored.run, said.by, said.reason)
  else await decideRun(world, stored.run, { type, ...signal }, seen)
}
