import type { Image } from './image.ts'

/** Who holds a vDisk. An exclusive one writes. Source: pvs.md 4.2. */
export interface Lock {
  readonly exclusive: boolean
  readonly ownerKind: 'device' | 'server'
  readonly ownerId: string
  readonly ownerName: string
  /** The version whose file is locked: each has a lock file of its own. Source: pvs.md 6.4. */
  readonly version: number
}

/** A version of a vDisk; version 0 is the base. Access and Type as PVS counts them. Source: pvs.md 4.4. */
export interface DiskVersion {
  readonly version: number
  access: number
  type: number
  image: Image | null
  description: string
  readonly createdAt: number
}

/** How one server holds the files. `state` as Get-PvsDiskInventory says it. Source: pvs.md 4.6. */
export interface Replica {
  readonly server: string
  state: 0 | 1 | 2 | 3 | 4 | 5
  fileTime: number
  propertiesTime: number
  /** The image as it lies on this server, where it is not the current one. */
  staleImage: Image | null
  /** Its .pvp is of another day, and the inventory has not noticed. */
  oldPvp: boolean
  /** The end of its vDisk files holds other bytes than the copies elsewhere; size and time agree. */
  otherBytes: boolean
}

/** A vDisk with its locator. */
export interface Disk {
  readonly guid: string
  readonly name: string
  readonly site: string
  readonly store: string
  readonly sizeMiB: number
  readonly vhdx: boolean
  writeCacheType: number
  writeCacheSizeMiB: number
  licenseMode: 0 | 1 | 2
  longDescription: string
  enabled: boolean
  serverName: string | null
  autoUpdate: boolean
  temporaryVersionSet: boolean
  mappedOn: string | null
  readonly locks: Lock[]
  readonly versions: DiskVersion[]
  readonly replicas: Replica[]
}

/** Read/write for one device; everything else is Standard. Source: pvs.md 4.1. */
export function isOpen(disk: Disk): boolean {
  return disk.writeCacheType === 0 || disk.writeCacheType === 10
}

/** The version with this number. */
export function versionOf(disk: Disk, version: number): DiskVersion | undefined {
  return disk.versions.find((one) => one.version === version)
}

/** The file of a version as the target sees its name. Source: pvs.md 6.3, 6.4. */
export function fileOf(disk: Disk, version: number): string {
  const base = disk.vhdx ? 'vhdx' : 'vhd'
  return version === 0 ? `${disk.name}.${base}` : `${disk.name}.${version}.a${base}`
}
