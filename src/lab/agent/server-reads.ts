import type { DeviceState, ServerState } from '../../wire/operations/farm-state.ts'
import type { Device } from '../model/device.ts'
import type { Disk } from '../model/disk.ts'
import { diskOf } from '../model/locks.ts'
import type { PvsServer } from '../model/server.ts'
import { actReport, iso } from './act-report.ts'
import type { Handlers, ServerDesk } from './desk.ts'
import { diskFacts } from './disk-facts.ts'
import { AgentRefusal } from './host-errors.ts'

/** What a PVS server tells without changing anything. */
export const serverReads = {
  'Get-VdpServerState': async (desk) => {
    await desk.spend(500)
    return serverFacts(desk)
  },

  'Get-VdpDiskState': async (desk, args) => {
    soapAnswers(desk)
    await desk.spend(400)
    return 'guid' in args
      ? diskFacts(desk, (one) => one.guid === args.guid)
      : diskFacts(desk, (one) => addressed(one, args), args.store)
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
    const percent = task.state === 2 ? 100 : Math.min(99, Math.floor((100 * (desk.farm.time.now() - task.started)) / task.lasts))
    return { ...head, found: true, state: task.state, percent, error: task.error }
  },
} satisfies Handlers<ServerDesk>

/** Without the SOAP service no cmdlet of the snap-in connects. */
export function soapAnswers({ server }: ServerDesk): void {
  if (server.services.some((one) => one.name === 'soapserver' && one.state !== 'running')) {
    throw new AgentRefusal('native', 'Unable to connect to the SOAP service on localhost:54321.')
  }
}

/** One server as a host: services, drivers, the mount slot. */
export function serverFacts(desk: ServerDesk): ServerState {
  const { farm, server } = desk
  const soap = server.services.every((one) => one.name !== 'soapserver' || one.state === 'running')
  const { version, auditing, maxVersions, automaticMerge } = farm.settings
  const nothing = { unknown: 'Unable to connect to the SOAP service on localhost:54321.' }
  const mounted = server.mounted === null ? null : { guid: server.mounted, name: diskOf(farm, server.mounted)?.name ?? '' }
  return {
    at: now(desk),
    act: actReport(desk.memory, desk.run),
    server: server.name,
    farm: soap ? { name: farm.name, auditing, maxVersions, automaticMerge } : nothing,
    pvsVersion: soap ? version : nothing,
    role: soap ? server.role : nothing,
    services: server.services.map((one) => serviceFacts(one)),
    drivers: server.drivers.map((one) => ({
      ...one,
      fileVersion: one.present ? version : null,
      problem: one.present && one.startMode === 'disabled' ? 22 : 0,
    })),
    mounted: soap ? mounted : nothing,
    pendingReboot: [...server.pendingReboot],
  }
}

function serviceFacts(service: PvsServer['services'][number]): ServerState['services'][number] {
  const { name, state, account, accountKind } = service
  return {
    name,
    state,
    account,
    accountKind,
    tokenHolds: state === 'running' ? service.tokenHolds : { unknown: 'the service does not run' },
    policyGrants: { granted: service.policyGrants, via: service.policyGrants ? 'S-1-5-32-544' : null },
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
      disks: device.disks.map((one) => ({ guid: one.guid, name: diskOf(farm, one.guid)?.name ?? '', enabled: one.enabled })),
    },
  }
}

function addressed(disk: Disk, address: { site: string; store: string; name: string }): boolean {
  return disk.site === address.site && disk.store === address.store && disk.name.toUpperCase() === address.name.toUpperCase()
}

function now({ farm }: ServerDesk): string {
  return iso(farm.time.now())
}
