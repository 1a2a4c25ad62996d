import { noMischief } from '../../src/lab/model/mischief.ts'
import type { DirectLab } from './farm.ts'

/** Mends everything in a farm that an administrator can mend. What became of disk and image stays. */
export function heal({ farm, cast }: DirectLab): void {
  Object.assign(farm.mischief, noMischief())
  Object.assign(farm.kms, { reachable: true, publishesSrv: true, others: { windows: 41, office: 9 } })
  for (const server of farm.servers) {
    Object.assign(server, { mounted: null, role: 100 })
    for (const service of server.services) Object.assign(service, { state: 'running', tokenHolds: true, policyGrants: true })
    for (const driver of server.drivers)
      if (driver.name !== 'CvhdBusP6') Object.assign(driver, { present: true, startMode: 'manual', running: true })
  }
  for (const store of farm.stores) store.freeMiB = 500_000
  for (const disk of farm.disks) {
    disk.mappedOn = null
    for (const replica of disk.replicas) Object.assign(replica, { state: 0, staleImage: null })
    const active = farm.devices.filter((one) => one.session?.guid === disk.guid).map(({ id }) => id)
    disk.locks.splice(0, disk.locks.length, ...disk.locks.filter(({ ownerId }) => active.includes(ownerId)))
  }
  for (const device of farm.devices) Object.assign(device, { clockOffsetMs: 0 })
  Object.assign(cast.master, { bootsLocally: false, computerName: cast.master.name, realMac: cast.master.mac })
  cast.master.running?.officeApps.splice(0)
}
