import type { Device } from './device.ts'
import { audited, happened, type Farm } from './farm.ts'
import { diskOf } from './locks.ts'
import { powerOff, powerOn } from './power.ts'
import { PvsError } from './pvs-error.ts'
import { mayChange, type PvsServer } from './server.ts'
import type { FarmTask } from './tasks.ts'
import { lasts } from './durations.ts'

/** What may be changed on a device record; null leaves a field as it is. */
export interface DeviceChange {
  readonly assign: string | null
  readonly unassign: string | null
  readonly bootFrom: 1 | 2 | 3 | null
  readonly type: 0 | 1 | 2 | null
  readonly enabled: boolean | null
}

/** Changes a device record, one thing after the other: assignments are calls of their own. Throws what each of them throws. */
export function changeDevice(farm: Farm, server: PvsServer, device: Device, change: DeviceChange): void {
  const has = (guid: string) => device.disks.some((one) => one.guid === guid)
  if (change.assign !== null && !has(change.assign)) assignDisk(farm, server, device, change.assign)
  if (change.unassign !== null && has(change.unassign)) unassignDisk(farm, server, device, change.unassign)
  const { bootFrom, type, enabled } = change
  if (bootFrom !== null || type !== null || enabled !== null) setDevice(farm, server, device, { bootFrom, type, enabled })
}

/** Assigns a disk, before those the device has. Throws 44 for a disk that is none. Source: pvs.md 4.1. */
export function assignDisk(farm: Farm, server: PvsServer, device: Device, guid: string): void {
  mayChange(server)
  const disk = diskOf(farm, guid)
  if (!disk) throw new PvsError(44)
  if (device.disks.some((one) => one.guid === guid)) return
  device.disks.unshift({ guid, enabled: true })
  told(farm, server, device, `assign ${disk.name}`)
}

/** Takes an assigned disk away. Throws 44 for a disk that is none, 50 where it is not assigned. Source: pvs.md 4.1. */
export function unassignDisk(farm: Farm, server: PvsServer, device: Device, guid: string): void {
  mayChange(server)
  const disk = diskOf(farm, guid)
  if (!disk) throw new PvsError(44)
  const at = device.disks.findIndex((one) => one.guid === guid)
  if (at === -1) throw new PvsError(50)
  device.disks.splice(at, 1)
  told(farm, server, device, `unassign ${disk.name}`)
}

/** Sets fields of the record that differ. A running device takes them up at its next boot. Source: pvs.md 3.3, 4.3. */
export function setDevice(
  farm: Farm,
  server: PvsServer,
  device: Device,
  { bootFrom, type, enabled }: Pick<DeviceChange, 'bootFrom' | 'type' | 'enabled'>,
): void {
  mayChange(server)
  const said: string[] = []
  if (bootFrom !== null && bootFrom !== device.bootFrom) said.push(`bootFrom ${(device.bootFrom = bootFrom)}`)
  if (type !== null && type !== device.type) said.push(`type ${(device.type = type)}`)
  if (enabled !== null && enabled !== device.enabled) said.push(`enabled ${(device.enabled = enabled)}`)
  if (said.length > 0) told(farm, server, device, said.join(', '))
}

/** Enables or disables one assigned disk for one device. Throws 50 when it is not assigned. Source: pvs.md 4.1; error list of the snap-in. */
export function enableDisk(farm: Farm, server: PvsServer, device: Device, guid: string, enabled: boolean): void {
  mayChange(server)
  const entry = device.disks.find((one) => one.guid === guid)
  if (!entry) throw new PvsError(50)
  entry.enabled = enabled
  const change = `disk ${diskOf(farm, guid)?.name ?? guid} enabled ${enabled}`
  happened(farm, server.name, { did: 'device-set', device: device.name, change })
}

function told(farm: Farm, server: PvsServer, device: Device, change: string): void {
  happened(farm, server.name, { did: 'device-set', device: device.name, change })
  audited(farm, 'SetDevice', device.name)
}

/** Sends a power command. The task completes once it was taken, whatever becomes of the machine. Source: pvs.md 4.3. */
export function commandPower(farm: Farm, server: PvsServer, device: Device, to: 'on' | 'off'): FarmTask {
  mayChange(server)
  happened(farm, server.name, { did: 'power-command', device: device.name, to })
  const task = newTask(farm, to === 'on' ? 'DeviceBoot' : 'DeviceShutdown', lasts.shutdownTask)
  if (to === 'on' && !farm.mischief.unwakeable.has(device.name)) powerOn(farm, device)
  if (to === 'off' && !farm.mischief.idleTask.has(device.name)) {
    farm.time.after(lasts.shutdownDelay, () => powerOff(farm, device, false))
  }
  return task
}

/** A task that completes by itself after so many farm milliseconds. */
export function newTask(farm: Farm, command: string, ms: number, done: () => FarmTask['error'] = () => null): FarmTask {
  const id = String(Number.parseInt(farm.random.guid().slice(0, 8), 16))
  const task: FarmTask = { id, command, started: farm.time.now(), lasts: ms, state: 0, error: null }
  farm.tasks.push(task)
  farm.time.after(ms, () => Object.assign(task, { error: done(), state: 2 }))
  return task
}
