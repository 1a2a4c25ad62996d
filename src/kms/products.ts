import { keyTitle, listKeys, type Gvlk } from '../licensing/keys.ts'
import ids from './activation-ids.json' with { type: 'json' }

/** What asks a KMS host. `five`: a server or an Office, which the events do not tell apart. */
export type ProductKind = 'client' | 'server' | 'office' | 'five' | 'unknown'

/** A product by its activation id. */
export interface Product {
  readonly activationId: string
  /** Null for an id that no table here names. */
  readonly name: string | null
  readonly kind: ProductKind
}

/** What is known of an activation id. Microsoft publishes no list: these are ids as Windows and Office tell them themselves
 *  (SoftwareLicensingProduct.ID, ospp.vbs /dstatus) in public listings, each with the last five of the public key it belongs to; unproven.
 *  A name helps a reader, nothing is decided by it. `minimum` is the count that its clients need, and decides the kind where there is no name. */
export function productOf(activationId: string, minimum: number | null): Product {
  const row = byId().get(activationId)
  if (row === undefined) return { activationId, name: null, kind: minimum === 25 ? 'client' : minimum === 5 ? 'five' : 'unknown' }
  const kind = row.product === 'office' ? 'office' : row.family.includes('Server') ? 'server' : 'client'
  return { activationId, name: keyTitle(row), kind }
}

let table: ReadonlyMap<string, Gvlk> | null = null

function byId(): ReadonlyMap<string, Gvlk> {
  return (table ??= new Map(
    Object.entries(ids).flatMap(([id, lastFive]) => {
      const row = listKeys().find(({ key }) => key.endsWith(lastFive))
      return row === undefined ? [] : [[id, row]]
    }),
  ))
}
