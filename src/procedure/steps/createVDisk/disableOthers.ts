import { wayOf } from '../../../diagnosis/way.ts'
import { ask } from '../../asking.ts'
import { lookAtDisk } from '../../looks.ts'
import { defineStage } from '../../stage.ts'
import { act, hold, done, skipped } from '../../verdict.ts'

/** Step 1 in place: every other assigned device loses this disk before it opens, each recorded for the release. */
export const disableOthers = defineStage({
  name: 'disableOthers',
  step: 'createVDisk',
  title: 'keep other devices off the vDisk',
  repeat: 'after-probe',
  probe: (look) => ({ disk: lookAtDisk(look) }),

  judge({ plan, memory, now }) {
    if (wayOf(plan) === 'version') return skipped('only a device of type maintenance is offered the new version')
    const streaming = now.disk.assignments.filter((one) => one.active && one.deviceId !== memory.device?.id)
    if (streaming.length > 0) return hold('VDISK_IN_USE', { name: plan.vdisk.name, count: streaming.length })
    const next = now.disk.assignments.find((one) => one.enabled && one.deviceId !== memory.device?.id)
    const guid = now.disk.disk?.guid
    if (next === undefined || guid === undefined) {
      return memory.otherDevices.length === 0 ? skipped('assigned to the prep device alone') : done('no other device can boot it')
    }
    return act(
      {
        ask: ask(plan.farm.server, 'Set-VdpDeviceDisk', { deviceId: next.deviceId, guid, enabled: false }),
        what: `disable ${plan.vdisk.name} for ${next.device}`,
        key: `disable-for:${next.deviceId}`,
        approval: `${memory.otherDevices.map((one) => one.name).join(', ')} cannot boot ${plan.vdisk.name} until the release`,
        undo: [
          {
            key: `device-disk:${next.deviceId}`,
            is: 'deviceDisk',
            deviceId: next.deviceId,
            device: next.device,
            guid,
          },
        ],
      },
      `${next.device} is assigned and could take the open disk`,
    )
  },
})
