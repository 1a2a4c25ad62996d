import type { ActMemory } from './act-memory.ts'
import { PvsError } from './pvs-error.ts'

/** One of the two services that carry PVS, with the right its account needs to mount vDisks. Source: pvs.md 6.1, 7. */
export interface ServerService {
  readonly name: 'StreamService' | 'soapserver'
  state: 'running' | 'stopped' | 'absent'
  startMode: 'auto' | 'manual' | 'disabled'
  /** How it last ended: 0 as asked, 1067 by itself. */
  exitCode: number
  account: string
  accountKind: 'built-in' | 'local' | 'domain' | 'group-managed'
  sid: string
  pid: number
  /** The token of the running process, which a grant does not reach until the service restarts. */
  tokenHolds: boolean
  policyGrants: boolean
  /** The SID that policy gives the right to, where it reaches this account: its own, or that of a group it is in. */
  grantedTo: string
  /** Whether Windows lets a session look into the token of its process. */
  tokenReadable: boolean
  /** Whether the domain tells the groups of its account. */
  groupsKnown: boolean
}

/** A driver service of the vDisk stack. Source: pvs.md 6.2. */
export interface ServerDriver {
  readonly name: 'CVhdMp' | 'CvhdBusP6' | 'cfsdep2'
  present: boolean
  startMode: 'boot' | 'system' | 'auto' | 'manual' | 'disabled' | null
  running: boolean
  fileVersion: string | null
  /** What the device manager says of its device; 22 is a disabled one. */
  problem: number
}

/** A PVS server. It has one mount slot. Source: pvs.md 4.5. */
export interface PvsServer {
  readonly id: string
  readonly name: string
  readonly services: ServerService[]
  readonly drivers: ServerDriver[]
  mounted: string | null
  pendingReboot: string[]
  /** Language of its Windows. */
  language: string
  /** Of the account that the session logs in with. */
  role: number
  /** Whether the local security authority lets a session ask who holds a right. */
  lsaAnswers: boolean
  /** The group policy object that sets the right; null: the local policy does. */
  rightPolicy: string | null
  readonly memory: ActMemory
  readonly bootGuid: string
}

/** A service comes up: its new process holds what policy gives its account. */
export function startService(service: ServerService): void {
  Object.assign(service, { state: 'running', exitCode: 0, tokenHolds: service.policyGrants })
}

/** The vDisk bus driver works: one of its two generations is there, not disabled. */
export function driverWorks(server: PvsServer): boolean {
  return server.drivers.some((one) => one.name !== 'cfsdep2' && one.present && one.startMode !== 'disabled' && one.running)
}

/** What the device manager says of a driver's device. */
export function problemOf({ present, startMode, problem }: ServerDriver): number {
  if (!present) return 0
  return startMode === 'disabled' ? 22 : problem
}

/** The first service whose running process lacks the right to mount. Which of the two mounts is unproven, so both are needed. Source: pvs.md 2. */
export function lacksPrivilege(server: PvsServer): ServerService | undefined {
  return server.services.find((one) => !one.tokenHolds)
}

/** The PVS role that may look at everything and change nothing. Source: pvs.md 4.7 (22). */
const READ_ONLY = 999

/** Refuses a change by an account that may only look. Throws 22. */
export function mayChange(server: PvsServer): void {
  if (server.role === READ_ONLY) throw new PvsError(22)
}
