import { Fault } from '../../faults/fault.ts'
import type { Inventory, Transport } from '../../workflow/inventory.ts'
import { knownName } from './known-hosts.ts'

/** What an inventory says of a host that is reached over SSH. */
export type SshTransport = Extract<Transport, { by: 'ssh' }>

/** How the inventory says that a host is reached over SSH; HOST_UNREACHABLE when it says nothing of the kind. */
export function sshTransport(host: string, inventory: Inventory): SshTransport {
  const transport = inventory.hosts[host]?.transport
  if (transport?.by === 'ssh') return transport
  const why =
    transport === undefined ? 'the inventory does not name it' : `the inventory reaches it by ${transport.by}, not by ssh`
  throw new Fault('HOST_UNREACHABLE', { host, why })
}

/** The name under which the key of a host is kept. Clones carry the key of their image: they name the host whose entry counts. */
export function keyNameOf(host: string, inventory: Inventory): string {
  const transport = sshTransport(host, inventory)
  const { address, port } = transport.hostKeyOf === null ? transport : sshTransport(transport.hostKeyOf, inventory)
  return knownName(address, port)
}
