import type { Check } from '../check.ts'
import { defineCheck, noReadings } from '../define.ts'
import { bad, na, pass } from '../ruling.ts'
import { missingFrom, onDevice, onDeviceAnswer, type Subject } from '../subjects.ts'
import type { Look } from '../check.ts'
import { NOTHING_OPENED, wayOf } from '../way.ts'

const GET_DEVICE = 'on {server}: Get-PvsDeviceInfo -Name "{device}"'
const ACTIVE = 'On an active device the change needs its reboot: the run does not begin before.'

/** PvsDevice.Type and BootFrom. Source: pvs.md 4.3. */
const TYPES = ['production', 'test', 'maintenance', 'personal vDisk', 'personal vDisk, test'] as const
const BOOT_SOURCES = ['none', 'vDisk', 'hard disk', 'floppy'] as const

/** The answer about the record; PVS saying that there is none is an answer too. */
function onSearch(look: Look): readonly Subject<{ found: number }>[] {
  const host = look.plan.target.device
  return missingFrom(look, 'device', look.plan.farm.server)?.code === 'DEVICE_NOT_FOUND'
    ? [{ host, seen: { found: 0 } }]
    : onDeviceAnswer(look)
}

const record = defineCheck({
  id: 'device.record',
  title: 'device record',
  group: 'pvs',
  severity: 'fail',
  source: 'pvs-guide; pvs-target',
  reads: ['device.found'],
  rule: 'Fails unless exactly one device has this name.',
  effect: 'The prep device is not known to the farm: nothing is begun.',
  remedy: ['Check the device name of the target in the inventory.'],
  byHand: GET_DEVICE,
  subjects: onSearch,
  facts: noReadings,
  ruling: (_, { found }) =>
    found === 1 ? pass('{device}') : bad(found === 0 ? 'no device {device} in the farm' : `${found} devices answer to {device}`),
})

const type = defineCheck({
  id: 'device.type',
  title: 'device type',
  group: 'pvs',
  severity: 'fail',
  source: 'pvs-guide; pvs-target; own-rule',
  reads: ['device.device.type', 'device.device.active'],
  rule: 'Fails when the device is up as another type than the scenario needs.',
  effect: ACTIVE,
  remedy: ['Shut {device} down: step 1 sets its type and puts it back at the end.'],
  byHand: GET_DEVICE,
  subjects: onDevice,
  facts: noReadings,
  ruling(_, device, { plan }) {
    if (wayOf(plan) === 'closed') return na(NOTHING_OPENED)
    const wanted = wayOf(plan) === 'version' ? 2 : 0
    const now = TYPES[device.type] ?? `type ${device.type}`
    if (device.type === wanted) return pass(now)
    return device.active
      ? bad(`{device} is up as ${now}, needed is ${TYPES[wanted]}`)
      : pass(`${now}; step 1 sets ${TYPES[wanted]}`)
  },
})

const bootSource = defineCheck({
  id: 'device.bootSource',
  title: 'boot source of the device',
  group: 'pvs',
  severity: 'fail',
  source: 'pvs-guide; pvs-target; bisf; personality',
  reads: ['device.device.bootFrom', 'device.device.active'],
  rule: 'Fails when the device is up with another boot source than vDisk.',
  effect: ACTIVE,
  remedy: ['Shut {device} down: step 1 sets the boot source and puts it back at the end.'],
  byHand: GET_DEVICE,
  subjects: onDevice,
  facts: noReadings,
  ruling(_, device, { plan }) {
    if (wayOf(plan) === 'closed') return na(NOTHING_OPENED)
    const now = BOOT_SOURCES[device.bootFrom] ?? `boot source ${device.bootFrom}`
    if (device.bootFrom === 1) return pass(now)
    return device.active ? bad(`{device} is up with boot source ${now}`) : pass(`${now}; step 1 sets vDisk`)
  },
})

const otherDisks = defineCheck({
  id: 'device.disks',
  title: 'other disks of the device',
  group: 'pvs',
  severity: 'fail',
  source: 'own-rule',
  reads: ['device.device.disks', 'disk.disk.guid'],
  rule: 'Fails when the device may boot another enabled disk.',
  effect: 'It may boot another disk, and the rearm would be spent there.',
  remedy: ['Remove or disable the other disks of {device} in the console.'],
  byHand: GET_DEVICE,
  subjects: onDevice,
  facts: noReadings,
  ruling(_, device, { plan, disk }) {
    if (wayOf(plan) === 'closed') return na(NOTHING_OPENED)
    const guid = disk?.disk?.guid
    const mine = (one: { guid: string; name: string }) =>
      guid === undefined ? one.name.toUpperCase() === plan.vdisk.name.toUpperCase() : one.guid === guid
    const others = device.disks.filter((one) => one.enabled && !mine(one)).map((one) => one.name)
    return others.length === 0 ? pass('{disk} alone, or none yet') : bad(`{device} also boots from ${others.join(', ')}`)
  },
})

/** The record of the prep device. */
export const deviceChecks: readonly Check[] = [record, type, bootSource, otherDisks]
