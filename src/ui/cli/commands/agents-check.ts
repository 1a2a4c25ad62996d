import { accessSync, constants, existsSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Composition } from '../../../compose.ts'
import type { Session } from '../../../engine/ports/hosts.ts'
import { Fault, faultOf } from '../../../faults/fault.ts'
import type { HostEntry, Inventory } from '../../../workflow/inventory.ts'
import { readWorkflow } from '../../../workflow/read-workflow.ts'
import { askAll, type Asked } from '../checking/asked.ts'
import { questionsOf, type Subjects } from '../checking/questions.ts'
import { reportText, type Checked } from '../checking/report.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { interrupts } from '../interrupts.ts'
import { entryOf, inventoryOf, type InventoryOptions } from '../inventory-option.ts'
import type { CommonOptions } from '../options.ts'
import { askedLines, helloLines, sumLine } from '../screens/agent-check.ts'
import { hanging } from '../screens/wrap.ts'
import type { Terminal } from '../terminal.ts'

/** Options of `agents check`. */
export interface CheckOptions extends CommonOptions, InventoryOptions {
  readonly host: string
  readonly report?: string
  readonly anonymous?: boolean
}

const WEEK_MS = 7 * 24 * 3_600_000

/** `agents check --host NAME`: opens a session, asks everything that only reads, and compares each answer with what was promised. The exit code
 *  is that of the worst answer: 9 when the host was lost, 5 when an answer was wrong or an error. */
export async function checkAgents(options: CheckOptions, composition: Composition, terminal: Terminal): Promise<ExitCode> {
  if (options.anonymous === true && options.report === undefined)
    throw new Fault('OPTION_INVALID', { option: '--anonymous', value: '', expected: 'of use without --report FILE' })
  const inventory = inventoryOf(options, composition)
  const entry = entryOf(options.host, inventory)
  if (options.report !== undefined) refuseUnwritable(options.report)
  const subjects = subjectsOf(options, inventory, composition)
  const hosts = await composition.hosts(inventory, [entry.name])
  const stop = interrupts(() => undefined)
  let checked: Checked = {
    version: composition.version,
    entry,
    form: 'session',
    welcome: null,
    fault: null,
    asked: [],
    named: [...subjects.devices, ...subjects.disks.flatMap((disk) => Object.values(disk))],
  }
  const tell = teller(options, terminal)
  try {
    const begun = performance.now()
    const session = await hosts.open(entry.name, { run: 'check', owner: 'check', fence: 0, signal: stop.signal })
    checked = { ...checked, welcome: session.welcome, form: session.form === 'one-shot' ? 'one-shot' : 'session' }
    tell.hello(session, entry, Math.round(performance.now() - begun))
    const asked: Asked[] = []
    const role = entry.role === 'jump' ? 'target' : entry.role
    await askAll(session, questionsOf(role, subjects), stop.signal, (one) => {
      asked.push(one)
      checked = { ...checked, asked: [...asked] }
      tell.asked(one)
    })
    await session.close()
    if (stop.signal.aborted) return stopped(terminal)
    tell.sum(checked.asked)
    return exitOf(checked.asked)
  } catch (thrown) {
    if (stop.signal.aborted) return stopped(terminal)
    checked = { ...checked, fault: faultOf(thrown) }
    throw thrown
  } finally {
    stop.dispose()
    await hosts.close()
    if (options.report !== undefined && !stop.signal.aborted)
      write(options.report, checked, inventory, options, composition, terminal)
  }
}

function stopped(terminal: Terminal): ExitCode {
  terminal.err('Stopped. Nothing was changed.')
  return EXIT.interrupted
}

/** What a PVS server is asked for: the vDisks of the workflow, and the devices that the inventory knows. */
function subjectsOf(options: CheckOptions, inventory: Inventory, composition: Composition): Subjects {
  const read = options.inventory === undefined ? {} : { inventory: options.inventory }
  const plans = options.workflow === undefined ? [] : readWorkflow(options.workflow, composition.files, read).plans
  const devices = Object.values(inventory.hosts).flatMap(({ role, device }) =>
    role === 'target' && device !== null ? [device] : [],
  )
  return {
    devices: plans.length === 0 ? devices.slice(0, 1) : [...new Set(plans.map(({ target }) => target.device))],
    disks: plans.map(({ farm, vdisk }) => ({ site: farm.site, store: vdisk.store, name: vdisk.name })),
    since: new Date(composition.farmClock(inventory).now() - WEEK_MS).toISOString(),
  }
}

function teller({ json, quiet }: CheckOptions, terminal: Terminal) {
  const print = (lines: readonly string[]) => {
    for (const line of lines) terminal.out(line)
  }
  return {
    hello(session: Session, entry: HostEntry, milliseconds: number) {
      const { welcome, form = 'session' } = session
      if (json === true) terminal.out(JSON.stringify({ operation: 'hello', result: 'ok', milliseconds, form, welcome }))
      else if (quiet !== true) print(helloLines(entry, welcome, milliseconds, terminal))
    },
    asked(one: Asked) {
      if (json === true) terminal.out(JSON.stringify(one))
      else if (quiet !== true || (one.result !== 'ok' && one.result !== 'left out')) print(askedLines(one, terminal))
    },
    sum(asked: readonly Asked[]) {
      if (json !== true) print([...(quiet === true ? [] : ['']), sumLine(asked)])
    },
  }
}

function exitOf(asked: readonly Asked[]): ExitCode {
  if (asked.some(({ result }) => result === 'lost')) return EXIT.hosts
  return asked.some(({ result }) => result === 'failed' || result === 'invalid') ? EXIT.failed : EXIT.ok
}

function write(
  file: string,
  checked: Checked,
  inventory: Inventory,
  options: CheckOptions,
  composition: Composition,
  terminal: Terminal,
): void {
  const at = new Date(composition.farmClock(null).now()).toISOString()
  const redact = (text: string) => composition.redactor.redact(text)
  try {
    writeFileSync(file, reportText(checked, inventory, { redact, isAnonymous: options.anonymous === true, at }), { flag: 'wx' })
  } catch (thrown) {
    notWritten(file, (thrown as NodeJS.ErrnoException).code ?? String(thrown))
  }
  const names =
    options.anonymous === true ? 'names in it were replaced' : 'it holds names of hosts and users; --anonymous replaces them'
  if (options.json === true) return
  for (const line of hanging('', `The report is in ${file}: no keys, no passwords; ${names}.`, terminal.width)) terminal.err(line)
}

/** Before any host is asked. */
function refuseUnwritable(file: string): void {
  if (existsSync(file)) notWritten(file, 'it is there already')
  try {
    accessSync(dirname(file), constants.W_OK)
  } catch (thrown) {
    notWritten(file, (thrown as NodeJS.ErrnoException).code ?? String(thrown))
  }
}

function notWritten(file: string, why: string): never {
  throw new Fault('FILE_NOT_WRITTEN', { file, why })
}
