import { assignDisk, commandPower, enableDisk, setDevice, unassignDisk } from '../../model/device-acts.ts'
import type { Device } from '../../model/device.ts'
import { PvsError } from '../../model/pvs-error.ts'
import { SurfaceError, type ServerDesk, type SurfaceCalls } from '../surface.ts'
import { cmdlet, deviceNamed, diskNamed, number, text, type PvsArgs } from './pvs-call.ts'
import { taskRow } from './pvs-farm.ts'
import { deviceInfoRow, deviceRow } from './pvs-rows.ts'

/** Cmdlets that read and change a device record, and its power. */
export const deviceCmdlets: SurfaceCalls<ServerDesk> = {
  'pvs.Get-PvsDevice': cmdlet('Guid', (desk, args) => deviceRow(deviceNamed(desk, args))),
  'pvs.Get-PvsDeviceInfo': cmdlet('Guid Name DiskLocatorId', async (desk, args) => {
    if (args['DiskLocatorId'] === undefined) await desk.spend(200)
    return wanted(desk, args).map((device) => deviceInfoRow(desk.farm, device))
  }),
  'pvs.Set-PvsDevice': cmdlet('Guid Type BootFrom Enabled', async (desk, args) => {
    await desk.spend(300)
    setDevice(desk.farm, desk.server, deviceNamed(desk, args), {
      bootFrom: oneOf([1, 2, 3], number(args, 'BootFrom'), 'bootFrom'),
      type: oneOf([0, 1, 2], number(args, 'Type'), 'type'),
      enabled: typeof args['Enabled'] === 'boolean' ? args['Enabled'] : null,
    })
  }),
  'pvs.Add-PvsDiskLocatorToDevice': cmdlet('Guid DeviceId', async (desk, args) => {
    await desk.spend(300)
    const device = deviceNamed(desk, args, 'DeviceId')
    assignDisk(desk.farm, desk.server, device, text(args, 'Guid')?.toLowerCase() ?? '')
  }),
  'pvs.Remove-PvsDiskLocatorFromDevice': cmdlet('Guid DeviceId', async (desk, args) => {
    if (args['DeviceId'] === undefined) throw new SurfaceError('unmodelled', 'Remove-PvsDiskLocatorFromDevice without a device')
    await desk.spend(300)
    const device = deviceNamed(desk, args, 'DeviceId')
    unassignDisk(desk.farm, desk.server, device, text(args, 'Guid')?.toLowerCase() ?? '')
  }),
  'pvs.Enable-PvsDeviceDiskLocator': cmdlet('Guid DiskLocatorId', (desk, args) => enable(desk, args, true)),
  'pvs.Disable-PvsDeviceDiskLocator': cmdlet('Guid DiskLocatorId', (desk, args) => enable(desk, args, false)),
  'pvs.Start-PvsDeviceBoot': cmdlet('Guid', (desk, args) => power(desk, args, 'on')),
  'pvs.Start-PvsDeviceShutdown': cmdlet('Guid', (desk, args) => power(desk, args, 'off')),
}

function wanted(desk: ServerDesk, args: PvsArgs): readonly Device[] {
  const { devices } = desk.farm
  if (args['DiskLocatorId'] !== undefined) {
    const disk = diskNamed(desk, args, 'DiskLocatorId')
    return devices.filter((one) => one.disks.some(({ guid }) => guid === disk.guid))
  }
  const name = text(args, 'Name')?.toUpperCase()
  if (name === undefined) return [deviceNamed(desk, args)]
  const found = devices.filter((one) => one.name.toUpperCase() === name)
  if (found.length === 0) throw new PvsError(43)
  return found
}

async function enable(desk: ServerDesk, args: PvsArgs, enabled: boolean): Promise<void> {
  await desk.spend(400)
  enableDisk(desk.farm, desk.server, deviceNamed(desk, args), text(args, 'DiskLocatorId')?.toLowerCase() ?? '', enabled)
}

async function power(desk: ServerDesk, args: PvsArgs, to: 'on' | 'off') {
  await desk.spend(300)
  return taskRow(commandPower(desk.farm, desk.server, deviceNamed(desk, args), to))
}

/** A value among those allowed; null when none was given. The snap-in knows more device types than the lab. */
function oneOf<N extends number>(allowed: readonly N[], value: number | undefined, name: string): N | null {
  if (value === undefined) return null
  const found = allowed.find((one) => one === value)
  if (found === undefined) throw new PvsError(180, null, [name, Math.min(...allowed), name === 'type' ? 4 : Math.max(...allowed)])
  return found
}
