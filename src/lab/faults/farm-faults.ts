import { freshReplicas } from '../model/replicas.ts'
import { alreadyOn } from '../model/power.ts'
import { audited } from '../model/farm.ts'
import { deviceAt, diskAt, imageAt, serversAt, type LabFault } from './lab-fault.ts'
import { replicaFaults } from './replica-faults.ts'

/** Faults of the PVS farm. */
export const farmFaults = {
  'missing-driver': {
    does: 'the vDisk bus driver is not installed on the server (default: on all)',
    expect: 'MAP_NO_DRIVER',
    check: 'driver.bus',
    reads: ['server'],
    lay: (site) => {
      for (const driver of serversAt(site).flatMap((one) => one.drivers))
        Object.assign(driver, { present: false, startMode: null, running: false })
    },
  },
  'missing-privilege': {
    does: 'the account of the service (default: both) lacks SE_MANAGE_VOLUME_NAME on the server (default: on all)',
    expect: 'MAP_NO_PRIVILEGE',
    check: 'privilege.stream',
    reads: ['server', 'service'],
    lay: (site) => {
      for (const service of chosen(site)) Object.assign(service, { tokenHolds: false, policyGrants: false })
    },
  },
  'privilege-not-restarted': {
    does: 'the right was granted, but the service (default: both) still runs with its old token',
    expect: 'PRIVILEGE_NEEDS_RESTART',
    check: 'privilege.stream',
    reads: ['server', 'service'],
    lay: (site) => {
      for (const service of chosen(site)) service.tokenHolds = false
    },
  },
  'soap-down': {
    does: 'the SOAP service of the server has ended by itself',
    expect: 'PVS_SERVICE_DOWN',
    check: 'service.soap',
    reads: ['server'],
    lay: (site) => {
      for (const { services } of serversAt(site)) Object.assign(services[1] ?? {}, { state: 'stopped', exitCode: 1067 })
    },
  },
  'access-denied': {
    does: 'the account may look at the farm and change nothing',
    expect: 'PVS_ACCESS_DENIED',
    check: 'server.role',
    reads: ['server'],
    lay: (site) => {
      for (const server of serversAt(site)) server.role = 999
    },
  },
  'key-login-refused': {
    does: 'the SOAP service of the server (default: of all) does not let in a session that logged in with a key',
    expect: 'PVS_AUTH_NEEDS_PASSWORD',
    check: 'farm.connection',
    reads: ['server'],
    lay: (site) => {
      for (const server of serversAt(site)) site.farm.mischief.deafToKeys.add(server.name)
    },
  },
  'mount-left-behind': {
    does: 'an aborted run left the vDisk itself mounted on the server (default: the first)',
    expect: 'MOUNT_FOREIGN',
    check: 'mount.disk',
    reads: ['server', 'disk'],
    lay: (site) => {
      const server = site.use.server === undefined ? site.cast.server : serversAt(site)[0]
      if (server) server.mounted = diskAt(site).guid
      diskAt(site).mappedOn = server?.name ?? null
    },
  },
  'mount-sticks': {
    does: 'the server (default: the first) cannot let go of the vDisk that the run makes it mount, once',
    expect: 'MOUNT_LEFT_BEHIND',
    reads: ['server'],
    lay: (site) => {
      const server = site.use.server === undefined ? site.cast.server : serversAt(site)[0]
      if (server) site.farm.mischief.stuckMount.add(server.name)
    },
  },
  'foreign-mount': {
    does: "another run's vDisk is mounted in the one slot of the server (default: the first)",
    expect: 'MOUNT_FOREIGN',
    check: 'mount.slot',
    reads: ['server'],
    lay: (site) => {
      const server = site.use.server === undefined ? site.cast.server : serversAt(site)[0]
      const other = { ...structuredClone(site.cast.disk), guid: site.farm.random.guid(), name: 'Other-Image' }
      site.farm.disks.push({ ...other, mappedOn: server?.name ?? null })
      if (server) server.mounted = other.guid
    },
  },
  'stale-lock': {
    does: 'the lock of the machine stays behind when it shuts down',
    expect: 'VDISK_LOCKED',
    reads: ['device'],
    lay: (site) => void site.farm.mischief.keepLock.add(deviceAt(site).name),
  },
  'crashed-device-lock': {
    does: 'a device that crashed long ago still holds the disk exclusively',
    expect: 'VDISK_LOCKED',
    check: 'disk.locks',
    reads: ['disk'],
    lay: (site) => {
      const owner = { ownerId: site.farm.random.guid(), ownerName: 'OLD-DEVICE' }
      diskAt(site).locks.push({ exclusive: true, ownerKind: 'device', version: 0, ...owner })
    },
  },
  'already-standard': {
    does: 'another administrator switches the disk to Standard before the seal: nothing would be prepared',
    expect: 'NO_TRANSITION',
    reads: ['disk'],
    lay: (site) => void site.farm.mischief.closedByOther.add(diskAt(site).guid),
  },
  'prep-does-nothing': {
    does: 'the KMS preparation ends without an error and prepares nothing: clones share one CMID',
    expect: 'DUPLICATE_CMID',
    reads: [],
    lay: ({ farm }) => void (farm.mischief.prepDoesNothing = true),
  },
  'mode-change-as-task': {
    does: 'the mode change outlives its request: code 177 with a task',
    expect: null,
    reads: [],
    lay: ({ farm }) => void (farm.mischief.modeChangeAsTask = true),
  },
  'mode-task-lies': {
    does: 'the task of the mode change says complete, and the disk is as before',
    expect: 'NOT_PROVED',
    reads: [],
    lay: ({ farm }) => void (farm.mischief.modeTaskLies = true),
  },
  'duplicate-disk-names': {
    does: 'two locators of that name in the store',
    expect: 'VDISK_AMBIGUOUS',
    check: 'disk.found',
    reads: ['disk'],
    lay: (site) => void site.farm.disks.push({ ...structuredClone(diskAt(site)), guid: site.farm.random.guid() }),
  },
  ...replicaFaults,
  'full-store': {
    does: 'the store has `value` MiB free (default 100)',
    expect: 'STORE_FULL_ON_FARM',
    check: 'store.space',
    reads: ['disk', 'value'],
    lay: (site) => {
      for (const store of site.farm.stores) if (store.name === diskAt(site).store) store.freeMiB = site.use.value ?? 100
    },
  },
  'foreign-writer': {
    does: 'another machine is given the open disk and starts: it writes to the image',
    expect: 'FOREIGN_WRITER',
    reads: ['device', 'disk'],
    lay: (site) => {
      const device = site.use.device === undefined ? site.cast.production[0] : deviceAt(site)
      if (device) site.farm.mischief.foreignWriter.set(diskAt(site).guid, device.id)
    },
  },
  'assigned-to-others': {
    does: 'a production device has the disk assigned too',
    expect: 'VDISK_ASSIGNED',
    check: 'disk.assigned',
    reads: ['device', 'disk'],
    lay: (site) => {
      const device = site.use.device === undefined ? site.cast.production[0] : deviceAt(site)
      device?.disks.push({ guid: diskAt(site).guid, enabled: true })
    },
  },
  'disk-in-use': {
    does: 'a production device streams the disk',
    expect: 'VDISK_IN_USE',
    check: 'disk.streaming',
    reads: ['device', 'disk'],
    lay: (site) => {
      const device = site.use.device === undefined ? site.cast.production[0] : deviceAt(site)
      const disk = diskAt(site)
      if (!device) return
      device.disks.push({ guid: disk.guid, enabled: true })
      alreadyOn(site.farm, device)
    },
  },
  'disk-has-versions': {
    does: 'the disk has a production version over its base',
    expect: 'DISK_HAS_VERSIONS',
    check: 'disk.versions',
    reads: ['disk'],
    lay: (site) => {
      const disk = diskAt(site)
      disk.versions.push({
        version: 1,
        access: 0,
        type: 1,
        image: structuredClone(imageAt(site)),
        description: 'October',
        createdAt: site.farm.time.now(),
      })
    },
  },
  'other-operator': {
    does: 'the audit trail shows a change by somebody else within the last hour',
    expect: null,
    reads: ['disk'],
    lay: (site) => audited(site.farm, 'SetDisk', diskAt(site).name, `${site.farm.domain.toUpperCase()}\\j.doe`),
  },
  'wrong-disk-booted': {
    does: 'the machine has another vDisk assigned first and boots from it',
    expect: 'TARGET_NOT_ON_VDISK',
    check: 'device.disks',
    reads: ['device', 'disk'],
    lay: (site) => {
      const { farm } = site
      const own = diskAt(site)
      const replicas = freshReplicas(
        own.replicas.map((one) => one.server),
        farm.time.now(),
      )
      const other = { ...structuredClone(own), guid: farm.random.guid(), name: 'W11-Old', writeCacheType: 0, replicas }
      farm.disks.push(other)
      deviceAt(site).disks.unshift({ guid: other.guid, enabled: true })
    },
  },
} as const satisfies Record<string, LabFault>

function chosen(site: Parameters<LabFault['lay']>[0]) {
  const { service = 'both' } = site.use
  return serversAt(site).flatMap((one) => one.services.filter((each) => service === 'both' || each.name === service))
}
