import { isSealedForMak, makWords } from '../../farm/licence-mode.ts'
import type { Check } from '../check.ts'
import { defineCheck, noReadings } from '../define.ts'
import { bad, na, pass, warn } from '../ruling.ts'
import { deviceFact, onCanaries, onPlan } from '../subjects.ts'
import { wayOf } from '../way.ts'

const ONE_SHOWS_NOTHING = 'One canary cannot show that clones differ: after a lost rearm all share one new CMID.'

const count = defineCheck({
  id: 'canary.count',
  title: 'number of canaries',
  group: 'pvs',
  severity: 'fail',
  source: 'own-rule',
  reads: [],
  rule: 'Fails below two distinct canaries or verify.minimum, unless the risk is accepted by name.',
  effect: ONE_SHOWS_NOTHING,
  remedy: [
    'Name two target devices under canaries in {file}.',
    'Or accept it by name: acceptRisk: [singleCanary] (marked weaker).',
  ],
  byHand: 'vdiskprep validate {file}',
  subjects: onPlan,
  facts: noReadings,
  ruling(_, __, { plan }) {
    const distinct = new Set(plan.canaries.map((canary) => canary.device.toUpperCase())).size
    const needed = Math.max(2, plan.verify.minimum)
    if (distinct >= needed) return pass(`${distinct} distinct`)
    const says = `${distinct} named, ${needed} distinct ones needed`
    if (wayOf(plan) === 'version')
      return bad(`${says}: a maintenance version is never released on less`, {
        remedy: ['Name two target devices under canaries in {file}.'],
      })
    const accepted = distinct === 0 ? (['updateWithoutCanaries'] as const) : (['singleCanary', 'updateWithoutCanaries'] as const)
    return accepted.some((risk) => plan.acceptRisk.includes(risk)) ? warn(`${says} (accepted)`) : bad(says)
  },
})

const distinct = defineCheck({
  id: 'canary.distinct',
  title: 'canaries apart from the prep device and from each other',
  group: 'pvs',
  severity: 'fail',
  source: 'own-rule',
  reads: ['canaryDevices.device', 'device.device'],
  rule: 'Fails when a canary is the prep device, has its network card, or is named twice.',
  effect: ONE_SHOWS_NOTHING,
  remedy: ['Name devices under canaries that are not {device}, each once.'],
  byHand: 'on {server}: Get-PvsDevice | Select-Object Name, DeviceMac',
  subjects: onCanaries,
  facts: (_, look) => ({ prep: deviceFact(look) }),
  ruling({ prep }, { ref, device }, { plan, canaryDevices }) {
    const same = (a: string, b: string) => a.toUpperCase() === b.toUpperCase()
    if (ref.host === plan.target.host || same(ref.device, plan.target.device) || device?.id === prep.id)
      return bad('it is the prep device itself')
    if (device !== undefined && same(device.mac, prep.mac)) return bad(`it has the network card of {device} (${prep.mac})`)
    const twins = plan.canaries.filter(
      (other) =>
        other !== ref &&
        (other.host === ref.host ||
          same(other.device, ref.device) ||
          (device !== undefined && canaryDevices[other.host]?.device?.id === device.id)),
    )
    return twins.length === 0 ? pass(ref.device) : bad(`the same machine as ${twins.map((twin) => twin.host).join(', ')}`)
  },
})

const record = defineCheck({
  id: 'canary.record',
  title: 'device record of the canary',
  group: 'pvs',
  severity: 'fail',
  source: 'pvs-guide; pvs-target',
  reads: ['canaryDevices.found'],
  rule: 'Fails unless exactly one device has this name.',
  effect: 'It cannot be booted from the sealed disk: verify would wait for nothing.',
  remedy: ['Check the device name of {host} in the inventory.'],
  byHand: 'on {server}: Get-PvsDeviceInfo',
  subjects: onCanaries,
  facts: noReadings,
  ruling: (_, { found, ref }) =>
    found === 1
      ? pass(ref.device)
      : bad(found === 0 ? `no device ${ref.device} in the farm` : `${found} devices answer to ${ref.device}`),
})

const boots = defineCheck({
  id: 'canary.boots',
  title: 'boot settings of the canary',
  group: 'pvs',
  severity: 'warn',
  source: 'pvs-guide; pvs-target; own-rule',
  reads: ['canaryDevices.device', 'disk.disk.guid'],
  rule: 'Warns when the canary is disabled, boots from elsewhere, or streams the disk that is to be opened.',
  effect: 'It will not come up from the sealed disk by itself.',
  remedy: ['on {server}: $d = Get-PvsDevice -Name <device of {host}>; $d.BootFrom = 1; $d.Enabled = $true; $d | Set-PvsDevice'],
  byHand: 'on {server}: Get-PvsDevice | Select-Object Name, BootFrom, Enabled',
  subjects: onCanaries,
  facts: ({ device, ref }) => ({ device: device ?? { unknown: `no record of ${ref.device}`, because: 'canary.record' } }),
  ruling({ device }, _, { plan, disk }) {
    if (!device.enabled) return bad('the device is disabled')
    if (device.bootFrom !== 1) return bad(`boot source ${device.bootFrom}, not vDisk`)
    const guid = disk?.disk?.guid
    const streams =
      wayOf(plan) !== 'closed' && device.active && guid !== undefined && device.disks.some((one) => one.guid === guid)
    return streams
      ? bad('it is up, perhaps from this disk: it has to be off while the disk is opened', { remedy: ['Shut {host} down.'] })
      : pass('boots from vDisk')
  },
})

const mak = defineCheck({
  id: 'canary.mak',
  title: 'MAK of the canary, as PVS sees it',
  group: 'pvs',
  severity: 'warn',
  source: 'pvs-guide',
  reads: ['canaryDevices.device', 'disk.disk.guid'],
  rule: 'Of a vDisk that is sealed for MAK, warns when PVS calls a canary that streams it not activated, or says that no MAK is used.',
  effect: 'This clone runs without a licence until somebody activates it; how many activations are left is not told here.',
  remedy: ['Activate {host} in the console, by VAMT, then on {server}: Get-PvsDeviceInfo -MakLicenseActivated 1'],
  byHand: 'on {server}: Get-PvsDeviceInfo | Select-Object Name, MakLicenseActivated',
  subjects: onCanaries,
  facts: ({ device, ref }, { plan }) => ({
    device: isSealedForMak(plan) ? (device ?? { unknown: `no record of ${ref.device}`, because: 'canary.record' }) : null,
  }),
  ruling({ device }, _, { disk }) {
    if (device === null) return na('the vDisk is not for MAK')
    const guid = disk?.disk?.guid
    if (!device.active || !device.disks.some((one) => one.guid === guid)) return na('it does not stream the vDisk')
    return device.mak === 2 ? pass(makWords(device.mak)) : bad(makWords(device.mak))
  },
})

/** The devices that show afterwards whether it worked. */
export const canaryChecks: readonly Check[] = [count, distinct, record, boots, mak]
