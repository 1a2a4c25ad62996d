import { ownKey } from '../wire/own-key.ts'
import type { LicensedProduct } from '../wire/operations/target-state.ts'

/** How a product key was sold, read from the end of the product's description. Source: slmgr.vbs; kms.md 2.2, 3.2. */
export type Channel = 'VOLUME_KMSCLIENT' | 'VOLUME_KMS' | 'VOLUME_MAK' | 'AVMA' | 'EVALUATION' | 'OTHER'

/** The channel of a product. A KMS *host* key is VOLUME_KMS without CLIENT. */
export function channelOf(description: string): Channel {
  if (description.includes('VOLUME_KMSCLIENT')) return 'VOLUME_KMSCLIENT'
  if (description.includes('VOLUME_KMS')) return 'VOLUME_KMS'
  if (description.includes('MAK')) return 'VOLUME_MAK'
  if (description.includes('VIRTUAL_MACHINE_ACTIVATION')) return 'AVMA'
  if (description.includes('EVAL') || description.includes('TIMEBASED_')) return 'EVALUATION'
  return 'OTHER'
}

/** The product that licenses Windows: with a key, no add-on; the licensed one of several, else the only one. Source: kms.md 3.2. */
export function primaryProduct(products: readonly LicensedProduct[]): LicensedProduct | undefined {
  const own = products.filter((product) => product.partialKey !== null && !product.isAddon)
  return own.find((product) => product.status === 1) ?? (own.length === 1 ? own[0] : own.find((product) => product.status !== 0))
}

/** The last five characters of a key: all that Windows shows of it, and all that is ever printed. Question marks for a site's own key that
 *  was not read yet. */
export function lastFive(key: string): string {
  const own = ownKey(key)
  return own === undefined ? key.slice(-5) : (own.lastFive ?? '?????')
}
