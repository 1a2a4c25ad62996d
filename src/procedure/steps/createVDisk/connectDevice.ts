import { ask } from '../../asking.ts'
import { lookAtDevice } from '../../looks.ts'
import { defineStage } from '../../stage.ts'
import { act, done, hold } from '../../verdict.ts'

const PRODUCTION = 0
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
    if (assigned && device.bootFrom === FROM_VDISK && device.enabled && device.type === PRODUCTION) {
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
    return act(
      {
        ask: ask(plan.farm.server, 'Connect-VdpDevice', {
          deviceId: device.id,
          assign: assigned ? null : guid,
          unassign: null,
          bootFrom: device.bootFrom === FROM_VDISK ? null : FROM_VDISK,
          type: device.type === PRODUCTION ? null : PRODUCTION,
          enabled: device.enabled ? null : true,
        }),
        what: `let ${device.name} boot from ${plan.vdisk.name}`,
        key: 'connect-device',
        undo: [
          {
            key: `device:${device.id}`,
            when: 'end',
            is: 'device',
            deviceId: device.id,
            device: device.name,
            bootFrom: device.bootFrom,
            type: device.type,
            enabled: device.enabled,
          },
          ...(assigned
            ? []
            : [
                {
                  key: `assignment:${device.id}`,
                  when: 'end',
                  is: 'assignment',
                  deviceId: device.id,
                  device: device.name,
                  guid,
                } as const,
              ]),
        ],
      },
      `${device.name}: boot source ${String(device.bootFrom)}, type ${String(device.type)}, ${assigned ? 'assigned' : 'not assigned'}`,
    )
  },
})
