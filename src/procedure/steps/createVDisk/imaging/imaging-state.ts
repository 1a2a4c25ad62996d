import { isPrivate } from '../../../../farm/image-mode.ts'
import type { Device, DeviceState, DiskState } from '../../../../wire/operations/farm-state.ts'
import type { TargetState } from '../../../../wire/operations/target-state.ts'
import { known } from '../../../../wire/reading.ts'
import type { Plan } from '../../../../workflow/plan.ts'
import type { Ask } from '../../../asking.ts'
import { lookAtTarget } from '../../../looks.ts'
import type { Look } from '../../../stage.ts'
import { done, hold, unknown, type Verdict } from '../../../verdict.ts'
import { isFileOf, notThisCard } from '../boot-proof.ts'

/** True when step 1 makes the disk: a new one, filled by the Imaging Wizard from the prep device's own hard disk. */
export function byWizard(plan: Plan): boolean {
  return plan.vdisk.create === 'imaging-wizard'
}

/** The machine itself, as the stages of imaging look at it; a group, so that not every look has to ask it. */
export function lookAtMachine(look: Look): Readonly<Record<string, Ask<'Get-VdpTargetState'>>> {
  return { [look.plan.target.host]: lookAtTarget(look, ['boot', 'identity', 'pvs']) }
}

/** The boot in which the machine is asked for something: with that boot go its receipts. */
export function bootOfMachine(machine: Readonly<Record<string, TargetState>>) {
  return { boot: Object.values(machine)[0]?.boot ?? null }
}

/** The farm's side: the prep device, whether it holds the disk's exclusive lock, and a hold where another one does. */
export function farmSide(
  now: { readonly disk: DiskState; readonly device: DeviceState },
  { plan }: Pick<Look, 'plan'>,
): { readonly device: Device; readonly holds: boolean } | Verdict {
  const device = now.device.device
  const { locks } = now.disk
  if (device === undefined) return hold('DEVICE_NOT_FOUND', { device: plan.target.device })
  const foreign = locks.find((lock) => lock.ownerId !== device.id)
  if (foreign !== undefined) return hold('FOREIGN_WRITER', { name: plan.vdisk.name, owner: foreign.ownerName })
  return { device, holds: locks.some((lock) => lock.exclusive) }
}

/** Whether Windows runs from the machine's own hard disk with the new disk attached read/write: the one state in which the wizard copies the
 *  right disk to the right place. The names need not agree: PVS wants the device named otherwise than the machine that is imaged.
 *  Source: pvs.md 6.5, 4.3. */
export function imagingProof(target: TargetState, device: Device, plan: Plan): Verdict {
  const { identity, pvs } = target
  if (identity === undefined || pvs === undefined) return unknown('the target', 'parts of the answer are missing')
  const { host } = plan.target
  const stranger = notThisCard(identity, device.mac)
  if (stranger !== null) return hold('IDENTITY_MISMATCH', { host, device: device.name, why: stranger })
  const { attached, diskName, writeCacheType: type, systemVolumeOnVdisk: fromVdisk } = pvs
  if (!known(attached)) return unknown('whether a vDisk is attached', attached.unknown)
  if (!known(diskName)) return unknown('the attached vDisk', diskName.unknown)
  if (!known(type)) return unknown('WriteCacheType', type.unknown)
  if (!known(fromVdisk)) return unknown('the disk of the system volume', fromVdisk.unknown)
  const unready = (why: string) => hold('IMAGING_NOT_READY', { host, device: device.name, name: plan.vdisk.name, why })
  if (!attached || !isFileOf(diskName, plan.vdisk.name, 0)) return unready(`it is attached to ${diskName ?? 'no vDisk'}`)
  if (type === null || !isPrivate(type)) return unready(`WriteCacheType is ${String(type)} there: read-only`)
  if (fromVdisk) return unready('Windows runs from the vDisk itself')
  return done(`Windows runs from the hard disk of ${host}, ${diskName ?? ''} is attached read/write`)
}
