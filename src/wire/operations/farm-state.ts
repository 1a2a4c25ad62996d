import { z } from 'zod'
import { reading } from '../reading.ts'
import { actReport } from '../receipt.ts'

/** Names one vDisk the way PVS does: unique only within its store and site. Source: pvs.md 3.3. */
export const diskAddress = z.strictObject({ site: z.string(), store: z.string(), name: z.string() })

const serverService = z.strictObject({
  name: z.enum(['StreamService', 'soapserver']),
  state: z.enum(['running', 'stopped', 'absent']),
  startMode: z.enum(['boot', 'system', 'auto', 'manual', 'disabled']).nullable(),
  /** How it last ended: 0 as it was asked to, 1077 never started since the boot, anything else an error. Null when absent. */
  exitCode: z.int().nullable(),
  account: reading(z.string()),
  accountKind: z.enum(['built-in', 'local', 'domain', 'group-managed', 'unknown']),
  /** Whether the token of the running process holds SeManageVolumePrivilege. */
  tokenHolds: reading(z.boolean()),
  /** Whether policy grants the right to the account, directly or through a group, and through which SID. */
  policyGrants: reading(z.strictObject({ granted: z.boolean(), via: z.string().nullable() })),
})

export type ServerService = z.infer<typeof serverService>

/** A vDisk driver service. CVhdMp is the successor of CvhdBusP6; cfsdep2 may be gone in newer releases. Source: pvs.md 6.2. */
const driver = z.strictObject({
  name: z.enum(['CVhdMp', 'CvhdBusP6', 'cfsdep2']),
  present: z.boolean(),
  startMode: z.enum(['boot', 'system', 'auto', 'manual', 'disabled']).nullable(),
  running: reading(z.boolean()),
  fileVersion: z.string().nullable(),
  problem: z.int(),
})

/** Facts of Get-VdpServerState: one PVS server as a host. `mounted` is what Get-PvsMountedDisk names on this server. */
export const serverState = z.strictObject({
  at: z.iso.datetime(),
  act: actReport,
  server: z.string(),
  farm: reading(z.strictObject({ name: z.string(), auditing: z.boolean(), maxVersions: z.int(), automaticMerge: z.boolean() })),
  pvsVersion: reading(z.string()),
  role: reading(z.int()),
  services: z.array(serverService),
  drivers: z.array(driver),
  mounted: reading(z.strictObject({ guid: z.guid(), name: z.string() }).nullable()),
  pendingReboot: reading(z.array(z.string())),
})

export type ServerState = z.infer<typeof serverState>

const lock = z.strictObject({
  exclusive: z.boolean(),
  readOnly: z.boolean(),
  ownerKind: z.enum(['device', 'server']),
  ownerId: z.guid(),
  ownerName: z.string(),
})

const diskVersion = z.strictObject({
  version: z.int(),
  access: z.int().min(0).max(7),
  type: z.int(),
  isPending: z.boolean(),
  deviceCount: z.int(),
  goodInventory: z.boolean(),
  description: z.string(),
  createdAt: reading(z.iso.datetime()),
})

/** How one server holds the files of the disk. `state` 0 is up to date. Source: pvs.md 4.6. */
const inventoryEntry = z.strictObject({
  server: z.string(),
  state: z.int().min(0).max(5),
  version: z.int(),
  fileTime: z.iso.datetime().nullable(),
  propertiesTime: z.iso.datetime().nullable(),
})

const assignment = z.strictObject({
  deviceId: z.guid(),
  device: z.string(),
  enabled: z.boolean(),
  active: z.boolean(),
  type: z.int(),
})

/** The vDisk itself. There is no access mode: WriteCacheType 0 and 10 are Private, all else Standard. Source: pvs.md 4.1. */
const disk = z.strictObject({
  guid: z.guid(),
  name: z.string(),
  writeCacheType: z.int().min(0).max(12),
  writeCacheSizeMiB: z.int().nonnegative(),
  licenseMode: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  sizeMiB: z.int(),
  vhdx: z.boolean(),
  longDescription: z.string(),
  enabled: z.boolean(),
  serverName: z.string().nullable(),
  active: z.boolean(),
  mapped: z.boolean(),
  deviceCount: z.int(),
  temporaryVersionSet: z.boolean(),
  autoUpdate: z.boolean(),
})

export type Disk = z.infer<typeof disk>

/** The licence mode alone, also of facts that an earlier version recorded. */
export const diskMode = z.object({ licenseMode: disk.shape.licenseMode })

/** Facts of Get-VdpDiskState. `found` other than 1 leaves `disk` out: a name is unique only within a store. */
export const diskState = z.strictObject({
  at: z.iso.datetime(),
  act: actReport,
  found: z.int().nonnegative(),
  disk: disk.optional(),
  locks: z.array(lock),
  versions: z.array(diskVersion),
  inventory: z.array(inventoryEntry),
  assignments: z.array(assignment),
  store: reading(
    z.strictObject({ pathKind: z.enum(['local', 'share']), freeMiB: reading(z.int()), servers: z.array(z.string()) }),
  ),
  recentChanges: reading(
    z.array(z.strictObject({ at: z.iso.datetime(), by: z.string(), action: z.string(), object: z.string() })),
  ),
})

export type DiskState = z.infer<typeof diskState>

/** Facts of Get-VdpDiskFiles: what lies in one server's own folder of a store. Of a vDisk file no hash is taken; on a share no file is told.
 *  Source: pvs.md 6.4. */
export const diskFiles = z.strictObject({
  at: z.iso.datetime(),
  server: z.string(),
  /** Null when there is no such store. */
  folder: z.string().nullable(),
  shared: z.boolean(),
  files: z.array(
    z.strictObject({ name: z.string(), bytes: z.int().nonnegative(), modified: z.iso.datetime(), sha256: z.string().nullable() }),
  ),
})

/** Get-VdpDiskSlice: some bytes of one file of a vDisk as they lie in a server's own folder of a store; at the end of the file fewer. Unknown
 *  when they cannot be read, or the file changes meanwhile. */
export const diskSlice = {
  args: z.strictObject({
    store: z.string(),
    name: z.string(),
    file: z.string(),
    offset: z.int().nonnegative(),
    bytes: z.int().positive(),
  }),
  facts: z.strictObject({ at: z.iso.datetime(), server: z.string(), sha256: reading(z.string()) }),
}

/** A target device as the farm sees it. `type` 0 production, 1 test, 2 maintenance; `bootFrom` 1 vDisk, 2 hard disk. */
const device = z.strictObject({
  id: z.guid(),
  name: z.string(),
  collection: z.string(),
  mac: z.string(),
  type: z.int(),
  bootFrom: z.int(),
  enabled: z.boolean(),
  active: z.boolean(),
  disk: z.string().nullable(),
  diskVersion: z.int(),
  server: z.string().nullable(),
  ip: z.string().nullable(),
  disks: z.array(z.strictObject({ guid: z.guid(), name: z.string(), enabled: z.boolean() })),
  /** MakLicenseActivated: 0 MAK not used, 1 not activated, 2 activated. Source: pvs.md 4.3. */
  mak: z.int().min(0).max(2),
})

export type Device = z.infer<typeof device>

/** Facts of Get-VdpDeviceState. */
export const deviceState = z.strictObject({
  at: z.iso.datetime(),
  act: actReport,
  found: z.int().nonnegative(),
  device: device.optional(),
})

export type DeviceState = z.infer<typeof deviceState>

/** Facts of Get-VdpTask. `state` 0 processing, 1 cancelled, 2 complete. Source: pvs.md 4.6. */
export const taskState = z.strictObject({
  at: z.iso.datetime(),
  act: actReport,
  found: z.boolean(),
  state: z.int().nullable(),
  percent: z.int().nullable(),
  error: z.strictObject({ returnCode: z.int(), message: z.string(), details: z.string() }).nullable(),
})
