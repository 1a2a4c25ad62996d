import type { OfficeInstallation } from './image.ts'
import { officeKeys } from './office-keys.ts'
import { installOfficeKey } from './office-licensing.ts'
import type { Spot } from './spot.ts'
import { installWindowsKey } from './windows-licensing.ts'

/** InstallProductKey of the service of Windows: an Office key goes to the Office that shares the service, anything else is taken for a key of
 *  Windows, whoever meant it how. Throws what those two throw. Source: kms.md 3.1. */
export function installKey(spot: Spot, key: string): void {
  const { office } = spot.running.image
  if (sharesService(office) && officeKeys.some((one) => one.key === key)) installOfficeKey(spot, office, key)
  else installWindowsKey(spot, key)
}

function sharesService(office: OfficeInstallation | null): office is OfficeInstallation {
  return office?.service === 'sppsvc'
}
