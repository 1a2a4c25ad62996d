import { ask } from '../../asking.ts'
import { lookAtDevice, lookAtDisk } from '../../looks.ts'
import { defineStage } from '../../stage.ts'
import { act, done, hold, retry } from '../../verdict.ts'
import { servicesReturnByThemselves } from './tidyTarget.ts'

/** Step 8: one shutdown request for the one device; the task tells only that the device took it. Source: article step 8; pvs.md 4.3. */
export const shutDownTarget = defineStage({
  name: 'shutDownTarget',
  step: 'sealVDisk',
  title: 'shut the target down',
  repeat: 'after-probe',
  probe: (look) => ({ device: lookAtDevice(look), disk: lookAtDisk(look) }),

  judge({ plan, memory, now, intent }) {
    const device = now.device.device
    if (device === undefined) return hold('DEVICE_NOT_FOUND', { device: plan.target.device })
    const foreign = now.disk.locks.find((lock) => lock.exclusive && lock.ownerId !== device.id)
    if (foreign !== undefined) return hold('FOREIGN_WRITER', { name: plan.vdisk.name, owner: foreign.ownerName })
    if (!device.active)
      return done(`${device.name} is no longer active`, {
        undo: servicesReturnByThemselves(memory.undo).filter((undo) => undo.is !== 'running' || undo.deviceId !== device.id),
      })
    if (intent === null) {
      return act(
        {
          ask: ask(plan.farm.server, 'Stop-VdpDevice', { deviceId: device.id }),
          what: `shut ${device.name} down`,
          key: 'stop-target',
        },
        `${device.name} is active`,
      )
    }
    return retry(`${device.name} to shut down`, 'still active', {
      code: 'TARGET_DID_NOT_STOP',
      details: { device: device.name, state: 'active', waited: 'the time allowed' },
    })
  },
})
