import type { ActMemory } from './act-memory.ts'

/** One of the two services that carry PVS, with the right its account needs to mount vDisks. Source: pvs.md 6.1, 7. */
export interface ServerService {
  readonly name: 'StreamService' | 'soapserver'
  state: 'running' | 'stopped'
  account: string
  accountKind: 'built-in' | 'local' | 'domain' | 'group-managed'
  /** The token of the running process, which a grant does not reach until the service restarts. */
  tokenHolds: boolean
  policyGrants: boolean
}

/** A driver service of the vDisk stack. Source: pvs.md 6.2. */
export interface ServerDriver {
  readonly name: 'CVhdMp' | 'CvhdBusP6' | 'cfsdep2'
  present: boolean
  startMode: 'boot' | 'system' | 'auto' | 'manual' | 'disabled' | null
  running: boolean
}

/** A PVS server. It has one mount slot. Source: pvs.md 4.5. */
export interface PvsServer {
  readonly id: string
  readonly name: string
  readonly services: ServerService[]
  readonly drivers: ServerDriver[]
  mounted: string | null
  pendingReboot: string[]
  role: number
  readonly memory: ActMemory
  readonly bootGuid: string
}

/** The vDisk bus driver works: one of its two generations is there, not disabled. */
export function driverWorks(server: PvsServer): boolean {
  return server.drivers.some((one) => one.name !== 'cfsdep2' && one.present && one.startMode !== 'disabled' && one.running)
}

/** The first service whose running process lacks the right to mount. Which of the two mounts is unproven, so both are needed. Source: pvs.md 2. */
export function lacksPrivilege(server: PvsServer): ServerService | undefined {
  return server.services.find((one) => !one.tokenHolds)
}
