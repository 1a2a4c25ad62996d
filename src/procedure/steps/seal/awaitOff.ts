import { ask } from '../../asking.ts'
import { lookAtDevice, lookAtDisk } from '../../looks.ts'
import { defineStage } from '../../stage.ts'
import { act, done, hold, retry } from '../../verdict.ts'

/** Step 8: off is inactive *and* unlocked at every look for the whole dwell, because a rebooting target is inactive and unlocked too.
 *  Meanwhile the device is disabled, so that it cannot log in again (its effect on an active device is unproven: it is set after).
 *  A lock outlives `Active` by some polls. Source: article step 8; pvs.md 4.2, 4.3. */
export const awaitOff = defineStage({
  name: 'awaitOff',
  step: 'sealVDisk',
  title: 'wait until the target is off and the lock is gone',
  repeat: 'after-probe',
  probe: (look) => ({ device: lookAtDevice(look), disk: lookAtDisk(look) }),

  judge({ plan, memory, now, granted, intent }) {
    const device = now.device.device
    const guid = now.disk.disk?.guid
    if (device === undefined || guid === undefined) return hold('DEVICE_NOT_FOUND', { device: plan.target.device })
    if (device.active) {
      return memory.window === null
        ? hold('TARGET_DID_NOT_STOP', { device: device.name, state: 'active again', waited: 'its shutdown' })
        : hold(
            'REARM_LOST',
            { host: plan.target.host, windowsLeft: 'unknown while it runs', officeLeft: 'unknown while it runs' },
            'it logged in again after its shutdown',
            [{ name: 'rearm-again', label: 'go back to the first rearm' }],
          )
    }
    if (device.enabled) {
      return act(
        {
          ask: ask(plan.farm.server, 'Connect-VdpDevice', {
            deviceId: device.id,
            assign: null,
            unassign: null,
            bootFrom: null,
            type: null,
            enabled: false,
          }),
          what: `keep ${device.name} from logging in`,
          key: 'keep-off',
          undo: [
            {
              key: `device:${device.id}`,
              when: 'end',
              is: 'device',
              deviceId: device.id,
              device: device.name,
              bootFrom: device.bootFrom,
              type: device.type,
              enabled: true,
            },
          ],
        },
        `${device.name} is inactive`,
      )
    }
    const lock = now.disk.locks[0]
    if (lock !== undefined) {
      if (lock.ownerId !== device.id)
        return hold('VDISK_LOCKED', { name: plan.vdisk.name, owner: lock.ownerName, kind: lock.ownerKind })
      if (granted.includes('unlock') && intent?.key !== 'unlock') {
        return act(
          {
            ask: ask(plan.farm.server, 'Unlock-VdpDisk', { guid, ownerId: lock.ownerId }),
            what: `remove the lock of ${lock.ownerName}`,
            key: 'unlock',
          },
          `${lock.ownerName} is inactive; a person says that it is off`,
        )
      }
      const held = `held by ${lock.ownerName} (${lock.ownerKind}${lock.exclusive ? ', exclusive' : ''})`
      const overdue = {
        code: 'VDISK_LOCKED',
        details: { name: plan.vdisk.name, owner: lock.ownerName, kind: lock.ownerKind },
      } as const
      return { ...retry(`the lock of ${plan.vdisk.name} to go`, held, overdue), learn: { offSince: null }, options: UNLOCK }
    }
    const since = memory.offSince ?? now.device.at
    const dwelt = Date.parse(now.device.at) - Date.parse(since)
    if (dwelt >= plan.seal.offDwellMs)
      return done(`inactive and unlocked for ${String(Math.round(dwelt / 1000))} s`, { offSince: since, window: null })
    return { ...retry(`${device.name} to stay off`, 'inactive and unlocked'), learn: { offSince: since } }
  },
})

const UNLOCK = [{ name: 'unlock', label: 'remove the lock: I know that the machine is off' }]
