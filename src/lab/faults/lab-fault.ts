import type { FaultUse } from '../farm-file/schema.ts'
import type { Device } from '../model/device.ts'
import { versionOf, type Disk } from '../model/disk.ts'
import type { Farm } from '../model/farm.ts'
import type { Image } from '../model/image.ts'
import type { PvsServer } from '../model/server.ts'

/** Who a fault means when it names nobody. */
export interface Cast {
  readonly master: Device
  readonly canaries: readonly Device[]
  readonly production: readonly Device[]
  readonly disk: Disk
  readonly server: PvsServer
}

/** Where a fault is laid. */
export interface FaultSite {
  readonly farm: Farm
  readonly cast: Cast
  readonly use: FaultUse
}

/** One named fault of the domain: what it does to the farm, and what a correct run must say of it. */
export interface LabFault {
  readonly does: string
  /** The code of the fault that a run must end or hold with; null: it must go on and end well. */
  readonly expect: string | null
  /** The preflight check that finds it where it lies from the start: the run then holds with CHECKS_FAILED and names this check. */
  readonly check?: string
  /** Which words of a `faults:` entry it reads. */
  readonly reads: readonly Exclude<keyof FaultUse, 'fault' | 'when'>[]
  readonly lay: (site: FaultSite) => void
}

/** The device a fault names, else the master. Throws for a name that is nobody's. */
export function deviceAt({ farm, cast, use }: FaultSite): Device {
  return use.device === undefined ? cast.master : named(farm.devices, use.device)
}

/** The servers a fault names: one, else all. */
export function serversAt({ farm, use }: FaultSite): readonly PvsServer[] {
  return use.server === undefined ? farm.servers : [named(farm.servers, use.server)]
}

/** The disk a fault names, else the master's. */
export function diskAt({ farm, cast, use }: FaultSite): Disk {
  return use.disk === undefined ? cast.disk : named(farm.disks, use.disk)
}

/** The image on the disk a fault names. */
export function imageAt(site: FaultSite): Image {
  const image = versionOf(diskAt(site), 0)?.image
  if (!image) throw new Error('the disk holds no image')
  return image
}

function named<T extends { readonly name: string }>(list: readonly T[], name: string): T {
  const found = list.find((one) => one.name === name)
  if (!found) throw new Error(`there is no ${name}: there is ${list.map((one) => one.name).join(', ')}`)
  return found
}
