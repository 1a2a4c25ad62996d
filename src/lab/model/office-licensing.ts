import { guidFor } from './activation-id.ts'
import { attempt } from './activation.ts'
import { happened } from './farm.ts'
import type { OfficeInstallation, OfficeProduct } from './image.ts'
import { LicensingError } from './licensing-error.ts'
import { officeKeys } from './office-keys.ts'
import { officeReleases } from './office-releases.ts'
import type { Spot } from './spot.ts'
import { refusal, type Call } from './trusted-store.ts'

/** A KMS host activates Office from 5 machines on. Source: kms.md 7. */
const THRESHOLD = 5

/** The HRESULT with which the service of this Office refuses a call now. The separate osppsvc knows nothing of a Windows rearm. */
export function officeRefusal(spot: Spot, office: OfficeInstallation, call: Call): string | null {
  return office.service === 'sppsvc' ? refusal(spot, call) : null
}

/** Installs an Office key. The key must belong to an installed volume product of that release, else 0xC004F069. Source: kms.md 1.2. */
export function installOfficeKey(spot: Spot, office: OfficeInstallation, key: string): void {
  const closed = officeRefusal(spot, office, 'method')
  if (closed !== null) throw new LicensingError(closed)
  touched(spot, office)
  const known = officeKeys.find((one) => one.key === key && one.release === officeReleases[office.name].release)
  const product = office.volume ? office.products.find((one) => one.product === known?.product) : undefined
  happened(spot.farm, spot.device.name, {
    did: 'key',
    product: product?.product ?? 'Office',
    partial: key.slice(-5),
    taken: product !== undefined,
  })
  if (product === undefined) throw new LicensingError(known === undefined ? '0xC004F050' : '0xC004F069')
  product.key = { partial: key.slice(-5), channel: 'VOLUME_KMSCLIENT' }
  Object.assign(product, { status: 2, reason: '0x00000000', until: null })
}

/** Activates every Office product that has a key; the first HRESULT that is not success, or null. */
export function activateOffice(spot: Spot, office: OfficeInstallation): string | null {
  const closed = officeRefusal(spot, office, 'method')
  if (closed !== null) return closed
  touched(spot, office)
  const withKey = office.products.filter((one) => one.key !== null)
  if (withKey.length === 0) return '0xC004F014'
  return withKey.map((product) => activateOfficeProduct(spot, office, product)).find((code) => code !== null) ?? null
}

/** Activate() for one Office product; the HRESULT or null. A success with no rearm left gives one back. Source: kms.md 4.1. */
export function activateOfficeProduct(spot: Spot, office: OfficeInstallation, product: OfficeProduct): string | null {
  const closed = officeRefusal(spot, office, 'method')
  if (closed !== null) return closed
  touched(spot, office)
  const code = attempt(spot, {
    pool: 'office',
    cmid: office.cmid,
    minimum: THRESHOLD,
    activationId: officeActivationId(office, product),
    key: product.key,
    state: product,
  })
  if (code === null) office.rearmsLeft = Math.max(1, office.rearmsLeft)
  happened(spot.farm, spot.device.name, { did: 'activation', product: product.product, code })
  return code
}

/** OSPPREARM.EXE: spends an Office rearm. With an Office program open it says success and leaves the CMID (the lab's pessimistic reading of
 *  "close all Office apps before rearming"). Throws the HRESULT it fails with. Source: kms.md 4.1, 4.3, 5.3, 5.4. */
export function rearmOffice(spot: Spot, office: OfficeInstallation): void {
  const { farm, device, running } = spot
  const afterWindows = office.service === 'sppsvc' && running.image.licensing.rearm !== 'none'
  if (afterWindows && farm.world.ospprearmAfterWindows === 'fails') throw new LicensingError('0xC004D302')
  if (office.rearmsLeft === 0) throw new LicensingError('0xC004D307')
  const effective = running.officeApps.length === 0
  office.rearmsLeft -= 1
  if (effective) office.rearm = 'pending'
  happened(farm, device.name, { did: 'rearm', product: 'Office', effective, left: office.rearmsLeft })
}

/** Any use of Office's licences after its rearm starts the grace timer in the image. Source: kms.md 5.4. */
export function touched(spot: Spot, office: OfficeInstallation): void {
  if (office.rearm !== 'pending' || spot.running.image.officeTouched) return
  spot.running.image.officeTouched = true
  happened(spot.farm, spot.device.name, { did: 'office-touched' })
}

/** Activation id of one Office product. */
export function officeActivationId(office: OfficeInstallation, product: OfficeProduct): string {
  return guidFor(`Office ${office.name} ${product.product}`)
}
