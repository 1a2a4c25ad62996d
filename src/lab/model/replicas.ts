import type { Disk, Replica } from './disk.ts'
import { happened, type Farm } from './farm.ts'
import type { PvsServer } from './server.ts'

/** A store's servers hold the files as of now. */
export function freshReplicas(servers: readonly string[], at: number): Replica[] {
  return servers.map((server) => ({
    server,
    state: 0,
    fileTime: at,
    propertiesTime: at,
    staleImage: null,
    oldPvp: false,
    otherBytes: false,
  }))
}

/** After a write through `server`: on a share every server sees it; on local stores the others are out of date until somebody copies. */
export function touchFiles(farm: Farm, disk: Disk, server: string): void {
  const shared = farm.stores.find((one) => one.name === disk.store)?.kind === 'share'
  const now = farm.time.now()
  for (const replica of disk.replicas) {
    if (shared || replica.server === server) Object.assign(replica, { fileTime: now, propertiesTime: now })
    else if (replica.state !== 5 && replica.state !== 1) {
      replica.state = 2
      replica.staleImage ??= structuredClone(disk.versions[0]?.image ?? null)
    }
  }
}

/** Whether every server has the files as they should be, as Get-PvsDiskVersion tells it. Source: pvs.md 4.4. */
export function goodInventory(disk: Disk): boolean {
  return disk.replicas.every((one) => one.state === 0)
}

/** What a script does that copies the files of every vDisk of one server to the others. */
export function copyEverywhere(farm: Farm, { name }: PvsServer): void {
  const here = farm.disks.filter((disk) => disk.replicas.some((one) => one.server === name && one.state === 0))
  for (const disk of here) if (disk.replicas.some(({ state }) => state === 2)) replicate(farm, disk)
}

/** Copies .vhdx and .pvp to every server of a local store, as an operator or a hook does after the seal. */
export function replicate(farm: Farm, disk: Disk): void {
  const now = farm.time.now()
  for (const replica of disk.replicas)
    Object.assign(replica, { state: 0, fileTime: now, propertiesTime: now, staleImage: null, oldPvp: false, otherBytes: false })
  happened(farm, disk.name, { did: 'replicated', disk: disk.name })
}
