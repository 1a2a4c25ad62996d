import type { Device } from './device.ts'
import { audited, happened, type Farm } from './farm.ts'
import { diskOf } from './locks.ts'
import { powerOff, powerOn } from './power.ts'
import { PvsError } from './pvs-error.ts'
import type { PvsServer } from './server.ts'
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

/** Changes a device record. A running device takes it up at its next boot. Throws 44 for a disk that is none. Source: pvs.md 4.3. */
export function changeDevice(farm: Farm, server: PvsServer, device: Device, change: DeviceChange): void {
  const said: string[] = []
  if (change.assign !== null) {
    const disk = diskOf(farm, change.assign)
    if (!disk) throw new PvsError(44)
    if (!device.disks.some((one) => one.guid === disk.guid)) device.disks.unshift({ guid: disk.guid, enabled: true })
    said.push(`assign ${disk.name}`)
  }
  if (change.unassign !== null) {
    const at = device.disks.findIndex((one) => one.guid === change.unassign)
    if (at !== -1) device.disks.splice(at, 1)
    said.push(`unassign ${diskOf(farm, change.unassign)?.name ?? change.unassign}`)
  }
  if (change.bootFrom !== null) said.push(`bootFrom ${(device.bootFrom = change.bootFrom)}`)
  if (change.type !== null) said.push(`type ${(device.type = change.type)}`)
  if (change.enabled !== null) said.push(`enabled ${(device.enabled = change.enabled)}`)
  happened(farm, server.name, { did: 'device-set', device: device.name, change: said.join(', ') })
  audited(farm, 'SetDevice', device.name)
}

/** Enables or disables one assigned disk for one device. Throws 44 when it is not assigned. */
export function enableDisk(farm: Farm, server: PvsServer, device: Device, guid: string, enabled: boolean): void {
  const entry = device.disks.find((one) => one.guid === guid)
  if (!entry) throw new PvsError(44)
  entry.enabled = enabled
  happened(farm, server.name, {
    did: 'device-set',
    device: device.name,
    change: `disk ${diskOf(farm, guid)?.name ?? guid} enabled ${enabled}`,
  })
}

/** Sends a power command. The task completes once it was taken, whatever becomes of the machine. Source: pvs.md 4.3. */
export function commandPower(farm: Farm, server: PvsServer, device: Device, to: 'on' | 'off'): FarmTask {
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
