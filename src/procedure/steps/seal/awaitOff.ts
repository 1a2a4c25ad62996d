import { wayOf } from '../../../diagnosis/way.ts'
import type { Device, DiskState } from '../../../wire/operations/farm-state.ts'
import type { Plan } from '../../../workflow/plan.ts'
import { ask, type Probe } from '../../asking.ts'
import { lookAtDevice, lookAtDisk } from '../../looks.ts'
import { defineStage, type Sight } from '../../stage.ts'
import type { Undo } from '../../undo.ts'
import { act, done, hold, retry, type Verdict } from '../../verdict.ts'
import { strangers } from './strangers.ts'

/** Step 8: off is inactive *and* unlocked at every look for the whole dwell, because a rebooting target is inactive and unlocked too.
 *  Meanwhile the device is disabled, so that it cannot log in again (its effect on an active device is unproven: it is set after).
 *  A lock outlives `Active` by some polls. Source: article step 8; pvs.md 4.2, 4.3. */
export const awaitOff = defineStage({
  name: 'awaitOff',
  step: 'sealVDisk',
  title: 'wait until the target is off and the lock is gone',
  repeat: 'after-probe',
  probe: (look) => ({ device: lookAtDevice(look), disk: lookAtDisk(look) }),

  judge(sight) {
    const { plan, now } = sight
    const device = now.device.device
    const guid = now.disk.disk?.guid
    if (device === undefined || guid === undefined) return hold('DEVICE_NOT_FOUND', { device: plan.target.device })
    if (device.active) return cameBack(device, sight)
    const foreign = strangers(now.disk, sight)
    if (foreign !== null) return { ...foreign, learn: { off: null } }
    if (device.enabled) return keepOff(device, plan)
    const lock = now.disk.locks.find((one) => wayOf(plan) === 'private' || one.exclusive || one.ownerId === device.id)
    if (lock !== undefined) return locked(lock, device, guid, sight)
    return dwell(device.name, now.device.at, sight)
  },
})

type Off = Pick<Sight<Probe>, 'plan' | 'memory' | 'granted'>

/** A reboot looks like off for a while: the dwell counts only while somebody looked. After a longer silence of ours it begins anew. */
function dwell(device: string, at: string, { plan, memory }: Off): Verdict {
  const { offDwellMs } = plan.seal
  const before = memory.off
  const silence = Math.max(offDwellMs, 2 * plan.policy.sealVDisk.pollMs)
  const passed = before === null ? -1 : Date.parse(at) - Date.parse(before.seen)
  // A clock that was set back says nothing of how long it was off.
  const watched = before !== null && passed >= 0 && passed < silence
  const off = { since: watched ? before.since : at, seen: at }
  const dwelt = Date.parse(at) - Date.parse(off.since)
  if (dwelt < offDwellMs) return { ...retry(`${device} to stay off`, 'inactive and unlocked'), learn: { off } }
  return done(`inactive and unlocked for ${String(Math.round(dwelt / 1000))} s`, { off, window: null })
}

/** It logged in again after its shutdown: whatever was rearmed has been spent on the master. */
function cameBack(device: Device, { plan, memory }: Off): Verdict {
  if (memory.window === null)
    return hold('TARGET_DID_NOT_STOP', { device: device.name, state: 'active again', waited: 'its shutdown' })
  const details = { host: plan.target.host, windowsLeft: 'unknown while it runs', officeLeft: 'unknown while it runs' }
  return hold('REARM_LOST', details, 'it logged in again after its shutdown', [
    { name: 'rearm-again', label: 'go back to the first rearm' },
  ])
}

function keepOff({ id, name, bootFrom, type }: Device, plan: Plan): Verdict {
  const off = { deviceId: id, assign: null, unassign: null, bootFrom: null, type: null, enabled: false }
  const undo: Undo = { key: `device:${id}`, is: 'device', deviceId: id, device: name, bootFrom, type, enabled: true }
  const change = {
    ask: ask(plan.farm.server, 'Connect-VdpDevice', off),
    what: `keep ${name} from logging in`,
    key: 'keep-off',
    undo: [undo],
  }
  return act(change, `${name} is off`)
}

function locked(lock: DiskState['locks'][number], device: Device, guid: string, { plan, granted }: Off): Verdict {
  const overdue = {
    code: 'VDISK_LOCKED',
    details: { name: plan.vdisk.name, owner: lock.ownerName, kind: lock.ownerKind },
  } as const
  if (lock.ownerId !== device.id) return hold(overdue.code, overdue.details)
  if (granted.includes(UNLOCK.name)) {
    const request = ask(plan.farm.server, 'Unlock-VdpDisk', { guid, ownerId: lock.ownerId })
    return act(
      { ask: request, what: `remove the lock of ${lock.ownerName}`, key: UNLOCK.name, uses: UNLOCK.name },
      `${lock.ownerName} is inactive; a person says that it is off`,
    )
  }
  const held = `held by ${lock.ownerName} (${lock.ownerKind}${lock.exclusive ? ', exclusive' : ''})`
  return { ...retry(`the lock of ${plan.vdisk.name} to go`, held, overdue), learn: { off: null }, options: [UNLOCK] }
}

const UNLOCK = { name: 'unlock', label: 'remove the lock: I know that the machine is off' }
