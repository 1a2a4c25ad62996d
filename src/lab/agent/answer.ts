import type { HostError, Reply, Request } from '../../wire/messages.ts'
import { operations, type OperationName } from '../../wire/operations/catalogue.ts'
import type { ActRow } from '../model/act-memory.ts'
import { powerOff } from '../model/power.ts'
import type { AgentHost } from './agent-host.ts'
import { AgentRefusal, hostErrorOf, Silence } from './host-errors.ts'
import { scalarsOf } from './scalars.ts'
import { spendTime } from './spend.ts'

/** What a request needs to know of the session it came through. */
export interface Caller {
  readonly run: string
  readonly pid: number
  /** Aborts when the session's process is killed. */
  readonly killed: AbortSignal
  /** Whether the session's process still runs apart from the act itself. */
  readonly open: () => boolean
}

/** How many receipts a host keeps. */
const KEPT = 100

/** How long a second writer waits for the lock, at most, in real milliseconds. */
const LONGEST_QUEUE = 30_000

/** Answers one request; null when nobody is left to answer (machine down, process killed). An act whose effect has an ended receipt acts
 *  again: not to ask for it is the caller's business, and the ledger shows it. */
export async function answer(host: AgentHost, caller: Caller, request: Request): Promise<Reply | null> {
  const { id } = request
  try {
    const op = operationHere(host, request)
    const args = checkedArgs(op, request.args)
    const facts = operations[op].writes ? await act(host, caller, request, op, args) : await perform(host, caller, op, args)
    return { type: 'reply', id, ok: true, facts, log: [] }
  } catch (thrown) {
    if (thrown instanceof Silence) return null
    const error: HostError = hostErrorOf(thrown, host.culture())
    return { type: 'reply', id, ok: false, error, log: [] }
  }
}

function operationHere(host: AgentHost, { op }: Request): OperationName {
  if (!host.answers.includes(op)) throw new AgentRefusal('missing', `${op} is no operation of a ${host.role} host`)
  return op as OperationName
}

function checkedArgs(op: OperationName, args: unknown): unknown {
  const read = operations[op].args.safeParse(args)
  if (!read.success)
    throw new AgentRefusal('arguments', read.error.issues.map((one) => `${one.path.join('.')}: ${one.message}`).join('; '))
  return read.data
}

/** One act: under the machine's lock it looks, then the fence is compared, the receipt written, the act done, the receipt completed. What
 *  goes wrong before the act begins leaves no receipt. */
async function act(host: AgentHost, caller: Caller, request: Request, op: OperationName, args: unknown): Promise<unknown> {
  const { effect, fence, deadlineMs } = request
  if (effect === null || fence < 1) throw new AgentRefusal('arguments', `${op} changes the host: it needs an effect and a fence`)
  const before = host.alive()
  const release = await host.lock.take(Math.min(deadlineMs, LONGEST_QUEUE))
  if (release === null)
    throw new AgentRefusal('busy', `another act is under way on this host and did not end within ${LONGEST_QUEUE} ms`)
  try {
    host.farm.time.settle()
    const memory = host.memory()
    if (caller.killed.aborted || memory === null || host.alive() !== before) throw new Silence()
    const rows: ActRow[] = []
    const begin = () => {
      const accepted = memory.fences.get(caller.run) ?? 0
      if (fence < accepted) throw new AgentRefusal('fenced', `fence ${fence} is older than ${accepted}`)
      memory.fences.set(caller.run, fence)
      const head = { effect, op, fence, pid: caller.pid, started: host.now() }
      const row: ActRow = { ...head, ended: null, alive: true, error: null, result: null }
      rows.push(row)
      memory.acts.push(row)
      forgetOldest(memory.acts)
    }
    return await recorded(host, caller, rows, (tasks) => perform(host, caller, op, args, { begin, tasks }))
  } finally {
    release()
  }
}

/** A host keeps the last hundred receipts, and older ones only while they have no end. */
function forgetOldest(acts: ActRow[]): void {
  const kept = acts.filter((one, at) => at >= acts.length - KEPT || one.ended === null)
  acts.splice(0, acts.length, ...kept)
}

async function recorded(
  host: AgentHost,
  caller: Caller,
  rows: readonly ActRow[],
  work: (tasks: Promise<unknown>[]) => Promise<unknown>,
): Promise<unknown> {
  const tasks: Promise<unknown>[] = []
  try {
    const facts = await work(tasks)
    for (const row of rows) Object.assign(row, { ended: host.now(), result: scalarsOf(facts) })
    return facts
  } catch (thrown) {
    const error = hostErrorOf(thrown, host.culture()).message
    for (const row of rows) Object.assign(row, thrown instanceof Silence ? { alive: false } : { ended: host.now(), error })
    throw thrown
  } finally {
    for (const row of rows) row.alive &&= caller.open()
    if (tasks.length > 0) outlive(rows, tasks)
  }
}

/** A receipt without end says that it lives as long as its scheduled task runs. */
function outlive(rows: readonly ActRow[], tasks: readonly Promise<unknown>[]): void {
  const open = rows.filter(({ ended }) => ended === null)
  for (const row of open) row.alive = true
  void Promise.allSettled(tasks).then(() => {
    for (const row of open) row.alive = false
  })
}

async function perform(
  host: AgentHost,
  caller: Caller,
  op: OperationName,
  args: unknown,
  act: { readonly begin: () => void; readonly tasks: Promise<unknown>[] } = { begin: () => undefined, tasks: [] },
): Promise<unknown> {
  const { farm } = host
  farm.time.settle()
  const alive = host.alive()
  if (alive === null) throw new Silence()
  const down = new AbortController()
  const stop = AbortSignal.any([caller.killed, down.signal])
  const spend = (ms: number) => spendTime(host, alive, stop, ms)
  host.underWay.add(down)
  try {
    const facts = await host.perform(op, args, {
      run: caller.run,
      spend,
      apart(work) {
        const going = work((ms) => spendTime(host, alive, down.signal, ms))
        act.tasks.push(going)
        return Promise.race([going, silenceOf(caller.killed)])
      },
      begin: act.begin,
      hangs: (name) => farm.mischief.hung.delete(name),
    })
    rebootLater(host, op)
    return facts
  } finally {
    host.underWay.delete(down)
  }
}

/** Rejects with Silence when the process is killed. */
function silenceOf(killed: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    killed.addEventListener('abort', () => reject(new Silence()), { once: true })
  })
}

/** Stops everything in progress on a host that goes down. */
export function powerLost(host: AgentHost): void {
  for (const work of host.underWay) work.abort()
}

/** The fault "reboot inside the window": somebody restarts the machine a while after this operation. */
export function rebootLater({ farm, name }: AgentHost, op: OperationName): void {
  const device = farm.devices.find((one) => one.name === name)
  const plan = farm.mischief.rebootAfter.find((one) => one.device === name && one.op === op && one.left > 0)
  if (!device || !plan) return
  plan.left -= 1
  farm.time.after(plan.ms, () => powerOff(farm, device, true))
}
