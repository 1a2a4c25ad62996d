import { wayOf } from '../../../diagnosis/way.ts'
import type { Device } from '../../../wire/operations/farm-state.ts'
import type { Plan } from '../../../workflow/plan.ts'
import { ask } from '../../asking.ts'
import { lookAtDevice } from '../../looks.ts'
import { defineStage, type Stage } from '../../stage.ts'
import type { Undo } from '../../undo.ts'
import { act, done, hold, type Verdict } from '../../verdict.ts'
import { byWizard } from './imaging/imaging-state.ts'

const PRODUCTION = 0
const MAINTENANCE = 2
const FROM_VDISK = 1
const FROM_HARD_DISK = 2

/** Step 1: the prep device boots from this disk and is allowed to; what it was before is recorded.
 *  Changes on an active device need its reboot. Source: pvs.md 4.3. */
export const connectDevice = assigning('connectDevice', 'assign the vDisk to the prep device', FROM_VDISK)

/** Step 1 by the Imaging Wizard: the new disk is attached to the prep device, which boots its own hard disk. Source: pvs.md 6.5. */
export const attachDisk = assigning('attachDisk', 'attach the new vDisk to the prep device', FROM_HARD_DISK)

type Source = typeof FROM_VDISK | typeof FROM_HARD_DISK

function assigning(name: string, title: string, source: Source): Stage {
  return defineStage({
    name,
    step: 'createVDisk',
    title,
    repeat: 'after-probe',
    wanted: (plan) => source === FROM_VDISK || byWizard(plan),
    probe: (look) => ({ device: lookAtDevice(look) }),

    judge({ plan, memory, now }) {
      const device = now.device.device
      const guid = memory.disk?.guid
      if (device === undefined || guid === undefined) return hold('DEVICE_NOT_FOUND', { device: plan.target.device })
      const assigned = device.disks.some((one) => one.guid === guid && one.enabled)
      const elsewhere = device.disks.filter((one) => one.guid !== guid && one.enabled)
      if (assigned && device.bootFrom === source && device.enabled && device.type === typeFor(plan)) {
        if (elsewhere.length > 0)
          return hold('IDENTITY_MISMATCH', {
            host: plan.target.host,
            device: device.name,
            why: `it also boots from ${elsewhere.map((one) => one.name).join(', ')}`,
          })
        return done(`${device.name} boots from ${source === FROM_VDISK ? plan.vdisk.name : 'its hard disk'}`)
      }
      if (device.active) {
        const why = `${device.name} is up with another ${source === FROM_VDISK ? 'boot source' : 'vDisk'}`
        const code = source === FROM_VDISK ? 'TARGET_NOT_ON_VDISK' : 'IMAGING_NOT_READY'
        return hold(code, { host: plan.target.host, device: device.name, name: plan.vdisk.name, why })
      }
      return connect(device, guid, assigned, { plan, source, key: name })
    },
  })
}

/** Only a maintenance device is offered a maintenance version; only a production one counts for a whole disk. Source: pvs.md 2.2. */
function typeFor(plan: Plan): number {
  return wayOf(plan) === 'version' ? MAINTENANCE : PRODUCTION
}

function connect(
  device: Device,
  guid: string,
  assigned: boolean,
  { plan, source, key }: { readonly plan: Plan; readonly source: Source; readonly key: string },
): Verdict {
  const { id, name, bootFrom, type, enabled } = device
  const undo: Undo[] = [{ key: `device:${id}`, is: 'device', deviceId: id, device: name, bootFrom, type, enabled }]
  if (!assigned) undo.push({ key: `assignment:${id}`, is: 'assignment', deviceId: id, device: name, guid })
  const request = ask(plan.farm.server, 'Connect-VdpDevice', {
    deviceId: id,
    assign: assigned ? null : guid,
    unassign: null,
    bootFrom: bootFrom === source ? null : source,
    type: type === typeFor(plan) ? null : typeFor(plan),
    enabled: enabled ? null : true,
  })
  const what =
    source === FROM_VDISK
      ? `let ${name} boot from ${plan.vdisk.name}`
      : `attach ${plan.vdisk.name} to ${name}, booting its hard disk`
  return act(
    { ask: request, what, key, undo },
    `${name}: boot source ${String(bootFrom)}, type ${String(type)}, ${assigned ? 'assigned' : 'not assigned'}`,
  )
}
