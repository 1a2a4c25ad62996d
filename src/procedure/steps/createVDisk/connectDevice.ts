import { wayOf } from '../../../diagnosis/way.ts'
import type { Device } from '../../../wire/operations/farm-state.ts'
import type { Plan } from '../../../workflow/plan.ts'
import { ask } from '../../asking.ts'
import { lookAtDevice } from '../../looks.ts'
import { defineStage } from '../../stage.ts'
import type { Undo } from '../../undo.ts'
import { act, done, hold, type Verdict } from '../../verdict.ts'

const PRODUCTION = 0
const MAINTENANCE = 2
const FROM_VDISK = 1

/** Step 1: the prep device boots from this disk and is allowed to; what it was before is recorded.
 *  Changes on an active device need its reboot. Source: pvs.md 4.3. */
export const connectDevice = defineStage({
  name: 'connectDevice',
  step: 'createVDisk',
  title: 'assign the vDisk to the prep device',
  repeat: 'after-probe',
  probe: (look) => ({ device: lookAtDevice(look) }),

  judge({ plan, memory, now }) {
    const device = now.device.device
    const guid = memory.disk?.guid
    if (device === undefined || guid === undefined) return hold('DEVICE_NOT_FOUND', { device: plan.target.device })
    const assigned = device.disks.some((one) => one.guid === guid && one.enabled)
    const elsewhere = device.disks.filter((one) => one.guid !== guid && one.enabled)
    if (assigned && device.bootFrom === FROM_VDISK && device.enabled && device.type === typeFor(plan)) {
      if (elsewhere.length > 0)
        return hold('IDENTITY_MISMATCH', {
          host: plan.target.host,
          device: device.name,
          why: `it also boots from ${elsewhere.map((one) => one.name).join(', ')}`,
        })
      return done(`${device.name} boots from ${plan.vdisk.name}`)
    }
    if (device.active) {
      return hold('TARGET_NOT_ON_VDISK', {
        host: plan.target.host,
        device: device.name,
        name: plan.vdisk.name,
        why: `${device.name} is up with another boot source`,
      })
    }
    return connect(device, guid, assigned, plan)
  },
})

/** Only a maintenance device is offered a maintenance version; only a production one counts for a whole disk. Source: pvs.md 2.2. */
function typeFor(plan: Plan): number {
  return wayOf(plan) === 'version' ? MAINTENANCE : PRODUCTION
}

function connect(device: Device, guid: string, assigned: boolean, plan: Plan): Verdict {
  const { id, name, bootFrom, type, enabled } = device
  const undo: Undo[] = [{ key: `device:${id}`, when: 'end', is: 'device', deviceId: id, device: name, bootFrom, type, enabled }]
  if (!assigned) undo.push({ key: `assignment:${id}`, when: 'end', is: 'assignment', deviceId: id, device: name, guid })
  const request = ask(plan.farm.server, 'Connect-VdpDevice', {
    deviceId: id,
    assign: assigned ? null : guid,
    unassign: null,
    bootFrom: bootFrom === FROM_VDISK ? null : FROM_VDISK,
    type: type === typeFor(plan) ? null : typeFor(plan),
    enabled: enabled ? null : true,
  })
  return act(
    { ask: request, what: `let ${name} boot from ${plan.vdisk.name}`, key: 'connect-device', undo },
    `${name}: boot source ${String(bootFrom)}, type ${String(type)}, ${assigned ? 'assigned' : 'not assigned'}`,
  )
}
