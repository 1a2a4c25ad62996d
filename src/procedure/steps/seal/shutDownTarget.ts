import { ask } from '../../asking.ts'
import { lookAtDevice, lookAtDisk, lookAtTarget } from '../../looks.ts'
import { defineStage, type Look } from '../../stage.ts'
import { act, done, hold, retry, type Verdict } from '../../verdict.ts'
import { servicesReturnByThemselves } from './tidyTarget.ts'

/** Step 8: one shutdown request for the one device; the task tells only that the device took it. While the target answers, every look also
 *  proves that it was not rebooted: an approval may have waited for hours. Source: article step 8; pvs.md 4.3. */
export const shutDownTarget = defineStage({
  name: 'shutDownTarget',
  step: 'sealVDisk',
  title: 'shut the target down',
  repeat: 'after-probe',
  insideWindow: true,
  judgesSilence: true,
  probe: (look) => ({ device: lookAtDevice(look), disk: lookAtDisk(look), target: lookAtTarget(look, ['boot']) }),

  judge({ plan, memory, now, missing, intent }) {
    const silent = missing['device'] ?? missing['disk']
    if (silent !== undefined) return retry('the PVS server to answer', silent.code, silent)
    const device = now.device.device
    if (device === undefined) return hold('DEVICE_NOT_FOUND', { device: plan.target.device })
    const foreign = now.disk.locks.find((lock) => lock.exclusive && lock.ownerId !== device.id)
    if (foreign !== undefined) return hold('FOREIGN_WRITER', { name: plan.vdisk.name, owner: foreign.ownerName })
    if (!device.active)
      return done(`${device.name} is no longer active`, {
        undo: servicesReturnByThemselves(memory.undo).filter((undo) => undo.is !== 'running' || undo.deviceId !== device.id),
      })
    if (intent !== null)
      return retry(`${device.name} to shut down`, 'still active', {
        code: 'TARGET_DID_NOT_STOP',
        details: { device: device.name, state: 'active', waited: 'the time allowed' },
      })
    const boot = missing['target']
    if (boot !== undefined && memory.window !== null)
      return retry(
        `${plan.target.host} to answer, or to be off`,
        `${device.name} is active, whether it was rebooted is not known`,
        boot,
      )
    return stop(device, plan)
  },
})

function stop(device: { readonly id: string; readonly name: string }, plan: Look['plan']): Verdict {
  const request = ask(plan.farm.server, 'Stop-VdpDevice', { deviceId: device.id })
  return act({ ask: request, what: `shut ${device.name} down`, key: 'stop-target' }, `${device.name} is on`)
}
