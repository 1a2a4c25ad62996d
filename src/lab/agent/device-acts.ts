import { changeDevice, commandPower, enableDisk } from '../model/device-acts.ts'
import type { Device } from '../model/device.ts'
import { PvsError } from '../model/pvs-error.ts'
import type { Handlers, ServerDesk } from './desk.ts'
import { AgentRefusal } from './host-errors.ts'
import { deviceFacts, soapAnswers } from './server-reads.ts'

/** Device records and power: always one device, by its id. */
export const deviceActs = {
  'Connect-VdpDevice': (desk, { deviceId, type, ...change }) => {
    if (type !== null && type !== 0 && type !== 1 && type !== 2) {
      throw new AgentRefusal('arguments', `device type ${type}`)
    }
    return changed(desk, deviceId, (device) => changeDevice(desk.farm, desk.server, device, { ...change, type }))
  },

  'Set-VdpDeviceDisk': (desk, { deviceId, guid, enabled }) =>
    changed(desk, deviceId, (device) => enableDisk(desk.farm, desk.server, device, guid, enabled)),

  'Start-VdpDevice': (desk, { deviceId }) => power(desk, deviceId, 'on'),
  'Stop-VdpDevice': (desk, { deviceId }) => power(desk, deviceId, 'off'),
} satisfies Handlers<ServerDesk>

async function changed(desk: ServerDesk, deviceId: string, change: (device: Device) => void) {
  const look = () => deviceFacts(desk, (one) => one.id === deviceId)
  soapAnswers(desk)
  const before = look()
  desk.begin()
  await desk.spend(500)
  change(deviceHere(desk, deviceId))
  await desk.spend(300)
  return { before, after: look() }
}

async function power(desk: ServerDesk, deviceId: string, to: 'on' | 'off') {
  soapAnswers(desk)
  const before = deviceFacts(desk, (one) => one.id === deviceId)
  desk.begin()
  await desk.spend(500)
  const task = commandPower(desk.farm, desk.server, deviceHere(desk, deviceId), to)
  return { taskId: task.id, before }
}

function deviceHere({ farm }: ServerDesk, deviceId: string): Device {
  const device = farm.devices.find((one) => one.id === deviceId)
  if (!device) throw new PvsError(43)
  return device
}
