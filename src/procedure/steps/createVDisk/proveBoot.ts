import type { TargetState } from '../../../wire/operations/target-state.ts'
import { known } from '../../../wire/reading.ts'
import { lookAtDevice, lookAtDisk, lookAtTarget } from '../../looks.ts'
import { isPrivate } from '../../../farm/image-mode.ts'
import { defineStage } from '../../stage.ts'
import { done, hold } from '../../verdict.ts'

/** Step 1, proof: host and device are one machine, and Windows runs *from* this disk.
 *  `PVSAgent\WriteCacheType` 0 or 10 says only that a vDisk is attached read/write: in the imaging state both sides agree and are
 *  wrong, and the rearm would be spent on the master's own hard disk. What proves the boot source is the system volume lying on the
 *  PVS disk, with Personality.ini present. Source: pvs.md 6.3. */
export const proveBoot = defineStage({
  name: 'proveBoot',
  step: 'createVDisk',
  title: 'prove that the target runs from the vDisk',
  repeat: 'safe',
  probe: (look) => ({
    target: lookAtTarget(look, ['boot', 'identity', 'pvs']),
    disk: lookAtDisk(look),
    device: lookAtDevice(look),
  }),

  judge({ plan, memory, now }) {
    const host = plan.target.host
    const name = memory.disk?.name ?? plan.vdisk.name
    const device = now.device.device
    const { identity, pvs } = now.target
    if (device === undefined || identity === undefined || pvs === undefined)
      return hold('DEVICE_NOT_FOUND', { device: plan.target.device })

    const stranger = notOneMachine(identity, device.mac, device.name)
    if (stranger !== null) return hold('IDENTITY_MISMATCH', { host, device: device.name, why: stranger })
    const holder = now.disk.locks.find((lock) => lock.exclusive)
    if (holder !== undefined && holder.ownerId !== device.id) return hold('FOREIGN_WRITER', { name, owner: holder.ownerName })
    if (!device.active || holder === undefined)
      return hold('TARGET_NOT_ON_VDISK', {
        host,
        device: device.name,
        name,
        why: 'the farm sees it neither active nor holding the lock',
      })

    const unsure = (why: string) => hold('TARGET_BOOT_SOURCE_UNKNOWN', { host, device: device.name, name, why })
    if (!known(pvs.attached)) return unsure(pvs.attached.unknown)
    if (!pvs.attached) return hold('TARGET_NOT_ON_VDISK', { host, device: device.name, name, why: 'no vDisk is attached' })
    if (!known(pvs.diskName)) return unsure(pvs.diskName.unknown)
    if (!sameDisk(pvs.diskName, name))
      return hold('TARGET_NOT_ON_VDISK', {
        host,
        device: device.name,
        name,
        why: `it is attached to ${pvs.diskName ?? 'nothing'}`,
      })
    if (!known(pvs.writeCacheType)) return unsure(pvs.writeCacheType.unknown)
    if (pvs.writeCacheType === null || !isPrivate(pvs.writeCacheType)) {
      return hold('TARGET_NOT_ON_VDISK', {
        host,
        device: device.name,
        name,
        why: `WriteCacheType is ${String(pvs.writeCacheType)} there: read-only`,
      })
    }
    if (!known(pvs.systemVolumeOnVdisk)) return unsure(`the disk of the system volume: ${pvs.systemVolumeOnVdisk.unknown}`)
    if (!pvs.systemVolumeOnVdisk) return unsure('the system volume is not on the PVS disk: Windows runs from another disk')
    if (!known(pvs.personality) || !pvs.personality.present) return unsure('C:\\Personality.ini is not there')
    if (device.bootFrom !== 1) return unsure(`the device record says boot source ${String(device.bootFrom)}`)
    return done([
      `farm: ${device.name} active with the exclusive lock of ${name}`,
      `target: attached to ${pvs.diskName ?? name}, WriteCacheType ${String(pvs.writeCacheType)}, system volume on it, Personality.ini present`,
    ])
  },
})

function notOneMachine(identity: NonNullable<TargetState['identity']>, mac: string, device: string): string | null {
  const plain = (text: string) => text.toUpperCase().replaceAll(/[^0-9A-F]/g, '')
  if (!identity.macs.some((own) => plain(own) === plain(mac)))
    return `its network cards are ${identity.macs.join(', ')}, the record says ${mac}`
  if (identity.computerName.toUpperCase() !== device.toUpperCase()) return `it calls itself ${identity.computerName}`
  const personality = identity.personalityDevice
  if (known(personality) && personality !== null && personality.toUpperCase() !== device.toUpperCase())
    return `its Personality.ini names ${personality}`
  return null
}

/** `PVSAgent\DiskName` carries the file's name with extension; .vhd and .vhdx are the base disk. Source: pvs.md 6.3. */
function sameDisk(attached: string | null, name: string): boolean {
  return attached !== null && attached.replace(/\.vhdx?$/i, '').toUpperCase() === name.toUpperCase()
}
