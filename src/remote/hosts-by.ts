import type { Hands } from '../engine/ports/by-hand.ts'
import type { Hosts } from '../engine/ports/hosts.ts'
import type { Role } from '../wire/operations/catalogue.ts'
import type { Inventory } from '../workflow/inventory.ts'
import { readAgents, readAsk, readBootstrap, readInstalled, readRelay } from './agent-files.ts'
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
  if (hands === undefined) {
    const relay = await readRelay(agents)
    return createHosts({ inventory, knownHosts: inventory.knownHosts, bootstrap, relay, bundleFor, secrets, log })
  }
  const { createHandHosts } = await import('./by-hand/hosts.ts')
  const texts = { bootstrap, installed: await readInstalled(agents), ask: await readAsk(agents) }
  return createHandHosts({ inventory, hands, texts, bundleFor, secrets, log })
}
