import type { Device } from '../../../wire/operations/farm-state.ts'
import type { TargetState } from '../../../wire/operations/target-state.ts'
import { known } from '../../../wire/reading.ts'
import { hold, retry, unknown, type Verdict } from '../../verdict.ts'
import { otherVersion } from './wanted-version.ts'
import { isFileOf, notOneMachine } from '../createVDisk/boot-proof.ts'

/** Whether who answers as a canary is that device and runs its Windows from this disk, in the wanted version; null when it is. CMIDs of other
 *  machines are distinct too and prove nothing of the image. Source: pvs.md 6.3. */
export function notAClone(
  host: string,
  name: string,
  device: Device,
  { identity, pvs }: TargetState,
  wanted: number | null,
): Verdict | null {
  if (identity === undefined || pvs === undefined) return unknown(`the canary ${device.name}`, 'parts of the answer are missing')
  const fault = (why: string) => ({ code: 'CANARY_ELSEWHERE', details: { host, device: device.name, name, why } }) as const
  const elsewhere = (why: string) => hold('CANARY_ELSEWHERE', fault(why).details)
  const stranger = notOneMachine(identity, device.mac, device.name)
  if (stranger !== null) return elsewhere(stranger)
  if (!device.active) return retry(`PVS to see ${device.name} active`, 'not active', fault('PVS does not see it active'))
  const other = otherVersion(wanted, device, name)
  if (other !== null) return other
  if (!known(pvs.attached)) return unknown(`the vDisk of ${device.name}`, pvs.attached.unknown)
  if (!pvs.attached) return elsewhere('no vDisk is attached')
  if (!known(pvs.diskName)) return unknown(`the vDisk of ${device.name}`, pvs.diskName.unknown)
  if (!isFileOf(pvs.diskName, name, device.diskVersion)) return elsewhere(`it is attached to ${pvs.diskName ?? 'nothing'}`)
  const { systemVolumeOnVdisk } = pvs
  if (!known(systemVolumeOnVdisk)) return unknown(`the disk of the system volume of ${device.name}`, systemVolumeOnVdisk.unknown)
  return systemVolumeOnVdisk ? null : elsewhere('its Windows runs from another disk than the vDisk')
}
