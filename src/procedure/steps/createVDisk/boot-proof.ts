import { wayOf } from '../../../diagnosis/way.ts'
import { isPrivate } from '../../../farm/image-mode.ts'
import type { Device, DeviceState, DiskState } from '../../../wire/operations/farm-state.ts'
import type { TargetState } from '../../../wire/operations/target-state.ts'
import { known } from '../../../wire/reading.ts'
import type { Look } from '../../stage.ts'
import { done, hold, type Verdict } from '../../verdict.ts'

interface Seen {
  readonly target: TargetState
  readonly disk: DiskState
  readonly device: DeviceState
}

type Prepared = Pick<Look, 'plan' | 'memory'>

/** Whether host and device are one machine and Windows runs *from* this disk.
 *  `PVSAgent\WriteCacheType` 0 or 10 says only that a vDisk is attached read/write: in the imaging state both sides agree and are
 *  wrong, and the rearm would be spent on the master's own hard disk. What proves the boot source is the system volume lying on the
 *  PVS disk, with Personality.ini present. Source: pvs.md 6.3. */
export function bootProof(now: Seen, look: Prepared): Verdict {
  const { plan, memory } = look
  const host = plan.target.host
  const name = memory.disk?.name ?? plan.vdisk.name
  const { device } = now.device
  const { identity, pvs } = now.target
  if (device === undefined || identity === undefined || pvs === undefined)
    return hold('DEVICE_NOT_FOUND', { device: plan.target.device })
  const stranger = notOneMachine(identity, device.mac, device.name)
  if (stranger !== null) return hold('IDENTITY_MISMATCH', { host, device: device.name, why: stranger })
  const off = notOnDisk(now.disk, device, name)
  if (off !== null) return 'is' in off ? off : hold('TARGET_NOT_ON_VDISK', { host, device: device.name, name, ...off })
  const doubt = attachedWrong(pvs, device, look) ?? bootedElsewhere(pvs, device)
  if (doubt !== null) return hold(doubt.code, { host, device: device.name, name, why: doubt.why })
  const type = known(pvs.writeCacheType) ? String(pvs.writeCacheType) : 'unknown'
  const attached = known(pvs.diskName) ? (pvs.diskName ?? name) : name
  return done([
    `farm: ${device.name} active with the exclusive lock of ${name}`,
    `target: attached to ${attached}, WriteCacheType ${type}, system volume on it, Personality.ini present`,
  ])
}

/** What the farm sees: the device active with the exclusive lock of the disk, and nobody else. */
function notOnDisk(disk: DiskState, device: Device, name: string): Verdict | { readonly why: string } | null {
  const holder = disk.locks.find((lock) => lock.exclusive)
  if (holder !== undefined && holder.ownerId !== device.id) return hold('FOREIGN_WRITER', { name, owner: holder.ownerName })
  return device.active && holder !== undefined ? null : { why: 'the farm sees it neither active nor holding the lock' }
}

interface Doubt {
  readonly code: 'TARGET_NOT_ON_VDISK' | 'TARGET_BOOT_SOURCE_UNKNOWN'
  readonly why: string
}

type Pvs = NonNullable<TargetState['pvs']>

/** What the target says of the disk that is attached. Of a maintenance version the file and the number decide; its WriteCacheType is
 *  recorded only: no source says what it shows. */
function attachedWrong(pvs: Pvs, device: Device, { plan, memory }: Prepared): Doubt | null {
  const elsewhere = (why: string): Doubt => ({ code: 'TARGET_NOT_ON_VDISK', why })
  const unsure = (why: string): Doubt => ({ code: 'TARGET_BOOT_SOURCE_UNKNOWN', why })
  if (!known(pvs.attached)) return unsure(pvs.attached.unknown)
  if (!pvs.attached) return elsewhere('no vDisk is attached')
  if (!known(pvs.diskName)) return unsure(pvs.diskName.unknown)
  const version = wayOf(plan) === 'version' ? memory.version : 0
  if (version === null || !isFileOf(pvs.diskName, memory.disk?.name ?? plan.vdisk.name, version))
    return elsewhere(`it is attached to ${pvs.diskName ?? 'nothing'}`)
  if (version > 0)
    return device.diskVersion === version
      ? null
      : elsewhere(`the farm says version ${String(device.diskVersion)}, not ${String(version)}`)
  if (!known(pvs.writeCacheType)) return unsure(pvs.writeCacheType.unknown)
  if (pvs.writeCacheType === null || !isPrivate(pvs.writeCacheType))
    return elsewhere(`WriteCacheType is ${String(pvs.writeCacheType)} there: read-only`)
  return null
}

/** Whether Windows itself runs from the attached disk. */
function bootedElsewhere(pvs: Pvs, device: Device): Doubt | null {
  const unsure = (why: string): Doubt => ({ code: 'TARGET_BOOT_SOURCE_UNKNOWN', why })
  if (!known(pvs.systemVolumeOnVdisk)) return unsure(`the disk of the system volume: ${pvs.systemVolumeOnVdisk.unknown}`)
  if (!pvs.systemVolumeOnVdisk) return unsure('the system volume is not on the PVS disk: Windows runs from another disk')
  if (!known(pvs.personality) || !pvs.personality.present) return unsure('C:\\Personality.ini is not there')
  return device.bootFrom === 1 ? null : unsure(`the device record says boot source ${String(device.bootFrom)}`)
}

type Identity = NonNullable<TargetState['identity']>

/** Why a machine is not the one whose network card PVS knows, or null. */
export function notThisCard({ macs }: Identity, mac: string): string | null {
  const plain = (text: string) => text.toUpperCase().replaceAll(/[^0-9A-F]/g, '')
  return macs.some((own) => plain(own) === plain(mac)) ? null : `its network cards are ${macs.join(', ')}, the record says ${mac}`
}

/** Why a machine is not the device of this network card and name, or null. */
export function notOneMachine(identity: Identity, mac: string, device: string): string | null {
  const card = notThisCard(identity, mac)
  if (card !== null) return card
  if (identity.computerName.toUpperCase() !== device.toUpperCase()) return `it calls itself ${identity.computerName}`
  const personality = identity.personalityDevice
  if (known(personality) && personality !== null && personality.toUpperCase() !== device.toUpperCase())
    return `its Personality.ini names ${personality}`
  return null
}

/** `PVSAgent\DiskName` carries the file's name: .vhd and .vhdx are the base disk, .<n>.avhd and .avhdx version n. Source: pvs.md 6.3, 6.4. */
export function isFileOf(attached: string | null, name: string, version: number): boolean {
  const wanted =
    version === 0
      ? [`${name}.vhd`, `${name}.vhdx`, name]
      : [`${name}.${String(version)}.avhd`, `${name}.${String(version)}.avhdx`]
  return attached !== null && wanted.some((file) => file.toUpperCase() === attached.toUpperCase())
}
