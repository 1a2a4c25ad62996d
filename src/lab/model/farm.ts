import type { FarmClock } from '../clock.ts'
import type { Random } from '../random.ts'
import type { Device } from './device.ts'
import type { Disk } from './disk.ts'
import type { KmsHost } from './kms-host.ts'
import type { Ledger, Happening } from './ledger.ts'
import { createLedger } from './ledger.ts'
import type { Mischief } from './mischief.ts'
import { noMischief } from './mischief.ts'
import type { PvsServer } from './server.ts'
import type { Store } from './store.ts'
import type { FarmTask } from './tasks.ts'
import type { Timeline } from './timeline.ts'
import { createTimeline } from './timeline.ts'
import type { World } from './worlds.ts'

/** One change that the farm's audit trail shows. */
export interface AuditEntry {
  readonly at: number
  readonly by: string
  readonly action: string
  readonly object: string
}

/** The whole simulated farm: plain state, changed only by the functions of this folder. */
export interface Farm {
  readonly name: string
  readonly domain: string
  readonly account: string
  readonly clock: FarmClock
  readonly time: Timeline
  readonly random: Random
  readonly world: World
  readonly ledger: Ledger
  readonly mischief: Mischief
  readonly kms: KmsHost
  readonly stores: Store[]
  readonly servers: PvsServer[]
  readonly disks: Disk[]
  readonly devices: Device[]
  readonly tasks: FarmTask[]
  readonly audit: AuditEntry[]
  readonly settings: { auditing: boolean; maxVersions: number; automaticMerge: boolean; version: string }
  /** Called when Windows on a device begins to answer, and when it stops. */
  readonly onPower: ((device: Device, up: boolean) => void)[]
}

/** An empty farm. */
export function createFarm(given: {
  name: string
  domain: string
  clock: FarmClock
  random: Random
  world: World
  kms: KmsHost
}): Farm {
  return {
    ...given,
    account: `${given.domain.toUpperCase()}\\vdp-admin`,
    time: createTimeline(given.clock),
    ledger: createLedger(),
    mischief: noMischief(),
    stores: [],
    servers: [],
    disks: [],
    devices: [],
    tasks: [],
    audit: [],
    settings: { auditing: true, maxVersions: 5, automaticMerge: true, version: '7.41.0.5' },
    onPower: [],
  }
}

/** Writes into the ledger at the present moment; returns the position. */
export function happened(farm: Farm, machine: string, happening: Happening): number {
  return farm.ledger.write(farm.time.now(), machine, happening)
}

/** Leaves an entry in the farm's audit trail. */
export function audited(farm: Farm, action: string, object: string, by = farm.account): void {
  if (farm.settings.auditing) farm.audit.push({ at: farm.time.now(), by, action, object })
}
