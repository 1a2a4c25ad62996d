import type { Composition } from '../../../compose.ts'
import type { FaultRecord } from '../../../faults/fault.ts'
import { describeFault } from '../../../faults/table.ts'
import { explainEntry, explainFault, settlingOf } from '../../../knowledge/explained.ts'
import { lookUp } from '../../../knowledge/lookup.ts'
import type { RunView } from '../../../procedure/run-view.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { viewOf } from '../follow.ts'
import type { CommonOptions } from '../options.ts'
import { faultLines } from '../screens/fault.ts'
import { titleOf } from '../screens/steps.ts'
import { waysLines } from '../screens/ways.ts'
import { hanging } from '../screens/wrap.ts'
import type { Terminal } from '../terminal.ts'
import { withRun } from '../with-store.ts'
import { doctorLines, explainedLines, seeLines, settlingLines } from './explain-screen.ts'

/** Why a run stands where it stands. */
interface Stop {
  readonly where: string
  readonly fault: FaultRecord | null
  readonly because: readonly string[]
}

/** `explain --run RUN`: why a run stopped, with its own facts, and what the codes in them mean. */
export async function explainRun(
  prefix: string | undefined,
  options: CommonOptions,
  composition: Composition,
  terminal: Terminal,
): Promise<ExitCode> {
  return await withRun(composition, options, prefix, async ({ run }, store) => {
    const view = await viewOf(store, run)
    const stop = stopOf(view)
    const code = stop.fault === null ? null : codeIn(stop.fault)
    const entry = code === null ? null : known(code)
    if (options.json === true) {
      const told = stop.fault === null ? null : describeFault(stop.fault.code, { run: view.run, ...stop.fault.details })
      terminal.out(JSON.stringify({ run: view.run, state: view.state, outcome: view.outcome, ...stop, told, explained: entry }))
      return EXIT.ok
    }
    for (const line of hanging(`${terminal.paint('strong', `Run ${view.run}`)}  `, stop.where, terminal.width, 2))
      terminal.out(line)
    if (stop.fault !== null) for (const line of stopLines(stop, stop.fault, view, terminal)) terminal.out(line)
    else if (view.approval !== null) for (const line of waysLines(view, [], terminal)) terminal.out(line)
    if (entry !== null) for (const line of ['', ...explainedLines(entry, terminal)]) terminal.out(line)
    return EXIT.ok
  })
}

function stopOf(view: RunView): Stop {
  const { held, ending, approval, waiting } = view
  const at = view.steps.find(({ state }) => state === 'held' || state === 'running')?.step
  const step = at === undefined ? '' : ` at step ${titleOf(at)}`
  const name = `${view.title} `
  if (held !== null) return { where: `${name}is held${step}: a person has to decide.`, fault: held.fault, because: held.because }
  if (ending !== null) return { where: `${name}ended ${ending.outcome}: ${ending.because}`, fault: ending.fault, because: [] }
  if (approval !== null)
    return { where: `${name}waits${step} for an approval: ${approval.what}.`, fault: null, because: approval.because }
  if (waiting !== null) return { where: `${name}waits${step} for ${waiting.for}.`, fault: null, because: waiting.because }
  return { where: `${name}has not stopped: it is ${view.state}${step}.`, fault: null, because: [] }
}

function stopLines({ because }: Stop, fault: FaultRecord, view: RunView, terminal: Terminal): readonly string[] {
  const { checks, see } = explainFault(fault.code)
  const facts = Object.entries(fault.details).flatMap(([name, value]) =>
    typeof value === 'string' || typeof value === 'number' ? [`${name} ${String(value)}`] : [],
  )
  return [
    ...because.flatMap((line, at) => hanging(at === 0 ? '  Seen:   ' : '          ', line, terminal.width)),
    ...(facts.length === 0 ? [] : hanging('  Facts:  ', facts.join(', '), terminal.width)),
    ...doctorLines(checks),
    ...settlingLines(settlingOf(fault.code, fault.details['act']), terminal),
    ...(view.held === null ? faultLines(fault, view.run, terminal) : openLines(fault, view, terminal)),
    ...seeLines(see, terminal),
  ]
}

/** A fault that a person still decides about: its ways on are those that `status` tells. */
function openLines(fault: FaultRecord, view: RunView, terminal: Terminal): readonly string[] {
  const { says, effect, remedy } = describeFault(fault.code, { run: view.run, ...fault.details })
  return [
    ...hanging(`${terminal.paint('bad', fault.code)}  `, says, terminal.width, 2),
    ...hanging('  ', effect, terminal.width),
    ...waysLines(view, remedy, terminal),
  ]
}

/** The code of Windows or PVS that a fault carries. */
function codeIn({ details }: FaultRecord): string | null {
  const { code } = details
  return typeof code === 'string' || typeof code === 'number' ? String(code) : null
}

function known(code: string) {
  const answer = lookUp(code)
  const entry = answer.is === 'known' ? answer.entries[0] : undefined
  return entry === undefined ? null : explainEntry(entry)
}
