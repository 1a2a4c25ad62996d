import { officeProductOf, windowsProduct } from '../../agent/target-licence.ts'
import type { LicensedProduct } from '../../../wire/operations/target-state.ts'
import type { OfficeInstallation, OfficeProduct } from '../../model/image.ts'
import { installKey } from '../../model/install-key.ts'
import { LicensingError } from '../../model/licensing-error.ts'
import { activateOfficeProduct, officeActivationId, touched } from '../../model/office-licensing.ts'
import { mustAnswer } from '../../model/trusted-store.ts'
import { activateWindows, rearmWindows, setKmsHost, setKmsPort, windowsActivationId } from '../../model/windows-licensing.ts'
import { windowsRelease } from '../../model/windows-releases.ts'
import { SurfaceError, type TargetDesk } from '../surface.ts'
import type { CimClass, CimRow, Windows } from '../windows.ts'

/** What product classes have since Windows 8. */
const NEWER = ['VLActivationType', 'VLActivationTypeEnabled', 'RemainingAppReArmCount']

/** A query for Windows alone. */
const WINDOWS_ONLY = /ApplicationID\s*=\s*'55c92734-d682-4d71-983e-d6ec3f16059f'/i

/** The licensing classes: of the service of Windows, and of Office's own where Office has one. Source: kms.md 3. */
export const licensingClasses: Readonly<Record<string, CimClass<TargetDesk>>> = {
  SoftwareLicensingService: (desk) => {
    mustAnswer(desk, 'properties')
    const { cmid, rearmsLeft, kms, key } = desk.running.image.licensing
    return [
      {
        ClientMachineID: cmid,
        RemainingWindowsReArmCount: rearmsLeft,
        KeyManagementServiceMachine: kms.machine,
        KeyManagementServicePort: kms.port,
        KeyManagementServiceLookupDomain: kms.lookupDomain,
        IsKeyManagementServiceMachine: key?.channel === 'VOLUME_KMS_W' ? 1 : 0,
      },
    ]
  },
  SoftwareLicensingProduct: (desk, { filter }) => {
    mustAnswer(desk, 'products')
    const { office } = desk.running.image
    const own = office?.service === 'sppsvc' ? officeRows(desk, office) : []
    if (office?.service === 'sppsvc' && !WINDOWS_ONLY.test(filter ?? '')) touched(desk, office)
    return [productRow(desk, windowsProduct(desk), desk.running.image.licensing.rearmsLeft), ...own]
  },
  OfficeSoftwareProtectionService: ({ running: { image } }) =>
    image.office?.service === 'osppsvc' ? [{ ClientMachineID: image.office.cmid }] : null,
  OfficeSoftwareProtectionProduct: (desk) => {
    const { office } = desk.running.image
    if (office?.service !== 'osppsvc') return null
    touched(desk, office)
    return officeRows(desk, office)
  },
}

/** Their methods. How long they take: as the built-in agents. */
export const licensingMethods: Windows<TargetDesk>['methods'] = {
  'SoftwareLicensingService.InstallProductKey': async (desk, { ProductKey: key }) => {
    await desk.spend(4_000)
    installKey(desk, String(key))
  },
  'SoftwareLicensingService.RefreshLicenseStatus': async (desk) => {
    mustAnswer(desk, 'method')
    await desk.spend(1_000)
  },
  'SoftwareLicensingService.ReArmWindows': async (desk) => {
    await desk.spend(1_000)
    rearmWindows(desk)
  },
  'SoftwareLicensingService.InstallLicense': async (desk) => {
    mustAnswer(desk, 'method')
    await desk.spend(1_500)
  },
  'SoftwareLicensingService.SetKeyManagementServiceMachine': (desk, { MachineName: name }) => {
    setKmsHost(desk, String(name), desk.running.image.licensing.kms.port)
  },
  'SoftwareLicensingService.ClearKeyManagementServiceMachine': (desk) => {
    setKmsHost(desk, null, null)
  },
  'SoftwareLicensingService.SetKeyManagementServicePort': (desk, { PortNumber: port }) => {
    setKmsPort(desk, Number(port))
  },
  'SoftwareLicensingService.ClearKeyManagementServicePort': (desk) => {
    setKmsPort(desk, 0)
  },
  'SoftwareLicensingProduct.Activate': async (desk, _args, id) => {
    await desk.spend(5_000)
    refuse(id === windowsActivationId(desk) ? activateWindows(desk) : activateOffice(desk, 'sppsvc', id))
  },
  'OfficeSoftwareProtectionProduct.Activate': async (desk, _args, id) => {
    await desk.spend(6_000)
    refuse(activateOffice(desk, 'osppsvc', id))
  },
}

function activateOffice(desk: TargetDesk, service: OfficeInstallation['service'], id: string | null): string | null {
  const { office } = desk.running.image
  const product = office?.products.find((one) => office.service === service && officeActivationId(office, one) === id)
  if (!office || !product) throw new SurfaceError('unmodelled', `the product ${id}`)
  return activateOfficeProduct(desk, office, product)
}

function refuse(hresult: string | null): void {
  if (hresult !== null) throw new LicensingError(hresult)
}

function officeRows(desk: TargetDesk, office: OfficeInstallation): CimRow[] {
  const row = (one: OfficeProduct) => productRow(desk, officeProductOf(desk, office, one), office.rearmsLeft)
  return office.products.map((one) => (office.service === 'sppsvc' ? row(one) : withoutNewer(row(one))))
}

/** An instance of a product class. What came with Windows 8 is not there before. Source: kms.md 3.2. */
function productRow(desk: TargetDesk, product: LicensedProduct, rearmsLeft: number): CimRow {
  const { kms } = desk.running.image.licensing
  const row = {
    ID: product.activationId,
    ApplicationID: product.applicationId,
    Name: product.name,
    Description: product.description,
    PartialProductKey: product.partialKey,
    LicenseStatus: product.status,
    LicenseStatusReason: Number.parseInt(product.statusReason, 16),
    GracePeriodRemaining: product.graceMinutes,
    LicenseIsAddon: product.isAddon,
    DiscoveredKeyManagementServiceMachineName: kms.discovered,
    VLActivationType: product.vlActivationType,
    VLActivationTypeEnabled: kms.activationType,
    RemainingAppReArmCount: rearmsLeft,
  }
  return windowsRelease(desk.running.image.windows).sharesWithOffice ? row : withoutNewer(row)
}

function withoutNewer(row: CimRow): CimRow {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !NEWER.includes(name)))
}
