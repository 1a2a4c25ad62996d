import { diskAt, imageAt, type FaultSite, type LabFault } from './lab-fault.ts'

/** Faults of the copies that the servers of a store hold. */
export const replicaFaults = {
  'stale-replica': {
    does: 'the last server holds old files of the disk',
    expect: 'REPLICA_STALE',
    check: 'disk.replicas',
    reads: ['disk', 'server'],
    lay: (site) => {
      const { replicas } = diskAt(site)
      const replica = site.use.server === undefined ? replicas.at(-1) : replicas.find((one) => one.server === site.use.server)
      Object.assign(replica ?? {}, { state: 2, staleImage: structuredClone(imageAt(site)) })
    },
  },
  'pvp-left-behind': {
    does: 'of a store of local folders, the last server holds the .pvp of another day, and the inventory has not noticed',
    expect: 'REPLICA_STALE',
    check: 'disk.files',
    reads: ['disk'],
    lay: (site) => void Object.assign(lastLocalCopy(site), { oldPvp: true }),
  },
  'replica-damaged': {
    does: 'of a store of local folders, the last server holds a copy whose last quarter was damaged on its way; size and time agree',
    expect: 'REPLICA_STALE',
    reads: ['disk'],
    lay: (site) => void Object.assign(lastLocalCopy(site), { otherBytes: true }),
  },
} as const satisfies Record<string, LabFault>

function lastLocalCopy(site: FaultSite): object {
  const { store, replicas } = diskAt(site)
  Object.assign(site.farm.stores.find(({ name }) => name === store) ?? {}, { kind: 'local' })
  return replicas.at(-1) ?? {}
}
