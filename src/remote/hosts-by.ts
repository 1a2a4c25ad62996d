import type { Hands } from '../engine/ports/by-hand.ts'
import type { Hosts } from '../engine/ports/hosts.ts'
import { Fault } from '../faults/fault.ts'
import type { Role } from '../wire/operations/catalogue.ts'
import type { Inventory } from '../workflow/inventory.ts'
import { readAgents, readAsk, readBootstrap, readInstalled, readRelay } from './agent-files.ts'
import type { HandHosts } from './by-hand/hosts.ts'
import { createHosts } from './hosts.ts'
import type { RemoteLog } from './log.ts'
import type { Secrets } from './secrets.ts'

/** The hosts of an inventory, asked with the agents of a folder: over the ways that the inventory names or, with `hands`, by people. */
export async function hostsBy(
  agents: string,
  of: {
    readonly inventory: Inventory
    readonly secrets: Secrets
    readonly hands: Hands | undefined
    readonly log: RemoteLog
  },
): Promise<Hosts> {
  const { inventory, secrets, hands, log } = of
  const bundleFor = (role: Role) => readAgents(agents, role)
  const bootstrap = await readBootstrap(agents)
  const relay = await readRelay(agents)
  const byWire = createHosts({ inventory, knownHosts: inventory.knownHosts, bootstrap, relay, bundleFor, secrets, log })
  if (hands === undefined) return byWire
  const { createHandHosts } = await import('./by-hand/hosts.ts')
  const texts = { bootstrap, installed: await readInstalled(agents), ask: await readAsk(agents) }
  const byHand = createHandHosts({ inventory, hands, texts, bundleFor, secrets, log })
  return both(byWire, byHand, carriedHosts(inventory, true))
}

/** Reads every secret once, those that a person types first of all; rejects with SECRET_MISSING, and with BY_HAND_NEEDED where people have to
 *  go to a host and there are none, before any host is asked. */
export async function askFirst(
  inventory: Inventory,
  names: readonly string[],
  secrets: Secrets,
  hands: Hands | undefined,
): Promise<void> {
  const { hosts } = inventory
  const carried = carriedHosts(inventory, hands !== undefined)
  const needed = names.filter((name) => hosts[name]?.transport.by === 'hand')
  if (hands === undefined && needed.length > 0) throw new Fault('BY_HAND_NEEDED', { host: needed.join(', ') })
  for (const name of names.filter((one) => !carried.has(one))) {
    const transport = hosts[name]?.transport
    const auth = transport?.by === 'ssh' ? transport.auth : transport?.by === 'winrm' ? { password: transport.password } : {}
    const references = ['password' in auth ? auth.password : null, 'passphrase' in auth ? auth.passphrase : null]
    for (const reference of references) if (reference !== null) await secrets.read(reference, name)
  }
}

/** Hosts to which people carry questions when there are people: those of which the inventory says so, and where it says so of none, all. */
function carriedHosts({ hosts }: Inventory, isByHand: boolean): ReadonlySet<string> {
  const said = Object.values(hosts).filter(({ transport }) => transport.by === 'hand')
  return new Set((isByHand ? (said.length === 0 ? Object.values(hosts) : said) : []).map(({ name }) => name))
}

/** Hosts of which people carry questions to some. An act over a wire ends what was answered by hand before it. */
function both(byWire: Hosts, byHand: HandHosts, carried: ReadonlySet<string>): Hosts {
  return {
    async open(host, opening) {
      if (carried.has(host)) return await byHand.open(host, opening)
      byHand.alongside(opening)
      const session = await byWire.open(host, opening)
      const request: typeof session.request = async (op, args, act, signal) => {
        if (act !== undefined) byHand.acted(opening)
        return await session.request(op, args, act, signal)
      }
      return { ...session, request }
    },
    async close() {
      await Promise.all([byWire.close(), byHand.close()])
    },
  }
}
