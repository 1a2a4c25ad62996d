import type { TargetPart } from '../wire/operations/target-state.ts'
import type { Plan } from '../workflow/plan.ts'
import { ask, type Ask } from './asking.ts'
import type { Memory } from './memory.ts'

type Look = { readonly plan: Plan; readonly memory: Memory }

/** The target device, where the image is prepared. */
export function lookAtTarget({ plan }: Look, parts: readonly TargetPart[]): Ask<'Get-VdpTargetState'> {
  return ask(plan.target.host, 'Get-VdpTargetState', { parts: [...parts] })
}

/** The vDisk through the run's PVS server: by Guid once it is known, else by its address. */
export function lookAtDisk({ plan, memory }: Look): Ask<'Get-VdpDiskState'> {
  const address = { site: plan.farm.site, store: plan.vdisk.store, name: plan.vdisk.name }
  return ask(plan.farm.server, 'Get-VdpDiskState', memory.disk === null ? address : { guid: memory.disk.guid })
}

/** The files of the vDisk on every server that can serve the store. */
export function lookAtFiles({ plan }: Pick<Look, 'plan'>): Readonly<Record<string, Ask<'Get-VdpDiskFiles'>>> {
  const { store, name } = plan.vdisk
  return Object.fromEntries(plan.farm.servers.map((server) => [server, ask(server, 'Get-VdpDiskFiles', { store, name })]))
}

/** The record of the prep device. */
export function lookAtDevice({ plan, memory }: Look): Ask<'Get-VdpDeviceState'> {
  return ask(
    plan.farm.server,
    'Get-VdpDeviceState',
    memory.device === null ? { name: plan.target.device } : { deviceId: memory.device.id },
  )
}

/** Every server that can serve the store, each asked itself. */
export function lookAtServers({ plan }: Look): Readonly<Record<string, Ask<'Get-VdpServerState'>>> {
  return Object.fromEntries(plan.farm.servers.map((server) => [server, ask(server, 'Get-VdpServerState', {})]))
}

/** The device records of the canaries, by their host name. */
export function lookAtCanaryDevices({ plan }: Look): Readonly<Record<string, Ask<'Get-VdpDeviceState'>>> {
  return Object.fromEntries(
    plan.canaries.map(({ host, device }) => [host, ask(plan.farm.server, 'Get-VdpDeviceState', { name: device })]),
  )
}
