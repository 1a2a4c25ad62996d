import type { OperationName, Role } from '../../wire/operations/catalogue.ts'
import type { ActMemory } from '../model/act-memory.ts'
import { freshMemory } from '../model/act-memory.ts'
import type { Device } from '../model/device.ts'
import type { Farm } from '../model/farm.ts'
import type { PvsServer } from '../model/server.ts'
import { windowsRelease } from '../model/windows-releases.ts'
import { deviceActs } from './device-acts.ts'
import { serviceActs } from './service-acts.ts'
import { diskActs, serverHooks, versionActs } from './disk-acts.ts'
import type { Handlers } from './desk.ts'
import { kmsReads } from './kms-reads.ts'
import { createMutex, type Mutex } from './mutex.ts'
import { serverReads } from './server-reads.ts'
import { officeActs, windowsActs } from './target-licensing-acts.ts'
import { machineActs, tokenActs } from './target-machine-acts.ts'
import { targetReads } from './target-reads.ts'

/** What an operation is given besides its arguments. */
export interface Tools {
  readonly run: string
  readonly spend: (ms: number) => Promise<void>
  /** Does what Windows does as a scheduled task: it goes on without the session, until the machine's end. */
  readonly apart: <T>(work: (spend: Tools['spend']) => Promise<T>) => Promise<T>
  readonly hangs: (op: OperationName) => boolean
  /** The act begins: the fence is compared and the receipt written. Throws a refusal. Nothing for what only reads. */
  readonly begin: () => void
}

/** One host that answers agents. */
export interface AgentHost {
  readonly name: string
  readonly role: Role
  readonly farm: Farm
  /** One act at a time, whoever asks. */
  readonly lock: Mutex
  /** Its Windows as it runs now; null while it is off. Compared by identity: another object is another boot. */
  readonly alive: () => object | null
  readonly memory: () => ActMemory | null
  readonly now: () => number
  readonly boot: () => string
  readonly computer: string
  readonly powershell: () => string
  readonly culture: () => string
  /** Work in progress on it, to be stopped when the machine goes down. */
  readonly underWay: Set<AbortController>
  readonly nextPid: () => number
  /** Names of the operations it answers. */
  readonly answers: readonly string[]
  /** Answers one operation with arguments that fit its schema. Throws what the model throws. */
  readonly perform: (op: OperationName, args: unknown, tools: Tools) => Promise<unknown>
}

const targetHandlers = { ...targetReads, ...windowsActs, ...officeActs, ...tokenActs, ...machineActs }
const serverHandlers = { ...serverReads, ...diskActs, ...versionActs, ...deviceActs, ...serviceActs, ...serverHooks }

/** A target device or canary. */
export function targetHost(farm: Farm, device: Device): AgentHost {
  return {
    name: device.name,
    role: 'target',
    farm,
    ...ownProcesses(),
    alive: () => device.running,
    memory: () => device.running?.memory ?? null,
    now: () => farm.time.now() + device.clockOffsetMs,
    boot: () => device.running?.bootGuid ?? '',
    computer: device.computerName,
    powershell: () => (device.running ? windowsRelease(device.running.image.windows).powershell : ''),
    culture: () => device.running?.image.language ?? 'en-US',
    answers: Object.keys(targetHandlers),
    perform(op, args, tools) {
      const { running } = device
      if (running === null) throw new Error(`${device.name} is off`)
      return call(targetHandlers, op, { ...tools, farm, device, running, memory: running.memory }, args)
    },
  }
}

/** A PVS server. */
export function serverHost(farm: Farm, server: PvsServer): AgentHost {
  const perform: AgentHost['perform'] = (op, args, tools) =>
    call(serverHandlers, op, { ...tools, farm, server, memory: server.memory }, args)
  return {
    ...always(farm, server.name, 'pvs', server.memory, server.bootGuid),
    culture: () => server.language,
    answers: Object.keys(serverHandlers),
    perform,
  }
}

/** The KMS host. */
export function kmsHost(farm: Farm): AgentHost {
  const memory = freshMemory()
  const perform: AgentHost['perform'] = (op, args, tools) => call(kmsReads, op, { ...tools, farm, memory }, args)
  return { ...always(farm, farm.kms.name, 'kms', memory, farm.random.guid()), answers: Object.keys(kmsReads), perform }
}

function always(farm: Farm, name: string, role: Role, memory: ActMemory, boot: string) {
  return {
    name,
    role,
    farm,
    ...ownProcesses(),
    alive: () => memory,
    memory: () => memory,
    now: () => farm.time.now(),
    boot: () => boot,
    computer: name,
    powershell: () => '5.1.20348.2849',
    culture: () => 'en-US',
  }
}

function ownProcesses() {
  let pid = 4000
  return { lock: createMutex(), underWay: new Set<AbortController>(), nextPid: () => (pid += 4) }
}

/** Looks an operation up by name. The arguments were checked against the operation's own schema before. */
async function call<D>(handlers: Handlers<D>, op: OperationName, desk: D, args: unknown): Promise<unknown> {
  const handler = handlers[op] as ((desk: D, args: unknown) => unknown) | undefined
  if (handler === undefined) throw new Error(`${op} is not answered here`)
  return await handler(desk, args)
}
