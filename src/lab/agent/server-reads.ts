import type { DeviceState, ServerState } from '../../wire/operations/farm-state.ts'
import type { Device } from '../model/device.ts'
import { lasts } from '../model/durations.ts'
import { diskOf } from '../model/locks.ts'
import { makActivated } from '../model/mak.ts'
import { PvsError } from '../model/pvs-error.ts'
import { problemOf } from '../model/server.ts'
import { soapObstacle } from '../model/soap.ts'
import { filesOn, sliceOf } from '../model/store-files.ts'
import { pathOf } from '../model/store.ts'
import { percentOf } from '../model/tasks.ts'
import { actReport, iso } from './act-report.ts'
import type { Handlers, ServerDesk } from './desk.ts'
import { diskFacts, diskFactsAt } from './disk-facts.ts'
import { AgentRefusal } from './host-errors.ts'
import { serviceFacts } from './service-facts.ts'

/** What a PVS server tells without changing anything. */
export const serverReads = {
  'Get-VdpServerState': async (desk) => {
    await desk.spend(500)
    return serverFacts(desk)
  },

  'Get-VdpDiskState': async (desk, args) => {
    soapAnswers(desk)
    await desk.spend(400)
    return 'guid' in args ? diskFacts(desk, (one) => one.guid === args.guid) : diskFactsAt(desk, args)
  },

  'Get-VdpDiskFiles': async (desk, { store: name, name: disk }) => {
    soapAnswers(desk)
    await desk.spend(300)
    const { farm, server } = desk
    const same = (one: string, other: string) => one.toUpperCase() === other.toUpperCase()
    const store = farm.stores.find((one) => same(one.name, name))
    if (store === undefined) return { at: now(desk), server: server.name, folder: null, shared: false, files: [] }
    const head = { at: now(desk), server: server.name, folder: pathOf(store), shared: store.kind === 'share' }
    const here = store.kind === 'share' || !store.servers.includes(server.name) ? [] : farm.disks
    const files = here
      .filter((one) => one.store === store.name && same(one.name, disk))
      .flatMap((one) => filesOn(one, server.name))
    const told = files.map(({ name, bytes, modified, sha256 }) => ({ name, bytes, modified: iso(modified), sha256 }))
    return { ...head, files: told }
  },

  'Get-VdpDiskSlice': async (desk, { store: name, name: disk, file, offset, bytes }) => {
    soapAnswers(desk)
    await desk.spend((bytes / 2 ** 30) * lasts.gibRead)
    const { farm, server } = desk
    const store = farm.stores.find((one) => one.name.toUpperCase() === name.toUpperCase())
    const isOfDisk = file.toUpperCase().startsWith(`${disk.toUpperCase()}.`)
    const sha256 = store && isOfDisk ? sliceOf(farm, server.name, `${pathOf(store)}\\${file}`, offset, bytes) : null
    return { at: now(desk), server: server.name, sha256: sha256 ?? { unknown: `there is no ${file} here` } }
  },

  'Get-VdpDeviceState': async (desk, args) => {
    soapAnswers(desk)
    await desk.spend(200)
    return deviceFacts(
      desk,
      'name' in args ? (one) => one.name.toUpperCase() === args.name.toUpperCase() : (one) => one.id === args.deviceId,
    )
  },

  'Get-VdpTask': async (desk, { taskId }) => {
    soapAnswers(desk)
    await desk.spend(100)
    const task = desk.farm.tasks.find((one) => one.id === taskId)
    const head = { at: now(desk), act: actReport(desk.memory, desk.run) }
    if (!task) return { ...head, found: false, state: null, percent: null, error: null }
    const percent = task.state === 2 ? 100 : task.state === 1 ? null : percentOf(task, desk.farm.time.now())
    return { ...head, found: true, state: task.state, percent, error: task.error }
  },
} satisfies Handlers<ServerDesk>

/** Without the SOAP service no cmdlet of the snap-in connects, and not every login is let in. */
export function soapAnswers({ farm, server }: ServerDesk): void {
  const obstacle = soapObstacle(farm, server)
  if (obstacle instanceof PvsError) throw obstacle
  if (obstacle !== null) throw new AgentRefusal('native', obstacle, 'WebException')
}

/** One server as a host: services, drivers, the mount slot. */
export function serverFacts(desk: ServerDesk): ServerState {
  const { farm, server } = desk
  const obstacle = soapObstacle(farm, server)
  const soap = obstacle === null
  const { version, auditing, maxVersions, automaticMerge } = farm.settings
  const nothing = { unknown: obstacle instanceof PvsError ? obstacle.message : (obstacle ?? '') }
  const mounted = server.mounted === null ? null : { guid: server.mounted, name: diskOf(farm, server.mounted)?.name ?? '' }
  return {
    at: now(desk),
    act: actReport(desk.memory, desk.run),
    server: server.name,
    farm: soap ? { name: farm.name, auditing, maxVersions, automaticMerge } : nothing,
    pvsVersion: soap ? version : nothing,
    role: soap ? server.role : nothing,
    services: server.services.map((one) => serviceFacts(server, one)),
    drivers: server.drivers.map((one) => ({
      ...one,
      fileVersion: one.present ? one.fileVersion : null,
      problem: problemOf(one),
    })),
    mounted: soap ? mounted : nothing,
    pendingReboot: [...server.pendingReboot],
  }
}

/** A device record. While it streams, `disk` reads `Store\Disk` as seen in practice. Source: pvs.md 4.3. */
export function deviceFacts(desk: ServerDesk, wanted: (device: Device) => boolean): DeviceState {
  const { farm } = desk
  const found = farm.devices.filter(wanted)
  const head = { at: now(desk), act: actReport(desk.memory, desk.run), found: found.length }
  const device = found.length === 1 ? found[0] : undefined
  if (!device) return head
  const disk = device.session ? diskOf(farm, device.session.guid) : undefined
  const { id, name, collection, mac, type, bootFrom, enabled, active } = device
  return {
    ...head,
    device: {
      ...{ id, name, collection, mac, type, bootFrom, enabled, active },
      disk: active && disk ? `${disk.store}\\${disk.name}` : null,
      diskVersion: active ? (device.session?.version ?? 0) : 0,
      server: active ? device.server : null,
      ip: active ? device.ip : null,
      mak: makActivated(farm, device),
      disks: device.disks.map((one) => ({ guid: one.guid, name: diskOf(farm, one.guid)?.name ?? '', enabled: one.enabled })),
    },
  }
}

function now({ farm }: ServerDesk): string {
  return iso(farm.time.now())
}
