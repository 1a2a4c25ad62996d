import { PvsError } from './pvs-error.ts'

/** Where vDisk files lie: a share that all its servers see, or a folder of its own on each. */
export interface Store {
  readonly name: string
  readonly site: string
  readonly kind: 'share' | 'local'
  readonly servers: readonly string[]
  freeMiB: number
}

/** Below this folder each server keeps the local stores. */
export const STORES = 'D:\\vDisks'

/** Its default path, which a server's own may replace. Source: pvs.md 4.6. */
export function pathOf({ name, kind }: Store): string {
  return kind === 'share' ? `\\\\nas\\vdisks\\${name}` : `${STORES}\\${name}`
}

/** The store of a site by its name, whatever the case. Throws 93, 49 or 47 as PVS names what is wrong. Source: pvs.md 3.3, 4.7. */
export function storeAt(farm: { readonly stores: readonly Store[] }, site: string, name: string): Store {
  const same = (one: string, other: string) => one.toUpperCase() === other.toUpperCase()
  const named = farm.stores.filter((one) => same(one.name, name))
  if (named.length === 0) throw new PvsError(93)
  if (!farm.stores.some((one) => same(one.site, site))) throw new PvsError(49)
  const found = named.find((one) => same(one.site, site))
  if (!found) throw new PvsError(47)
  return found
}
