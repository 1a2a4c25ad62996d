import type { Composition } from '../../../compose.ts'
import { decide as decideRun } from '../../../engine/decide.ts'
import { Fault } from '../../../faults/fault.ts'
import type { DecisionKind } from '../../../procedure/events.ts'
import type { Plan } from '../../../workflow/plan.ts'
import { validateFile } from '../../../workflow/read-workflow.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { findRun } from '../find-run.ts'
import { viewOf } from '../follow.ts'
import type { CommonOptions } from '../options.ts'
import { runScreen } from '../screens/run.ts'
import type { Terminal } from '../terminal.ts'

export interface DecideOptions extends CommonOptions {
  readonly reason?: string
  readonly option?: string
}

/** What a decision is called on the command line. */
export const DECISIONS = ['approve', 'retry', 'mark-done', 'skip', 'abort'] as const satisfies readonly DecisionKind[]

/** Decisions that a colleague will ask about later: they are refused without a reason. */
const WANT_REASON: readonly string[] = ['mark-done', 'skip', 'abort']

/** `decide RUN DECISION`: records what a person decided. The run goes on with `resume`, here or elsewhere. */
export async function decide(
  prefix: string,
  decision: (typeof DECISIONS)[number],
  options: DecideOptions,
  composition: Composition,
  terminal: Terminal,
): Promise<ExitCode> {
  const store = composition.openStore(options.store ?? null)
  try {
    const stored = await findRun(store, prefix)
    if (WANT_REASON.includes(decision) && (options.reason ?? '') === '') {
      throw new Fault('DECISION_REFUSED', {
        run: stored.run,
        why: `"${decision}" needs a reason for those who read the record: --reason "..."`,
      })
    }
    const { inventory } = validateFile((stored.plan as Plan).source.inventory, composition.files)
    const signal = {
      type: decision,
      by: composition.person(options.as ?? null),
      reason: options.reason ?? null,
      option: options.option ?? null,
    }
    await decideRun({ store, farmClock: composition.farmClock(inventory) }, stored.run, signal)
    const view = await viewOf(store, stored.run)
    if (options.json === true) terminal.out(JSON.stringify(view.decisions.at(-1)))
    else if (options.quiet !== true) {
      for (const line of runScreen(view, view.changedAt, terminal)) terminal.out(line)
      terminal.out(`Recorded: ${decision} by ${signal.by.login}@${signal.by.host}.  Next:  vdiskprep resume ${stored.run}`)
    }
    return EXIT.ok
  } finally {
    await store.close()
  }
}
