import type { Disk as DiskFact, DiskState } from '../../wire/operations/farm-state.ts'
import { auditOf } from '../model/audit.ts'
import type { Disk } from '../model/disk.ts'
import type { Farm } from '../model/farm.ts'
import { disksAt, streaming } from '../model/locks.ts'
import { PvsError } from '../model/pvs-error.ts'
import { goodInventory } from '../model/replicas.ts'
import { storeAt } from '../model/store.ts'
import { actReport, iso } from './act-report.ts'
import type { ServerDesk } from './desk.ts'

const HOUR = 3_600_000
const NO_STORE = 'there is no such store'

/** A disk with everything that decides about it; without `disk` unless exactly one is wanted. */
export function diskFacts(desk: ServerDesk, wanted: (disk: Disk) => boolean): DiskState {
  return factsOf(desk, desk.farm.disks.filter(wanted), { unknown: NO_STORE })
}

/** The same by site, store and name; without a disk it tells the store that was asked for. */
export function diskFactsAt(desk: ServerDesk, address: { site: string; store: string; name: string }): DiskState {
  const { farm } = desk
  try {
    const { name } = storeAt(farm, address.site, address.store)
    return factsOf(desk, disksAt(farm, address), store(farm, name))
  } catch (thrown) {
    if (!(thrown instanceof PvsError)) throw thrown
    return factsOf(desk, [], { unknown: thrown.returnCode === 93 ? NO_STORE : thrown.message })
  }
}

function factsOf(desk: ServerDesk, found: readonly Disk[], elsewhere: DiskState['store']): DiskState {
  const { farm } = desk
  const disk = found.length === 1 ? found[0] : undefined
  const head = { at: iso(farm.time.now()), act: actReport(desk.memory, desk.run), found: found.length }
  if (!disk) {
    const nothing = { locks: [], versions: [], inventory: [], assignments: [], recentChanges: [] }
    return { ...head, ...nothing, store: elsewhere }
  }
  return {
    ...head,
    disk: record(farm, disk),
    locks: locks(disk),
    versions: versions(farm, disk),
    inventory: inventory(disk),
    assignments: assignments(farm, disk),
    store: store(farm, disk.store),
    recentChanges: recentChanges(farm, disk),
  }
}

function record(farm: Farm, disk: Disk): DiskFact {
  const devices = streaming(farm, disk)
  const { guid, name, writeCacheType, writeCacheSizeMiB, licenseMode, sizeMiB, vhdx, longDescription, enabled } = disk
  return {
    ...{ guid, name, writeCacheType, writeCacheSizeMiB, licenseMode, sizeMiB, vhdx, longDescription, enabled },
    serverName: disk.serverName,
    active: devices.length > 0,
    mapped: disk.mappedOn !== null,
    deviceCount: devices.length,
    temporaryVersionSet: disk.temporaryVersionSet,
    autoUpdate: disk.autoUpdate,
  }
}

function locks(disk: Disk): DiskState['locks'] {
  return disk.locks.map(({ exclusive, ownerKind, ownerId, ownerName }) => ({
    exclusive,
    readOnly: false,
    ownerKind,
    ownerId,
    ownerName,
  }))
}

/** The base is a version record too, with number 0. Source: pvs.md 4.4 (Type 0 Base). */
function versions(farm: Farm, disk: Disk): DiskState['versions'] {
  return disk.versions.map(({ version, access, type, description, createdAt }) => ({
    ...{ version, access, type, description },
    isPending: false,
    deviceCount: streaming(farm, disk).filter((one) => one.session?.version === version).length,
    goodInventory: goodInventory(disk),
    createdAt: iso(createdAt),
  }))
}

function inventory(disk: Disk): DiskState['inventory'] {
  const version = Math.max(...disk.versions.map((one) => one.version))
  return disk.replicas.map(({ server, state, fileTime, propertiesTime }) => {
    const times = state === 5 ? [null, null] : [iso(fileTime), iso(propertiesTime)]
    return { server, state, version, fileTime: times[0] ?? null, propertiesTime: times[1] ?? null }
  })
}

function assignments(farm: Farm, disk: Disk): DiskState['assignments'] {
  return farm.devices.flatMap((device) =>
    device.disks
      .filter((one) => one.guid === disk.guid)
      .map(({ enabled }) => ({
        deviceId: device.id,
        device: device.name,
        enabled,
        active: device.active && device.session?.guid === disk.guid,
        type: device.type,
      })),
  )
}

function store(farm: Farm, name: string): DiskState['store'] {
  const found = farm.stores.find((one) => one.name === name)
  return found ? { pathKind: found.kind, freeMiB: found.freeMiB, servers: [...found.servers] } : { unknown: NO_STORE }
}

function recentChanges(farm: Farm, disk: Disk): DiskState['recentChanges'] {
  if (!farm.settings.auditing) return { unknown: 'auditing is off in this farm' }
  return auditOf(farm, disk, farm.time.now() - HOUR).map((one) => ({ ...one, at: iso(one.at) }))
}
