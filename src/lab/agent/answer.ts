import type { HostError, Reply, Request } from '../../wire/messages.ts'
import { operations, type OperationName } from '../../wire/operations/catalogue.ts'
import type { ActRow } from '../model/act-memory.ts'
import { powerOff } from '../model/power.ts'
import type { AgentHost } from './agent-host.ts'
import { AgentRefusal, hostErrorOf, Silence } from './host-errors.ts'
import { scalarsOf } from './scalars.ts'

/** What a request needs to know of the session it came through. */
export interface Caller {
  readonly run: string
  readonly pid: number
  /** Aborts when the session's process is killed. */
  readonly killed: AbortSignal
  /** Whether the session's process still runs apart from the act itself. */
  readonly open: () => boolean
}

/** How long a second writer waits for the lock, at most, in real milliseconds. */
const LONGEST_QUEUE = 60_000

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
    const error: HostError = hostErrorOf(thrown)
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

/** One act: under the machine's lock the fence is compared, the receipt written, the act done, the receipt completed. */
async function act(host: AgentHost, caller: Caller, request: Request, op: OperationName, args: unknown): Promise<unknown> {
  if (request.effect === null || request.fence < 1)
    throw new AgentRefusal('arguments', `${op} changes the host: it needs an effect and a fence`)
  const before = host.alive()
  const release = await host.lock.take(Math.min(request.deadlineMs, LONGEST_QUEUE))
  if (release === null) throw new AgentRefusal('busy', 'another act is under way on this host')
  try {
    host.farm.time.settle()
    const memory = host.memory()
    if (caller.killed.aborted || memory === null || host.alive() !== before) throw new Silence()
    const accepted = memory.fences.get(caller.run) ?? 0
    if (request.fence < accepted) throw new AgentRefusal('fenced', `fence ${request.fence} is older than ${accepted}`)
    memory.fences.set(caller.run, request.fence)
    const row: ActRow = {
      effect: request.effect,
      op,
      fence: request.fence,
      pid: caller.pid,
      started: host.now(),
      ended: null,
      alive: true,
      error: null,
      result: null,
    }
    memory.acts.push(row)
    return await recorded(host, caller, row, () => perform(host, caller, op, args))
  } finally {
    release()
  }
}

async function recorded(host: AgentHost, caller: Caller, row: ActRow, work: () => Promise<unknown>): Promise<unknown> {
  try {
    const facts = await work()
    Object.assign(row, { ended: host.now(), result: scalarsOf(facts) })
    return facts
  } catch (thrown) {
    if (thrown instanceof Silence) row.alive = false
    else Object.assign(row, { ended: host.now(), error: thrown instanceof Error ? thrown.message : String(thrown) })
    throw thrown
  } finally {
    row.alive &&= caller.open()
  }
}

async function perform(host: AgentHost, caller: Caller, op: OperationName, args: unknown): Promise<unknown> {
  const { farm } = host
  farm.time.settle()
  const alive = host.alive()
  if (alive === null) throw new Silence()
  const down = new AbortController()
  const stop = AbortSignal.any([caller.killed, down.signal])
  const factor = farm.mischief.slow.get(host.name) ?? 1
  const spend = async (ms: number) => {
    await farm.clock.wait(farm.time.now() + ms * factor, stop).catch(() => undefined)
    farm.time.settle()
    if (stop.aborted || host.alive() !== alive) throw new Silence()
  }
  host.underWay.add(down)
  try {
    const facts = await host.perform(op, args, { run: caller.run, spend, hangs: (name) => farm.mischief.hung.delete(name) })
    rebootLater(host, op)
    return facts
  } finally {
    host.underWay.delete(down)
  }
}

/** Stops everything in progress on a host that goes down. */
export function powerLost(host: AgentHost): void {
  for (const work of host.underWay) work.abort()
}

/** The fault "reboot inside the window": somebody restarts the machine a while after this operation. */
function rebootLater({ farm, name }: AgentHost, op: OperationName): void {
  const device = farm.devices.find((one) => one.name === name)
  const plan = farm.mischief.rebootAfter.find((one) => one.device === name && one.op === op && one.left > 0)
  if (!device || !plan) return
  plan.left -= 1
  farm.time.after(plan.ms, () => powerOff(farm, device, true))
}
