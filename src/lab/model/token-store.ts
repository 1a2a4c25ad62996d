import { createHash } from 'node:crypto'
import { happened } from './farm.ts'
import type { Image, OfficeProduct, TokenFile } from './image.ts'
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

/** Renames tokens.dat while the service is stopped. What it held goes with it. Source: KB 2736303; kms.md 6. */
export function renameTokens(spot: Spot, to: string): void {
  const { image } = spot.running
  const { file } = image.tokens
  if (file === null) throw new Error('there is no tokens.dat')
  const { key, status, reason, until } = image.licensing
  const licences = structuredClone({ windows: { key, status, reason, until }, office: sharing(image) })
  image.tokens = { file: null, backups: [...image.tokens.backups, { ...file, path: to, licences }] }
}

/** Gives a renamed store its name back while the service is stopped and there is no tokens.dat. */
export function returnTokens(spot: Spot, path: string): void {
  const { image } = spot.running
  const backup = image.tokens.backups.find((one) => one.path === path)
  if (backup === undefined) throw new Error(`there is no ${path}`)
  const file = { ...backup, path: `${windowsRelease(image.windows).tokens}\\tokens.dat` }
  image.tokens = { file, backups: image.tokens.backups.filter((one) => one !== backup) }
}

/** What the service makes of its store when it starts: it reads one that was brought back; without one it writes a new one, Windows keeps its
 *  product without a key, and where Office shares the store its licences are gone. The rearm counter stays. Source: KB 2736303; kms.md 6. */
export function startLicensing(spot: Spot): void {
  const { image } = spot.running
  const { file } = image.tokens
  image.licensing.service = 'running'
  if (file === null) {
    const now = machineNow(spot)
    image.tokens = { ...image.tokens, file: newTokenFile(image, now, `${image.id} ${now}`) }
    image.licensing.broken = null
    Object.assign(image.licensing, { key: null, status: 0, reason: '0xC004F014', until: null })
    for (const product of sharing(image)) Object.assign(product, { key: null, status: 0, until: null })
    happened(spot.farm, spot.device.name, { did: 'tokens', act: 'reset' })
  } else if (file.licences !== null) {
    Object.assign(image.licensing, file.licences.windows)
    for (const product of file.licences.office)
      Object.assign(image.office?.products.find((one) => one.product === product.product) ?? {}, product)
    image.tokens = { ...image.tokens, file: { ...file, licences: null } }
    happened(spot.farm, spot.device.name, { did: 'tokens', act: 'restored' })
  }
}

/** Stops the service, renames tokens.dat, starts the service. Returns the new name. */
export function resetTokenStore(spot: Spot): string {
  const backup = aside(spot)
  renameTokens(spot, backup)
  startLicensing(spot)
  return backup
}

/** Puts a renamed store back; the present file is kept aside as a backup. */
export function restoreTokenStore(spot: Spot, path: string): void {
  if (spot.running.image.tokens.file !== null) renameTokens(spot, aside(spot))
  returnTokens(spot, path)
  startLicensing(spot)
}

function aside(spot: Spot): string {
  return `${windowsRelease(spot.running.image.windows).tokens}\\tokens.dat.${machineNow(spot)}.bar`
}

/** The Office products whose licences lie in the store of Windows. */
function sharing(image: Image): OfficeProduct[] {
  return image.office?.service === 'sppsvc' ? image.office.products : []
}

/** Deletes a renamed store. */
export function removeTokenBackup(spot: Spot, path: string): void {
  const { image } = spot.running
  image.tokens = { ...image.tokens, backups: image.tokens.backups.filter((one) => one.path !== path) }
  happened(spot.farm, spot.device.name, { did: 'tokens', act: 'backup-removed' })
}
