import { replicate } from '../../src/lab/model/replicas.ts'
import { expect } from '@jest/globals'
import type { Image } from '../../src/lab/model/image.ts'
import { powerOff } from '../../src/lab/model/power.ts'
import { startService } from '../../src/lab/model/server.ts'
import type { LabFarm } from './harness.ts'

/** The image that runs on the prep device, or that lies on the disk while it is off. */
export function imageOf(farm: LabFarm): Image {
  const image = farm.master.running?.image ?? farm.disk.versions[0]?.image
  if (!image) throw new Error('the disk holds no image')
  return image
}

/** Lets farm time pass while no run drives it. */
export async function pass(farm: LabFarm, minutes: number): Promise<void> {
  await farm.lab.clock.wait(farm.lab.clock.now() + minutes * 60_000)
  farm.model.time.settle()
}

/** A person restarts the prep device and waits until it is up. */
export async function restart(farm: LabFarm): Promise<void> {
  powerOff(farm.model, farm.master, true)
  await pass(farm, 5)
}

/** Nothing was rearmed on the prep device. */
export const noRearm = (farm: LabFarm) => {
  expect(farm.ledger(farm.names.master).rearms).toEqual([])
}
/** Nothing was changed: no mode, no device, no boot. */
export const untouched = (farm: LabFarm) => {
  noRearm(farm)
  expect(farm.ledger().filter(({ did }) => did === 'mode' || did === 'boot' || did === 'device-set')).toEqual([])
}
const servers = (farm: LabFarm, change: (server: LabFarm['model']['servers'][number]) => void) => {
  for (const server of farm.model.servers) change(server)
}
/** The disk driver is installed. */
export const fixDriver = (farm: LabFarm) =>
  servers(farm, ({ drivers }) => {
    for (const driver of drivers)
      if (driver.name === 'CVhdMp') Object.assign(driver, { present: true, startMode: 'manual', running: true })
  })
/** The service accounts get the right and run with it. */
export const fixPrivilege = (farm: LabFarm) =>
  servers(farm, ({ services }) => {
    for (const service of services) Object.assign(service, { tokenHolds: true, policyGrants: true })
  })
/** The services run. */
export const startSoap = (farm: LabFarm) =>
  servers(farm, ({ services }) => {
    for (const service of services) startService(service)
  })
/** The account is a farm administrator. */
export const giveRole = (farm: LabFarm) => servers(farm, (server) => void (server.role = 100))
/** Whoever mounted something dismounts it. */
export const freeSlot = (farm: LabFarm) => {
  servers(farm, (server) => void (server.mounted = null))
  farm.disk.mappedOn = null
}
/** Somebody copies the files to every server. */
export const copyReplicas = (farm: LabFarm) => {
  for (const replica of farm.disk.replicas) Object.assign(replica, { state: 0, staleImage: null })
}
/** Somebody copies the files anew, and whole. */
export const copyAnew = (farm: LabFarm) => {
  replicate(farm.model, farm.disk)
}
/** The stores get room. */
export const makeRoom = (farm: LabFarm) => {
  for (const store of farm.model.stores) store.freeMiB = 500_000
}
/** The disks of all devices but the prep device are taken from them. */
export const unassignOthers = (farm: LabFarm) => {
  for (const device of farm.model.devices) if (device !== farm.master) device.disks.length = 0
}
