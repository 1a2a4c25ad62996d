import type { Disk } from './disk.ts'
import { happened, type Farm } from './farm.ts'
import { diskOf, streaming } from './locks.ts'
import { PvsError } from './pvs-error.ts'
import { driverWorks, lacksPrivilege, mayChange, type PvsServer } from './server.ts'

/** Mounts a disk on a server, as the console does: needs the driver, a free slot and an unlocked disk, not the right of the service account.
 *  Throws 22, 84, 85 (slot taken; which code PVS gives then is unproven), 96, 101, 199. Source: pvs.md 4.5, 4.7; article. */
export function mount(farm: Farm, server: PvsServer, disk: Disk): void {
  mayChange(server)
  if (disk.mappedOn !== null) throw new PvsError(199)
  if (streaming(farm, disk).length > 0) throw new PvsError(101)
  const lock = disk.locks[0]
  if (lock) throw new PvsError(96, `Management Interface: vDisk has ${lock.exclusive ? 'exclusive' : 'shared'} lock.`)
  if (server.mounted !== null) throw new PvsError(85)
  if (!driverWorks(server)) throw new PvsError(84)
  server.mounted = disk.guid
  disk.mappedOn = server.name
  happened(farm, server.name, { did: 'mount', disk: disk.name })
}

/** Mounts as the service does for KMS preparation: also needs the right, else 209. Source: pvs.md 2, 7. */
export function mountAsService(farm: Farm, server: PvsServer, disk: Disk): void {
  if (driverWorks(server) && lacksPrivilege(server) !== undefined) throw new PvsError(209)
  mount(farm, server, disk)
}

/** Dismounts what is mounted. Throws 17 when nothing is, 88 where something holds the disk open: it stays mounted. Source: pvs.md 4.5, 4.7. */
export function letGo(farm: Farm, server: PvsServer): void {
  mayChange(server)
  if (server.mounted === null) throw new PvsError(17)
  if (farm.mischief.stuckMount.delete(server.name)) throw new PvsError(88)
  dismount(farm, server)
}

/** Dismounts whatever is mounted on a server; 17 when nothing is. */
export function dismount(farm: Farm, server: PvsServer): void {
  if (server.mounted === null) throw new PvsError(17)
  const disk = diskOf(farm, server.mounted)
  server.mounted = null
  if (disk) disk.mappedOn = null
  happened(farm, server.name, { did: 'dismount', disk: disk?.name ?? 'unknown' })
}
