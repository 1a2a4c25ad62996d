import type { Composition } from '../../../compose.ts'
import { decide as decideRun } from '../../../engine/decide.ts'
import type { Store, StoredRun } from '../../../engine/ports/store.ts'
import { takeOver } from '../../../engine/take-over.ts'
import { Fault } from '../../../faults/fault.ts'
import type { DecisionKind, Person } from '../../../procedure/events.ts'
import type { Plan } from '../../../workflow/plan.ts'
import { validateFile } from '../../../workflow/read-workflow.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { findRun } from '../find-run.ts'
import { viewOf } from '../follow.ts'
import { labHasEnded } from '../lab-ended.ts'
import type { CommonOptions } from '../options.ts'
import { runScreen } from '../screens/run.ts'
import type { Terminal } from '../terminal.ts'

/** Options of `decide`. */
export interface DecideOptions extends CommonOptions {
  readonly reason?: string
  readonly option?: string
}

/** Decisions that a colleague will ask about later: they are refused without a reason. */
const WANT_REASON: readonly DecisionKind[] = ['mark-done', 'skip', 'abort', 'take-over']

/** `decide RUN DECISION`: records what a person decided. The run goes on with `resume`, here or elsewhere. */
export async function decide(
  prefix: string,
  decision: DecisionKind,
  options: DecideOptions,
  composition: Composition,
  terminal: Terminal,
): Promise<ExitCode> {
  const store = composition.openStore(options.store ?? null)
  try {
    const stored = await findRun(store, prefix)
    if (labHasEnded(stored.plan as Plan, composition.files)) throw new Fault('LAB_ENDED', { run: stored.run })
    if (WANT_REASON.includes(decision) && (options.reason ?? '') === '') {
      throw new Fault('DECISION_REFUSED', {
        run: stored.run,
        why: `"${decision}" needs a reason for those who read the record: --reason "..."`,
      })
    }
    const by = composition.person(options.as ?? null)
    await record(store, stored, { decision, by, reason: options.reason ?? null, option: options.option ?? null }, composition)
    const view = await viewOf(store, stored.run)
    if (options.json === true) terminal.out(JSON.stringify(view.decisions.at(-1)))
    else if (options.quiet !== true) {
      for (const line of runScreen(view, view.changedAt, terminal)) terminal.out(line)
      terminal.out(`Recorded: ${decision} by ${by.login}@${by.host}.  Next:  vdiskprep resume ${stored.run}`)
    }
    return EXIT.ok
  } finally {
    await store.close()
  }
}

interface Said {
  readonly decision: DecisionKind
  readonly by: Person
  readonly reason: string | null
  readonly option: string | null
}

/** The inventory only tells how fast the farm's time runs: a decision may be made where it cannot be read. */
async function record(store: Store, stored: StoredRun, said: Said, composition: Composition): Promise<void> {
  const { inventory } = validateFile((stored.plan as Plan).source.inventory, composition.files)
  const world = { store, farmClock: composition.farmClock(inventory) }
  const { decision: type, ...signal } = said
  if (type === 'take-over') await takeOver(world, composition.ids, stored.run, said.by, said.reason)
  else await decideRun(world, stored.run, { type, ...signal })
}
