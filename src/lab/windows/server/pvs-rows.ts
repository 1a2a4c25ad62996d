import type { Device } from '../../model/device.ts'
import { fileOf, versionOf, type Disk, type DiskVersion, type Lock } from '../../model/disk.ts'
import type { Farm } from '../../model/farm.ts'
import { diskOf, streaming } from '../../model/locks.ts'
import { makActivated } from '../../model/mak.ts'
import { goodInventory } from '../../model/replicas.ts'
import { idOf, NEVER, NOBODY, serverId, type PvsRow } from './pvs-call.ts'

const MIB = 1024 * 1024

/** A disk's own record. */
export function diskRow(disk: Disk): PvsRow {
  const { guid, writeCacheType, writeCacheSizeMiB, licenseMode, longDescription, autoUpdate, vhdx, sizeMiB } = disk
  return {
    Guid: guid,
    WriteCacheType: writeCacheType,
    WriteCacheSize: writeCacheSizeMiB,
    LicenseMode: licenseMode,
    LongDescription: longDescription,
    AutoUpdateEnabled: autoUpdate,
    VHDX: vhdx,
    DiskSize: sizeMiB * MIB,
  }
}

/** Where a disk lies and who serves it. */
export function locatorRow(farm: Farm, disk: Disk): PvsRow {
  const { guid, name, enabled, serverName, mappedOn, site, store, temporaryVersionSet } = disk
  return {
    Guid: guid,
    Name: name,
    Enabled: enabled,
    ServerId: serverId(farm, serverName),
    ServerName: serverName ?? '',
    Active: streaming(farm, disk).length > 0,
    Mapped: mappedOn !== null,
    SiteId: idOf('site', site),
    SiteName: site,
    StoreId: idOf('store', store),
    StoreName: store,
    TemporaryVersionSet: temporaryVersionSet,
  }
}

/** Record and locator together, with who streams it. */
export function infoRow(farm: Farm, disk: Disk): PvsRow {
  const locks = disk.locks.length > 0
  return { ...diskRow(disk), ...locatorRow(farm, disk), DeviceCount: streaming(farm, disk).length, Locked: locks }
}

/** The locator of a disk assigned to a device; none where the disk is gone. */
export function assignedRow(farm: Farm, { guid, enabled }: Device['disks'][number]): PvsRow[] {
  const disk = diskOf(farm, guid)
  return disk ? [{ ...locatorRow(farm, disk), EnabledForDevice: enabled }] : []
}

/** One lock with its holder. Source: pvs.md 4.2. */
export function lockRow({ exclusive, ownerKind, ownerId, ownerName }: Lock): PvsRow {
  const device = ownerKind === 'device'
  return {
    Exclusive: exclusive,
    ReadOnly: false,
    DeviceId: device ? ownerId : NOBODY,
    DeviceName: device ? ownerName : '',
    ServerId: device ? NOBODY : ownerId,
    ServerName: device ? '' : ownerName,
  }
}

/** One version; version 0 is the base. CreateDate is a text of the database, in the server's own time. Source: pvs.md 4.4. */
export function versionRow(farm: Farm, disk: Disk, { version, access, type, description, createdAt }: DiskVersion): PvsRow {
  return {
    Guid: disk.guid,
    Version: version,
    Name: fileOf(disk, version),
    Access: access,
    Type: type,
    Description: description,
    CreateDate: localTime(createdAt),
    DeviceCount: streaming(farm, disk).filter((one) => one.session?.version === version).length,
    GoodInventoryStatus: goodInventory(disk),
    IsPending: false,
    TemporaryVersionSet: disk.temporaryVersionSet,
  }
}

/** Every version's files on every server of the store. Version and State are texts. Source: pvs.md 4.6. */
export function inventoryRows(farm: Farm, disk: Disk): PvsRow[] {
  return disk.versions.flatMap(({ version }) =>
    disk.replicas.map(({ server, state, fileTime, propertiesTime }) => ({
      Guid: disk.guid,
      Version: String(version),
      State: String(state),
      ServerId: serverId(farm, server),
      ServerName: server,
      Active: state === 5 ? '0' : '1',
      FileTime: state === 5 ? NEVER : new Date(fileTime),
      PropertiesTime: state === 5 ? NEVER : new Date(propertiesTime),
    })),
  )
}

/** A device's record as Get-PvsDevice gives it. */
export function deviceRow(device: Device): PvsRow {
  const { id, name, collection, mac, type, bootFrom, enabled, active } = device
  return {
    Guid: id,
    Name: name,
    CollectionId: idOf('collection', collection),
    CollectionName: collection,
    DeviceMac: mac,
    Type: type,
    BootFrom: bootFrom,
    Enabled: enabled,
    Active: active,
  }
}

/** The record with what the device streams now; inactive it lists the disks assigned to it. Source: pvs.md 4.3. */
export function deviceInfoRow(farm: Farm, device: Device): PvsRow {
  const { active, session, server, ip } = device
  const disk = active && session ? diskOf(farm, session.guid) : undefined
  const listed = device.disks.flatMap(({ guid }) => diskOf(farm, guid) ?? [])
  return {
    ...deviceRow(device),
    DiskLocatorId: disk?.guid ?? NOBODY,
    DiskLocatorName: (disk ? [disk] : active ? [] : listed).map((one) => `${one.store}\\${one.name}`).join(','),
    DiskFileName: disk && session ? fileOf(disk, session.version) : '',
    DiskVersion: active ? (session?.version ?? 0) : 0,
    DiskVersionAccess: disk && session ? (versionOf(disk, session.version)?.access ?? 0) : 0,
    ServerId: active ? serverId(farm, server) : NOBODY,
    ServerName: active ? (server ?? '') : '',
    Ip: active ? ip : '0.0.0.0',
    MakLicenseActivated: makActivated(farm, device),
    ServerIpConnection: '0.0.0.0',
    Status: '',
  }
}

/** `2026/11/02 08:30:00`, in the time zone of this process, which is that of the sessions it starts. */
function localTime(at: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const date = new Date(at)
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('/')
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')}`
}
