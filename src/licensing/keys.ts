import rows from './gvlk.json' with { type: 'json' }
import { officeIds, type OfficeRelease } from './keys-office-ids.ts'
import { editionNames, releaseNames, type WindowsIdentity } from './keys-windows-releases.ts'

/** One public client key (GVLK): what it is for, in the words of Microsoft's tables, and where it was read. */
export interface Gvlk {
  readonly product: 'windows' | 'office'
  readonly family: string
  readonly release: string
  readonly edition: string
  readonly key: string
  readonly source: string
  readonly note?: string
}

const catalogue = rows as readonly Gvlk[]

/** All public client keys known, newest release first. Source: kms.md 1.1. */
export function listKeys(product?: Gvlk['product']): readonly Gvlk[] {
  return product === undefined ? catalogue : catalogue.filter((row) => row.product === product)
}

/** The catalogue row of a full key, however it is cased; undefined says only that the key is not public. */
export function findKey(key: string): Gvlk | undefined {
  const wanted = key.trim().toUpperCase()
  return catalogue.find((row) => row.key === wanted)
}

/** The row whose key ends so: all that Windows shows of an installed key. Five characters are unique within the catalogue of a product. */
export function findKeyByEnd(lastFive: string, product: Gvlk['product']): Gvlk | undefined {
  return listKeys(product).find((row) => row.key.endsWith(`-${lastFive.toUpperCase()}`))
}

/** What a row is for, as a person says it: "Windows 11 / Windows 10 Enterprise", "Office LTSC 2021 Professional Plus". */
export function keyTitle(row: Gvlk): string {
  return row.product === 'windows' ? `${row.family} ${row.edition}` : `${row.family} ${row.release} ${row.edition}`
}

/** The public key of a Windows by build and EditionID; undefined for evaluation, multi-session and unknown editions.
 *  A guess is never made: a wrong key is refused by Windows or changes its edition (kms.md 1.2, 0xC004F069). */
export function publicKeyFor(os: WindowsIdentity): Gvlk | undefined {
  const release = releaseNames(os)
  const editions = editionNames(os)
  return catalogue.find(
    (row) => row.family === release?.family && (release.release ?? row.release) === row.release && editions.includes(row.edition),
  )
}

/** The public key of an Office product id as Office names it (ProPlus2021Volume, VisioPro2019Volume; ProPlus of an MSI release).
 *  Retail and subscription ids have none. `release` decides only where the id carries no year. */
export function publicOfficeKeyFor(productId: string, release: OfficeRelease): Gvlk | undefined {
  const id = officeIds(productId, release)
  return (
    id &&
    catalogue.find(
      (row) => row.product === 'office' && row.family === id.family && row.release === id.release && row.edition === id.edition,
    )
  )
}
