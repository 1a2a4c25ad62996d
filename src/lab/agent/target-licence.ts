import type { LicensedProduct, Office, WindowsLicense } from '../../wire/operations/target-state.ts'
import { WINDOWS_APPLICATION_ID } from '../../wire/operations/target-state.ts'
import type { Unreadable } from '../../wire/reading.ts'
import type { InstalledKey, LicenceState, OfficeInstallation, OfficeProduct } from '../model/image.ts'
import { textOf } from '../model/licensing-error.ts'
import { officeActivationId, officeRefusal, touched } from '../model/office-licensing.ts'
import { officeApplicationId, officeReleases } from '../model/office-releases.ts'
import { machineNow, type Spot } from '../model/spot.ts'
import { refusal } from '../model/trusted-store.ts'
import { windowsRelease } from '../model/windows-releases.ts'
import { windowsActivationId } from '../model/windows-licensing.ts'

/** Why nothing may ask for Office any more. */
export const HANDS_OFF = 'Office was rearmed in this boot: nothing may ask for its licences until the image is sealed.'

const LEFT_ALONE = 'OSPPREARM was begun and did not end: the licences of Office are left alone'

/** Windows licensing as a query filtered to Windows shows it. Once the store is closed the refused parts are unreadable, with the code. */
export function windowsLicenceFacts(spot: Spot): WindowsLicense {
  const { licensing } = spot.running.image
  const properties = refusal(spot, 'properties')
  const products = refusal(spot, 'products')
  return {
    query:
      products === null
        ? { answers: true }
        : { answers: false, code: products, message: textOf(products, spot.running.image.language) },
    cmid: unless(spot, properties, licensing.cmid),
    rearmsLeft: unless(spot, properties, licensing.rearmsLeft),
    skipRearm: licensing.skipRearm,
    products: unless(spot, products, [windowsProduct(spot)]),
    kms: unless(spot, properties, { ...licensing.kms, isHost: licensing.key?.channel === 'VOLUME_KMS_W' }),
  }
}

/** The Windows product of an image. */
export function windowsProduct(spot: Spot): LicensedProduct {
  const { image } = spot.running
  const channel = image.evaluation ? 'TIMEBASED_EVAL channel' : channelWords(image.licensing.key)
  return {
    activationId: windowsActivationId(spot),
    applicationId: WINDOWS_APPLICATION_ID,
    name: `Windows(R), ${image.edition} edition`,
    description: `Windows(R) Operating System, ${channel}`,
    ...licenceState(spot, image.licensing, image.licensing.key, windowsRelease(image.windows).sharesWithOffice),
  }
}

/** Office as found and as licensed. A CMID of its own is readable only where Office has its own service; on the shared one the event 12288
 *  carries it. Reading it touches Office's licences. Source: kms.md 5.4. */
export function officeFacts(spot: Spot): Office {
  const { office } = spot.running.image
  if (office === null) return { installs: [], query: { answers: true }, products: [], cmid: null, rearmsLeft: null, running: [] }
  const installs = [installFacts(office)]
  const running = [...spot.running.officeApps]
  if (spot.running.officeRearmed === 'begun') {
    const unread = { unknown: LEFT_ALONE }
    const query = { answers: false, code: '', message: LEFT_ALONE } as const
    return { installs, query, products: unread, cmid: unread, rearmsLeft: unread, running }
  }
  const closed = officeRefusal(spot, office, 'products')
  if (closed === null) touched(spot, office)
  return {
    installs,
    query:
      closed === null
        ? { answers: true }
        : { answers: false, code: closed, message: textOf(closed, spot.running.image.language) },
    products: unless(spot, closed, officeProducts(spot, office)),
    cmid: office.service === 'osppsvc' ? unless(spot, closed, office.cmid) : null,
    rearmsLeft: unless(spot, closed, countShown(office) ? office.rearmsLeft : null),
    running,
  }
}

/** Whether anything shows how often Office can still be rearmed: a product with a key in the service of Windows. Source: kms.md 3.2. */
function countShown(office: OfficeInstallation): boolean {
  return office.service === 'sppsvc' && office.products.some((one) => one.key !== null)
}

/** An Office as it is found in registry and files. */
export function installFacts(office: OfficeInstallation): Office['installs'][number] {
  const { release, delivery, folder, tool } = officeReleases[office.name]
  const place = (path: string) => (office.bits === 32 ? path.replace('Program Files', 'Program Files (x86)') : path)
  return {
    release,
    delivery,
    bits: office.bits,
    products: office.products.map((one) => one.product),
    volume: office.volume,
    service: office.service,
    folder: place(folder),
    rearmTool: office.toolPresent ? place(tool) : null,
  }
}

/** The Office products that have a key. */
export function officeProducts(spot: Spot, office: OfficeInstallation): LicensedProduct[] {
  return office.products.filter((one) => one.key !== null).map((one) => officeProductOf(spot, office, one))
}

/** One Office product. */
export function officeProductOf(spot: Spot, office: OfficeInstallation, one: OfficeProduct): LicensedProduct {
  const { number } = officeReleases[office.name]
  return {
    activationId: officeActivationId(office, one),
    applicationId: officeApplicationId(office.name),
    name: `Office ${number}, Office${number}${one.product.replace(/Volume$/, '')}VL_KMS_Client edition`,
    description: `Office ${number}, ${channelWords(one.key)}`,
    ...licenceState(spot, one, one.key, office.service === 'sppsvc'),
  }
}

/** `saysHow`: the product says how it was last activated, which came with Windows 8. Source: kms.md 3.2. */
function licenceState(spot: Spot, state: LicenceState, key: InstalledKey | null, saysHow: boolean) {
  const left = state.until === null ? 0 : Math.max(0, Math.round((state.until - machineNow(spot)) / 60_000))
  return {
    partialKey: key?.partial ?? null,
    status: state.status,
    statusReason: state.reason,
    graceMinutes: left,
    vlActivationType: saysHow && state.status === 1 && key?.channel === 'VOLUME_KMSCLIENT' ? 2 : 0,
    isAddon: false,
  }
}

/** How slmgr and CIM write the channel at the end of a description. Source: kms.md 2.2. */
function channelWords(key: InstalledKey | null): string {
  const words = {
    VOLUME_KMS_W: 'VOLUME_KMS_W10',
    VOLUME_KMSCLIENT: 'VOLUME_KMSCLIENT',
    VOLUME_MAK: 'VOLUME_MAK',
    RETAIL: 'RETAIL',
    TIMEBASED_EVAL: 'TIMEBASED_EVAL',
  }
  return `${words[key?.channel ?? 'VOLUME_KMSCLIENT']} channel`
}

function unless<T>({ running }: Spot, hresult: string | null, value: T): T | Unreadable {
  return hresult === null ? value : { unknown: `${hresult} ${textOf(hresult, running.image.language)}` }
}
