import { createHash } from 'node:crypto'
import { happened } from './farm.ts'
import type { Image, TokenFile } from './image.ts'
import { machineNow, type Spot } from './spot.ts'
import { windowsRelease } from './windows-releases.ts'

/** A tokens.dat as the service writes it. */
export function newTokenFile(image: Pick<Image, 'windows'>, at: number, content: string): TokenFile {
  const sha256 = createHash('sha256').update(content).digest('hex')
  return {
    path: `${windowsRelease(image.windows).tokens}\\tokens.dat`,
    bytes: 2_500_000 + (parseInt(sha256.slice(0, 4), 16) % 500_000),
    sha256,
    modified: at,
    licences: null,
  }
}

/** Stops the service, renames tokens.dat, starts the service, which writes a new one; Windows keeps its product without a key, and where
 *  Office shares the store its licences are gone. The rearm counter stays. Source: KB 2736303; kms.md 6. Returns the new name. */
export function resetTokenStore(spot: Spot): string {
  const { image } = spot.running
  const { file } = image.tokens
  if (file === null) throw new Error('there is no tokens.dat')
  const now = machineNow(spot)
  const { key, status, reason, until } = image.licensing
  const shared = image.office?.service === 'sppsvc' ? image.office.products : []
  const licences = structuredClone({ windows: { key, status, reason, until }, office: shared })
  const backup = { ...file, path: `${file.path}.${now}.bar`, licences }
  image.tokens = { file: newTokenFile(image, now, `${image.id} ${now}`), backups: [...image.tokens.backups, backup] }
  image.licensing.broken = null
  Object.assign(image.licensing, { key: null, status: 0, reason: '0xC004F014', until: null })
  for (const product of shared) Object.assign(product, { key: null, status: 0, until: null })
  happened(spot.farm, spot.device.name, { did: 'tokens', act: 'reset' })
  return backup.path
}

/** Puts a renamed store back; the present file is kept aside as a backup. */
export function restoreTokenStore(spot: Spot, path: string): void {
  const { image } = spot.running
  const backup = image.tokens.backups.find((one) => one.path === path)
  if (backup === undefined) throw new Error(`there is no ${path}`)
  if (backup.licences !== null) {
    Object.assign(image.licensing, backup.licences.windows)
    for (const product of backup.licences.office)
      Object.assign(image.office?.products.find((one) => one.product === product.product) ?? {}, product)
  }
  const now = machineNow(spot)
  const aside = image.tokens.file === null ? [] : [{ ...image.tokens.file, path: `${image.tokens.file.path}.${now}.bar` }]
  image.tokens = {
    file: { ...backup, path: `${windowsRelease(image.windows).tokens}\\tokens.dat` },
    backups: [...image.tokens.backups.filter((one) => one !== backup), ...aside],
  }
  happened(spot.farm, spot.device.name, { did: 'tokens', act: 'restored' })
}

/** Deletes a renamed store. */
export function removeTokenBackup(spot: Spot, path: string): void {
  const { image } = spot.running
  image.tokens = { ...image.tokens, backups: image.tokens.backups.filter((one) => one.path !== path) }
  happened(spot.farm, spot.device.name, { did: 'tokens', act: 'backup-removed' })
}
