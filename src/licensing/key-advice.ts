import type { LicensedProduct, OfficeInstall } from '../wire/operations/target-state.ts'
import { channelOf, primaryProduct, type Channel } from './channel.ts'
import { findKeyByEnd, publicKeyFor, publicOfficeKeyFor, type Gvlk } from './keys.ts'
import type { WindowsIdentity } from './keys-windows-releases.ts'

/** The key that a product has: what Windows shows of it. */
export interface KeyInPlace {
  readonly lastFive: string
  readonly channel: Channel
  readonly activationId: string
}

/** What is to be said of one product's key. `fits`: the right public key is in; `install`: it is to be installed; `mak`, `hostKey`, `other`:
 *  a key of another channel is in, which a run does not replace by itself; `evaluation`, `none`: no public key serves this product. */
export interface KeyAdvice {
  readonly product: string
  readonly has: KeyInPlace | null
  readonly wants: Gvlk | null
  readonly verdict: 'fits' | 'install' | 'mak' | 'hostKey' | 'other' | 'evaluation' | 'none'
  readonly why: string
}

/** What the key of a Windows should be, and what stands against it. `evaluation` null: not known. */
export function windowsAdvice(
  os: WindowsIdentity & { readonly evaluation: boolean | null },
  products: readonly LicensedProduct[],
): KeyAdvice {
  const primary = primaryProduct(products)
  const has = primary === undefined ? null : inPlace(primary)
  const wants = publicKeyFor(os) ?? null
  const base = { product: os.caption, has, wants }
  if (os.evaluation === true || has?.channel === 'EVALUATION') return { ...base, verdict: 'evaluation', why: WHY.evaluation }
  return advised(base, `no public key is known for ${os.editionId}, build ${String(os.build)}`)
}

/** The same for each volume product of Office, Visio and Project. */
export function officeAdvice(installs: readonly OfficeInstall[], products: readonly LicensedProduct[]): readonly KeyAdvice[] {
  const volume = installs.filter((install) => install.volume)
  return volume.flatMap((install) =>
    install.products.map((product) => {
      const wants = publicOfficeKeyFor(product, install.release) ?? null
      const own = products.filter((one) => one.partialKey !== null && belongs(one, product, wants))
      const chosen = own.find((one) => one.partialKey === wants?.key.slice(-5)) ?? own[0]
      return advised(
        { product, has: chosen === undefined ? null : inPlace(chosen), wants },
        `no public key is known for ${product}`,
      )
    }),
  )
}

const WHY = {
  evaluation: 'an evaluation edition takes no KMS client key: convert the edition first',
  hostKey: 'a KMS host key: every clone would become a KMS host and publish itself in DNS. A run refuses it',
  mak: 'a MAK: each clone spends a paid activation. A run holds before it replaces it (windows.replaceChannel: [VOLUME_MAK]); for MAK itself: seal.licenseMode: mak, without a rearm',
  other: 'a retail, OEM or other key: it does not ask a KMS host. A run holds before it replaces it (windows.replaceChannel)',
} as const

function advised(base: Pick<KeyAdvice, 'product' | 'has' | 'wants'>, unknown: string): KeyAdvice {
  const { has, wants } = base
  if (has?.channel === 'VOLUME_KMS') return { ...base, verdict: 'hostKey', why: WHY.hostKey }
  if (has?.channel === 'VOLUME_MAK') return { ...base, verdict: 'mak', why: WHY.mak }
  if (has !== null && has.channel !== 'VOLUME_KMSCLIENT') return { ...base, verdict: 'other', why: WHY.other }
  if (wants === null) return { ...base, verdict: 'none', why: unknown }
  if (has?.lastFive === wants.key.slice(-5))
    return { ...base, verdict: 'fits', why: 'the public KMS client key of this edition is in' }
  const there = has === null ? 'no key is in' : `...${has.lastFive} is of another edition`
  return { ...base, verdict: 'install', why: there }
}

function inPlace(product: LicensedProduct): KeyInPlace {
  return { lastFive: product.partialKey ?? '?????', channel: channelOf(product.description), activationId: product.activationId }
}

/** Whether a licensed product is the one of a product id: by its public key, or by the id within its name (Office21ProPlus2021VL_KMS_Client). */
function belongs(one: LicensedProduct, id: string, wants: Gvlk | null): boolean {
  const named = id.replace(/(?:volume|retail)$/i, '').toLowerCase()
  const row = findKeyByEnd(one.partialKey ?? '', 'office')
  return (row !== undefined && row === wants) || one.name.toLowerCase().includes(named)
}
