import { isPrivate } from '../../farm/image-mode.ts'
import { known } from '../../wire/reading.ts'
import type { Check } from '../check.ts'
import { defineCheck, noReadings } from '../define.ts'
import { bad, hidden, na, pass, unsure } from '../ruling.ts'
import { deviceFact, onTarget } from '../subjects.ts'

const onBoot = onTarget('boot')
const onIdentity = onTarget('identity')
const onIdentityAndPvs = onTarget('identity', 'pvs')
const onIdentityAndSecurity = onTarget('identity', 'security')
const onPvs = onTarget('pvs')
const onSecurity = onTarget('security')

/** `PVSAgent\DiskName` is the file's name with its extension. Source: pvs.md 6.3. */
function diskOfFile(file: string): string {
  return file.replace(/\.vhdx?$/i, '').toUpperCase()
}

function plainMac(mac: string): string {
  return mac.toUpperCase().replaceAll(/[^0-9A-F]/g, '')
}

const identity = defineCheck({
  id: 'target.identity',
  title: 'identity of target and device',
  group: 'target',
  severity: 'fail',
  source: 'own-rule; pvs-guide; pvs-target',
  reads: ['target.identity', 'target.pvs.systemVolumeOnVdisk', 'device.device'],
  rule: 'Fails when network card, computer name, Personality.ini or address are not those of the device record.',
  effect: 'What is done on {host} would be judged on {device}: two machines.',
  remedy: ['Check address and device of {host} in the inventory.'],
  byHand: 'on {host}: hostname; getmac; and on {server}: (Get-PvsDevice -Name "{device}").DeviceMac',
  subjects: onIdentityAndPvs,
  facts: ({ identity, pvs }, look) => ({
    device: deviceFact(look),
    personality: identity.personalityDevice,
    onVdisk: pvs.systemVolumeOnVdisk,
  }),
  ruling({ device, personality, onVdisk }, { identity }) {
    const { macs, computerName, addresses } = identity
    if (!macs.some((mac) => plainMac(mac) === plainMac(device.mac))) {
      return bad(`its network cards are ${macs.join(', ')}; the record of {device} says ${device.mac}`)
    }
    const same = (name: string) => name.toUpperCase() === device.name.toUpperCase()
    // The device must not carry the name of the machine being imaged, so the names may differ off the vDisk: pvs.md 4.3.
    if (onVdisk && !same(computerName)) return bad(`it calls itself ${computerName}, the device is {device}`)
    if (personality !== null && !same(personality)) return bad(`its Personality.ini names ${personality}, the device is {device}`)
    if (device.active && device.ip !== null && !addresses.includes(device.ip)) {
      return bad(`its addresses are ${addresses.join(', ')}; {device} streams at ${device.ip}`)
    }
    return pass(`${computerName}, ${device.mac}`)
  },
})

const vdisk = defineCheck({
  id: 'target.vdisk',
  title: 'disk that the target runs from',
  group: 'target',
  severity: 'fail',
  source: 'own-rule; bisf; personality',
  reads: ['target.pvs', 'device.device', 'disk.disk.writeCacheType'],
  rule: 'While the disk is open, fails unless Windows itself runs from it, read/write, by every sign.',
  effect: 'A rearm would be spent on another disk than {disk}.',
  remedy: ['on {server}: $d = Get-PvsDevice -Name "{device}"; $d.BootFrom = 1; $d | Set-PvsDevice', 'Boot {device} from {disk}.'],
  byHand:
    'on {host}: Get-ItemProperty HKLM:\\SYSTEM\\CurrentControlSet\\Services\\bnistack\\PVSAgent; Get-Content C:\\Personality.ini',
  subjects: onPvs,
  facts: ({ pvs }, look) => ({
    device: deviceFact(look),
    attached: pvs.attached,
    diskName: pvs.diskName,
    personality: pvs.personality,
    onVdisk: pvs.systemVolumeOnVdisk,
    type: pvs.writeCacheType,
  }),
  ruling({ device, attached, diskName, personality, onVdisk, type }, _, { plan, disk }) {
    const mode = disk?.disk?.writeCacheType
    if (mode === undefined && plan.vdisk.create === 'imaging-wizard') return na('step 1 makes {disk} and proves the boot')
    if (mode === undefined) return hidden('disk.found', 'whether {disk} is open is not known: it was not read')
    if (!isPrivate(mode)) return na('{disk} is not open yet: step 1 boots {device} from it and proves it')
    if (!attached) return bad('no vDisk is attached')
    if (diskName === null || diskOfFile(diskName) !== plan.vdisk.name.toUpperCase())
      return bad(`it is attached to ${diskName ?? 'nothing'}`)
    if (type === null || !isPrivate(type)) return bad(`WriteCacheType is ${String(type)} there: read-only`)
    if (!onVdisk) return bad('{disk} is attached, but Windows runs from another disk')
    if (!personality.present) return bad('C:\\Personality.ini is not there: not booted from a vDisk')
    if (device.bootFrom !== 1) return bad(`the record of {device} says boot source ${device.bootFrom}, not vDisk`)
    return pass(`system volume on ${diskName}, read/write`)
  },
})

const fastStartup = defineCheck({
  id: 'target.fastStartup',
  title: 'fast startup',
  group: 'target',
  severity: 'fail',
  source: 'own-rule (no-reboot window)',
  reads: ['target.boot'],
  rule: 'Fails when HiberbootEnabled is 1 and hibernation is on.',
  effect: 'A shutdown would hibernate the kernel: the image is sealed half asleep and boots cannot be told apart.',
  remedy: ['on {host}: powercfg /hibernate off'],
  byHand: 'on {host}: Get-ItemPropertyValue "HKLM:\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Power" HiberbootEnabled',
  subjects: onBoot,
  facts: noReadings,
  ruling(_, { boot }) {
    const { hiberbootEnabled: fast, hibernationEnabled: hibernation } = boot
    if (fast === false || hibernation === false) return pass(fast === false ? 'off' : 'without hibernation it cannot work')
    if (!known(fast)) return unsure(`HiberbootEnabled: not known (${fast.unknown})`)
    if (!known(hibernation)) return unsure(`hibernation: not known (${hibernation.unknown})`)
    return bad('HiberbootEnabled is 1 and hibernation is on')
  },
})

const address = defineCheck({
  id: 'target.address',
  title: 'address of the network card',
  group: 'target',
  severity: 'warn',
  source: 'own-rule',
  reads: ['target.identity'],
  rule: 'Warns when the address is static.',
  effect: 'The address is part of the image: every clone would claim it.',
  remedy: ['on {host}: Set-NetIPInterface -InterfaceAlias <name> -Dhcp Enabled'],
  byHand: 'on {host}: Get-NetIPInterface -AddressFamily IPv4 | Select-Object InterfaceAlias, Dhcp',
  subjects: onIdentity,
  facts: ({ identity }) => ({ fixed: identity.staticAddress }),
  ruling: ({ fixed }, { identity }) => (fixed ? bad(`static: ${identity.addresses.join(', ')}`) : pass('by DHCP')),
})

const bitLocker = defineCheck({
  id: 'target.bitLocker',
  title: 'BitLocker or device encryption',
  group: 'target',
  severity: 'fail',
  source: 'own-rule',
  reads: ['target.security.bitLocker'],
  rule: 'Fails unless the system volume is decrypted.',
  effect: 'PVS mounts the vDisk on the server to prepare it; that this works on an encrypted volume is unproven.',
  remedy: ['on {host}: manage-bde -off C:', 'Wait until it says decrypted: manage-bde -status C:'],
  byHand: 'on {host}: manage-bde -status C:',
  subjects: onSecurity,
  facts: ({ security }) => ({ state: security.bitLocker }),
  ruling: ({ state }) => (state === 'decrypted' ? pass('decrypted') : bad(`the system volume is ${state}`)),
})

const machinePassword = defineCheck({
  id: 'target.machinePassword',
  title: 'changes of the machine account password',
  group: 'target',
  severity: 'warn',
  source: 'own-rule',
  reads: ['target.identity.domain', 'target.security.machinePasswordChangeDisabled'],
  rule: 'In a domain, warns unless Windows leaves the password to PVS.',
  effect: 'A clone that changes its password itself loses it with its write cache, and with it the trust of the domain.',
  remedy: ['Set the policy "Domain member: Disable machine account password changes" for {host}.'],
  byHand: 'on {host}: Get-ItemProperty HKLM:\\SYSTEM\\CurrentControlSet\\Services\\Netlogon\\Parameters',
  subjects: onIdentityAndSecurity,
  facts: ({ identity, security }) => (identity.domain === null ? { off: null } : { off: security.machinePasswordChangeDisabled }),
  ruling({ off }, { identity }) {
    if (off === null) return na('not a member of a domain')
    return off
      ? pass(`left to PVS (domain ${identity.domain ?? ''})`)
      : bad(`Windows changes it itself (domain ${identity.domain ?? ''})`)
  },
})

/** The target as a machine: who it is, what it runs from, and what would spoil a sealed image whatever its licences say. */
export const machineChecks: readonly Check[] = [identity, vdisk, fastStartup, address, bitLocker, machinePassword]
