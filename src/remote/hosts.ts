import type { Hosts, Opening, Session } from '../engine/ports/hosts.ts'
import { Fault } from '../faults/fault.ts'
import type { Role } from '../wire/operations/catalogue.ts'
import type { HostEntry, Inventory } from '../workflow/inventory.ts'
import { bootstrapCommand } from './bootstrap.ts'
import type { RemoteLog } from './log.ts'
import type { Secrets } from './secrets.ts'
import { bundleOf } from './session/bundle.ts'
import type { Bundle } from './session/bundle.ts'
import type { Link } from './session/link.ts'
import { openSession } from './session/open.ts'
import { usualPatience } from './session/patience.ts'
import type { Patience } from './session/patience.ts'
import { startLocal } from './shell/local.ts'
import { connect } from './ssh/connect.ts'
import { execLink } from './ssh/exec-link.ts'

/** What the way to all hosts of an inventory is made of. `bootstrap` is the text of Bootstrap.ps1, `bundleFor` gives the text of a role's
 *  agents (both: agent-files.ts); `shell` names another PowerShell for hosts reached locally. */
export interface Remote {
  readonly inventory: Inventory
  readonly knownHosts: string
  readonly bootstrap: string
  readonly bundleFor: (role: Role) => string | Promise<string>
  readonly secrets: Secrets
  readonly log: RemoteLog
  readonly patience?: Partial<Patience>
  readonly shell?: string
}

/** The hosts of an inventory behind the engine's port. Each `open` is a process and a connection of its own; `close` breaks those that are
 *  still there. */
export function createHosts(remote: Remote): Hosts {
  const patience = { ...usualPatience, ...remote.patience }
  const bundles = new Map<Role, Promise<Bundle>>()
  const open = new Set<Session>()

  const bundleFor = (role: Role): Promise<Bundle> => {
    const bundle = bundles.get(role) ?? Promise.resolve(remote.bundleFor(role)).then(bundleOf)
    bundles.set(role, bundle)
    return bundle
  }
  return {
    async open(host, opening) {
      const entry = remote.inventory.hosts[host]
      if (entry === undefined) throw new Fault('HOST_UNREACHABLE', { host, why: 'the inventory does not name it' })
      if (entry.role === 'jump') throw new Fault('HOST_UNREACHABLE', { host, why: 'it is only a way to other hosts (role jump)' })
      if (opening.signal?.aborted === true) throw new Fault('INTERRUPTED', { host, run: opening.run })
      const bundle = await bundleFor(entry.role)
      const link = await startOn(entry, remote, patience, opening)
      const session = await openSession(link, { host, role: entry.role, opening, bundle, patience, log: remote.log })
      open.add(session)
      void link.ended.then(() => open.delete(session))
      return session
    },
    async close() {
      await Promise.all([...open].map((session) => session.close()))
    },
  }
}

async function startOn(entry: HostEntry, remote: Remote, { connectMs }: Patience, opening: Opening): Promise<Link> {
  const { inventory, knownHosts, secrets, bootstrap, shell } = remote
  if (entry.transport.by === 'local') return startLocal(bootstrap, shell)
  if (entry.transport.by === 'winrm')
    throw new Fault('NOT_BUILT', { what: 'transport winrm', instead: 'Use transport ssh or local.' })
  const connection = await connect(entry.name, { inventory, knownHosts, secrets, connectMs }, opening.signal)
  return await execLink(connection, bootstrapCommand(bootstrap), { host: entry.name, connectMs, signal: opening.signal })
}
