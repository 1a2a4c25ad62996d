import { machineNames } from './machine-names.ts'
import { productOf, type Product } from './products.ts'
import type { Tallied, Use } from './tally.ts'

/** One CMID with all that was asked under it. `names` are its machines, each once. */
export interface Machine {
  readonly cmid: string
  readonly uses: readonly Use[]
  readonly names: readonly string[]
}

/** Everything read, told apart by CMID, by machine and by product. */
export interface Machines {
  readonly byCmid: readonly Machine[]
  /** The name of the machine behind a client's name. */
  readonly nameOf: (client: string) => string
  readonly product: (activationId: string) => Product
}

/** Brings order into what was read. A product without a name that needs 5 is an Office where one of its machines also asks for a Windows
 *  client: no machine is both a client and a server. */
export function machinesOf({ uses }: Tallied): Machines {
  const all = [...uses].map(([cmid, own]) => ({ cmid, uses: [...own.values()] }))
  const every = all.flatMap((one) => one.uses)
  const names = machineNames(every.map(({ client }) => client))
  const nameOf = (client: string) => names.get(client) ?? client.toLowerCase()
  const products = new Map<string, Product>()
  for (const { activationId, minimum } of every)
    if ((products.get(activationId)?.kind ?? 'unknown') === 'unknown')
      products.set(activationId, productOf(activationId, minimum))
  const clients = new Set(
    every.filter((use) => products.get(use.activationId)?.kind === 'client').map((use) => nameOf(use.client)),
  )
  for (const { activationId, client } of every) {
    const product = products.get(activationId)
    if (product?.kind === 'five' && clients.has(nameOf(client))) products.set(activationId, { ...product, kind: 'office' })
  }
  return {
    byCmid: all.map((one) => ({ ...one, names: [...new Set(one.uses.map(({ client }) => nameOf(client)))] })),
    nameOf,
    product: (activationId) => products.get(activationId) ?? productOf(activationId, null),
  }
}

/** A name as a person reads it: as the machine itself wrote it last, the fuller one first. */
export function displayNames({ byCmid, nameOf }: Machines): ReadonlyMap<string, string> {
  const shown = new Map<string, string>()
  for (const { uses } of byCmid)
    for (const { client } of uses) {
      const known = shown.get(nameOf(client))
      if (known === undefined || known.length < client.length) shown.set(nameOf(client), client)
    }
  return shown
}
