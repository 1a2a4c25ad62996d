import type { Disk } from './disk.ts'
import { audited, happened, type Farm } from './farm.ts'
import { dropLock } from './locks.ts'
import { PvsError } from './pvs-error.ts'
import { freshReplicas, touchFiles } from './replicas.ts'
import { storeAt } from './store.ts'
import { mayChange, type PvsServer } from './server.ts'

/** An empty vDisk with its locator. Throws 93 and 49 for a store and a site that are none, 47 for a store of another site, 90 for a name
 *  that is taken, 60 without room. Source: pvs.md 4.1, 4.7. */
export function createDisk(
  farm: Farm,
  server: PvsServer,
  wish: {
    site: string
    store: string
    name: string
    sizeMiB: number
    vhdx: boolean
    dynamic: boolean
    serverName: string | null
  },
): Disk {
  mayChange(server)
  const store = storeAt(farm, wish.site, wish.store)
  if (farm.disks.some((one) => one.name === wish.name && one.store === store.name)) {
    throw new PvsError(90, null, [wish.name, store.site])
  }
  const takes = wish.dynamic ? 10 : wish.sizeMiB
  if (takes > store.freeMiB) throw new PvsError(60, null, [wish.name])
  store.freeMiB -= takes
  const now = farm.time.now()
  const disk: Disk = {
    guid: farm.random.guid(),
    name: wish.name,
    site: store.site,
    store: store.name,
    sizeMiB: wish.sizeMiB,
    vhdx: wish.vhdx,
    writeCacheType: 0,
    writeCacheSizeMiB: 0,
    licenseMode: 0,
    longDescription: '',
    enabled: true,
    serverName: wish.serverName,
    autoUpdate: false,
    temporaryVersionSet: false,
    mappedOn: null,
    locks: [],
    versions: [{ version: 0, access: 0, type: 0, image: null, description: '', createdAt: now }],
    replicas: freshReplicas(store.servers, now).map((one) =>
      store.kind === 'share' || one.server === server.name ? one : { ...one, state: 1 as const },
    ),
  }
  farm.disks.push(disk)
  happened(farm, server.name, { did: 'disk-created', disk: disk.name })
  return disk
}

/** Removes the lock of one owner, whether it is active or not: PVS does not ask. Throws 110 when that owner holds none. Source: pvs.md 4.2. */
export function breakLock(farm: Farm, server: PvsServer, disk: Disk, ownerId: string): void {
  mayChange(server)
  const lock = dropLock(disk, ownerId)
  if (!lock) throw new PvsError(110)
  const ownerActive = farm.devices.some((one) => one.id === ownerId && one.active)
  happened(farm, server.name, { did: 'lock-broken', disk: disk.name, owner: lock.ownerName, ownerActive })
  audited(farm, 'RunUnlockDisk', disk.name)
}

/** Lets one server alone serve the disk, or all of the store again. Throws 45 for a server that is none. */
export function pinDisk(farm: Farm, server: PvsServer, disk: Disk, to: string | null): void {
  mayChange(server)
  if (to !== null && !farm.servers.some((one) => one.name === to)) throw new PvsError(45)
  if (disk.serverName === to) return
  disk.serverName = to
  happened(farm, server.name, { did: 'disk-server', disk: disk.name, to })
  audited(farm, 'SetDiskLocator', disk.name)
}

/** Writes LongDescription; a cut at 399 characters is not silent: 180. Source: pvs.md 4.1. */
export function describeDisk(farm: Farm, server: PvsServer, disk: Disk, text: string): void {
  mayChange(server)
  if (text.length > 399) throw new PvsError(180, null, ['longDescription', 0, 399])
  if (disk.longDescription === text) return
  disk.longDescription = text
  happened(farm, server.name, { did: 'seal-record', disk: disk.name })
  audited(farm, 'SetDisk', disk.name)
  touchFiles(farm, disk, server.name)
}
