import { guidFor } from './activation-id.ts'
import { attempt } from './activation.ts'
import { happened } from './farm.ts'
import { LicensingError } from './licensing-error.ts'
import type { Spot } from './spot.ts'
import { mustAnswer, refusal } from './trusted-store.ts'
import { windowsKeys } from './windows-keys.ts'
import { windowsRelease } from './windows-releases.ts'

const KEY_SHAPE = /^[0-9A-Z]{5}(-[0-9A-Z]{5}){4}$/

/** InstallProductKey for Windows: takes a KMS client key of this release and edition, nothing else. Throws 0xC004F050 for what is no key
 *  of this release, 0xC004F069 for another edition and on an evaluation. Source: kms.md 1.2, 9. */
export function installWindowsKey(spot: Spot, key: string): void {
  mustAnswer(spot, 'method')
  const { image } = spot.running
  const release = windowsRelease(image.windows)
  const known = windowsKeys.find((one) => one.key === key && KEY_SHAPE.test(key) && one.family === release.family)
  const code = known === undefined ? '0xC004F050' : known.edition !== image.edition || image.evaluation ? '0xC004F069' : null
  happened(spot.farm, spot.device.name, { did: 'key', product: 'Windows', partial: key.slice(-5), taken: code === null })
  if (code !== null) throw new LicensingError(code)
  const same = image.licensing.key?.partial === key.slice(-5)
  image.licensing.key = { partial: key.slice(-5), channel: 'VOLUME_KMSCLIENT' }
  if (!same) Object.assign(image.licensing, { status: 0, reason: '0xC004F014', until: null })
}

/** Activation id of the Windows product in an image. */
export function windowsActivationId(spot: Spot): string {
  const { windows, edition } = spot.running.image
  return guidFor(`Windows ${windows} ${edition}`)
}

/** Activate() for Windows; the HRESULT or null. A success with no rearm left gives one back. Source: kms.md 4.1, 4.2. */
export function activateWindows(spot: Spot): string | null {
  const { image } = spot.running
  const { licensing } = image
  const code =
    refusal(spot, 'method') ??
    attempt(spot, {
      pool: 'windows',
      cmid: licensing.cmid,
      minimum: windowsRelease(image.windows).threshold,
      activationId: windowsActivationId(spot),
      key: licensing.key,
      state: licensing,
    })
  if (code === null) licensing.rearmsLeft = Math.max(1, licensing.rearmsLeft)
  happened(spot.farm, spot.device.name, { did: 'activation', product: 'Windows', code })
  return code
}

/** ReArmWindows(): spends a rearm that the next boot completes. With SkipRearm it answers success and does nothing. Throws 0xC004D307 when
 *  none is left. Source: kms.md 4.1, 4.2. */
export function rearmWindows(spot: Spot): void {
  mustAnswer(spot, 'method')
  const { farm, device, running } = spot
  const { licensing } = running.image
  if (licensing.skipRearm === 1 || farm.mischief.rearmDoesNothing) {
    happened(farm, device.name, { did: 'rearm', product: 'Windows', effective: false, left: licensing.rearmsLeft })
    return
  }
  if (licensing.rearmsLeft === 0) throw new LicensingError('0xC004D307')
  licensing.rearmsLeft -= 1
  licensing.rearm = 'pending'
  running.image.rearmedAt = happened(farm, device.name, {
    did: 'rearm',
    product: 'Windows',
    effective: true,
    left: licensing.rearmsLeft,
  })
}

/** Sets or clears the KMS host override of Windows. A policy cannot be overridden. Source: kms.md 3.1. */
export function setKmsHost(spot: Spot, machine: string | null, port: number | null): void {
  mustAnswer(spot, 'method')
  const { kms } = spot.running.image.licensing
  kms.machine = machine
  kms.port = machine === null ? 0 : (port ?? 0)
  happened(spot.farm, spot.device.name, { did: 'kms-host', name: machine })
}

/** Sets the port beside the KMS host override; 0 for the default. */
export function setKmsPort(spot: Spot, port: number): void {
  mustAnswer(spot, 'method')
  spot.running.image.licensing.kms.port = port
}

/** Removes the registry value; no licensing call is needed for it. */
export function clearSkipRearm(spot: Spot): void {
  const { licensing } = spot.running.image
  happened(spot.farm, spot.device.name, { did: 'skip-rearm-cleared', was: licensing.skipRearm })
  licensing.skipRearm = null
}
