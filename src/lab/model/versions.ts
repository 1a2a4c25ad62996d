import { isOpen, versionOf, type Disk } from './disk.ts'
import { prepareForKms } from './disk-mode.ts'
import { audited, happened, type Farm } from './farm.ts'
import { streaming } from './locks.ts'
import { PvsError } from './pvs-error.ts'
import { mayChange, type PvsServer } from './server.ts'

const MAINTENANCE = 1
const TEST = 7
const PRODUCTION = 0

/** Creates a maintenance version over the highest one. Throws 159 on a Private disk, 160 when one in work exists. Source: pvs.md 4.4. */
export function newMaintenanceVersion(farm: Farm, server: PvsServer, disk: Disk): number {
  mayChange(server)
  if (isOpen(disk)) throw new PvsError(159)
  if (disk.versions.some((one) => one.access !== PRODUCTION && one.access !== 3)) throw new PvsError(160)
  const below = [...disk.versions].sort((a, b) => b.version - a.version)[0]
  const version = (below?.version ?? 0) + 1
  disk.versions.push({
    version,
    access: MAINTENANCE,
    type: 1,
    image: structuredClone(below?.image ?? null),
    description: '',
    createdAt: farm.time.now(),
  })
  happened(farm, server.name, { did: 'version', disk: disk.name, version, act: 'created' })
  audited(farm, 'RunWithReturnCreateMaintenanceVersion', disk.name)
  return version
}

/** Promotes a version. Whether that prepares it for KMS is unproven: world `promotePreps`. May start an automatic merge. Source: pvs.md 2.2, 4.4. */
export function promote(farm: Farm, server: PvsServer, disk: Disk, version: number, to: 'test' | 'production'): void {
  mayChange(server)
  const one = versionOf(disk, version)
  if (!one) throw new PvsError(165)
  if (one.access !== MAINTENANCE && one.access !== TEST) throw new PvsError(163)
  if (streaming(farm, disk).some((device) => device.session?.version === version && device.session.access === 'read-write'))
    throw new PvsError(101)
  if (one.access === MAINTENANCE && farm.world.promotePreps === 'yes' && disk.licenseMode === 2)
    prepareForKms(farm, server.name, disk)
  one.access = to === 'test' ? TEST : PRODUCTION
  happened(farm, server.name, { did: 'version', disk: disk.name, version, act: 'promoted' })
  audited(farm, 'RunPromoteDiskVersion', disk.name)
  if (to === 'production' && farm.settings.automaticMerge && disk.versions.length >= farm.settings.maxVersions)
    merge(farm, server, disk)
}

/** The chain becomes one consolidated version; PVS does this by itself at the end of a promotion. Source: pvs.md 4.4. */
function merge(farm: Farm, server: PvsServer, disk: Disk): void {
  const top = disk.versions[disk.versions.length - 1]
  if (!top) return
  disk.versions.splice(1, disk.versions.length - 1, { ...top, type: 3, access: PRODUCTION })
  happened(farm, server.name, { did: 'version', disk: disk.name, version: top.version, act: 'merged' })
}

/** Deletes the highest version while nothing runs from it. Throws 165, 101. */
export function removeVersion(farm: Farm, server: PvsServer, disk: Disk, version: number): void {
  mayChange(server)
  const at = disk.versions.findIndex((one) => one.version === version && version > 0)
  if (at === -1) throw new PvsError(165)
  if (streaming(farm, disk).some((device) => device.session?.version === version)) throw new PvsError(101)
  disk.versions.splice(at, 1)
  happened(farm, server.name, { did: 'version', disk: disk.name, version, act: 'removed' })
  audited(farm, 'DeleteDiskVersion', disk.name)
}
