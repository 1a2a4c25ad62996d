import { ask } from '../../asking.ts'
import { lookAtDevice, lookAtDisk } from '../../looks.ts'
import { defineStage } from '../../stage.ts'
import { withoutUndo } from '../../undo.ts'
import { act, done, hold, retry } from '../../verdict.ts'

/** Step 1: the prep device comes up from the disk and holds its exclusive lock, as the farm sees it.
 *  From here on the image is touched: the mode is no longer put back on abort, only sealed again. A power-on request is made once; a machine that PVS cannot start is started by a person. Source: pvs.md 4.3. */
export const bootTarget = defineStage({
  name: 'bootTarget',
  step: 'createVDisk',
  title: 'boot the prep device from the vDisk',
  repeat: 'after-probe',
  probe: (look) => ({ disk: lookAtDisk(look), device: lookAtDevice(look) }),

  judge({ plan, memory, now, intent }) {
    const device = now.device.device
    if (device === undefined) return hold('DEVICE_NOT_FOUND', { device: plan.target.device })
    const foreign = now.disk.locks.find((lock) => lock.exclusive && lock.ownerId !== device.id)
    if (foreign !== undefined) return hold('FOREIGN_WRITER', { name: plan.vdisk.name, owner: foreign.ownerName })
    const locked = now.disk.locks.some((lock) => lock.exclusive && lock.ownerId === device.id)
    if (device.active && locked) {
      const undo = withoutUndo(memory.undo, 'mode', 'license-mode')
      return done(`${device.name} is active and holds the exclusive lock of ${plan.vdisk.name}`, { undo, touched: true })
    }

    const overdue = {
      code: 'TARGET_DID_NOT_BOOT',
      details: { device: device.name, name: plan.vdisk.name, waited: minutes(plan.policy.createVDisk.deadlineMs) },
    } as const
    if (device.active || locked)
      return retry(
        `${device.name} to hold the lock of ${plan.vdisk.name}`,
        `active: ${String(device.active)}, locked: ${String(locked)}`,
        overdue,
      )
    if (intent === null) {
      return act(
        {
          ask: ask(plan.farm.server, 'Start-VdpDevice', { deviceId: device.id }),
          what: `start ${device.name}`,
          key: 'start-target',
          undo: [{ key: `running:${device.id}`, is: 'running', deviceId: device.id, device: device.name }],
        },
        `${device.name} is off, ${memory.disk?.name ?? plan.vdisk.name} is open`,
      )
    }
    return retry(`${device.name} to come up from ${plan.vdisk.name}`, 'not active yet', overdue)
  },
})

function minutes(ms: number): string {
  return `${String(Math.round(ms / 60_000))} min`
}
