import type { Hosts, Session } from '../engine/ports/hosts.ts'
import { Fault } from '../faults/fault.ts'
import type { Role } from '../wire/operations/catalogue.ts'
import type { HostEntry, Inventory } from '../workflow/inventory.ts'
import { bootstrapCommand } from './bootstrap.ts'
import type { RemoteLog } from './log.ts'
import { withOwnKeys } from './own-keys.ts'
import type { Secrets } from './secrets.ts'
import { installedCommand } from './installed.ts'
import { bundleOf, installedBundle } from './session/bundle.ts'
import type { Bundle } from './session/bundle.ts'
import type { Form, Link } from './session/link.ts'
import { openOneShot } from './session/one-shot.ts'
import { openSession } from './session/open.ts'
import type { Greeting } from './session/greeting.ts'
import { usualPatience } from './session/patience.ts'
import type { Patience } from './session/patience.ts'
import { startLocal } from './shell/local.ts'
import { startScript } from './shell/script.ts'
import { startWinrm } from './shell/winrm.ts'
import { connect } from './ssh/connect.ts'
import { execLink } from './ssh/exec-link.ts'

/** What the way to all hosts of an inventory is made of. `bootstrap` and `relay` are the texts of Bootstrap.ps1 and Relay.ps1, `bundleFor`
 *  gives the text of a role's agents (all: agent-files.ts); `shell` names another PowerShell to start on this machine. */
export interface Remote {
  readonly inventory: Inventory
  readonly knownHosts: string
  readonly bootstrap: string
  readonly relay: string
  readonly bundleFor: (role: Role) => string | Promise<string>
  readonly secrets: Secrets
  readonly log: RemoteLog
  readonly patience?: Partial<Patience>
  readonly shell?: string
}

/** The hosts of an inventory behind the engine's port. Each `open` is a process and a connection of its own; `close` breaks those that are
 *  still there. A host whose session stays silent is asked in the one-shot form, and from then on in no other. */
export function createHosts(remote: Remote): Hosts {
  const patience = { ...usualPatience, ...remote.patience }
  const bundleFor = bundlesOf(remote)
  const oneShot = new Set<string>()
  const open = new Set<Session>()

  const begin = async (entry: HostEntry, greeting: Greeting): Promise<Session> => {
    const { host, opening } = greeting
    const start = (form: Form, signal: AbortSignal | undefined) => startOn(entry, form, remote, patience, signal)
    const inOneShot = () => openOneShot((signal) => start('one-shot', signal), greeting)
    if (oneShot.has(host)) return await inOneShot()
    const link = await start('session', opening.signal)
    try {
      return await openSession(link, greeting)
    } catch (thrown) {
      if (!(thrown instanceof Fault) || thrown.details['late'] !== true) throw thrown
      remote.log({ host, event: 'one-shot', detail: String(thrown.details['why']) })
      const session = await inOneShot().catch((again: unknown) => {
        throw again instanceof Fault && again.code === 'SESSION_REFUSED' ? bothSilent(thrown, again) : again
      })
      oneShot.add(host)
      return session
    }
  }
  return {
    async open(host, opening) {
      const entry = remote.inventory.hosts[host]
      if (entry === undefined) throw new Fault('HOST_UNREACHABLE', { host, why: 'the inventory does not name it' })
      if (entry.role === 'jump') throw new Fault('HOST_UNREACHABLE', { host, why: 'it is only a way to other hosts (role jump)' })
      if (opening.signal?.aborted === true) throw new Fault('INTERRUPTED', { host, run: opening.run })
      const { role, installed } = entry
      const bundle = await bundleFor(role, installed !== undefined)
      const begun = await begin(entry, {
        host,
        role,
        opening,
        bundle,
        patience,
        log: remote.log,
        ...(installed === undefined ? {} : { installed }),
      })
      if (needsPassword(entry, begun)) {
        await begun.close()
        throw new Fault('PVS_AUTH_NEEDS_PASSWORD', { host })
      }
      const session = withOwnKeys(begun, remote.secrets)
      const close = async () => {
        open.delete(session)
        await session.close()
      }
      open.add(session)
      return { ...session, close }
    },
    async close() {
      await Promise.all([...open].map((session) => session.close()))
    },
  }
}

/** The agents of each role, to be sent or as they have to be found on the host; each is read once. */
function bundlesOf(remote: Remote): (role: Role, isInstalled: boolean) => Promise<Bundle> {
  const bundles = new Map<string, Promise<Bundle>>()
  return (role, isInstalled) => {
    const name = isInstalled ? `${role}, installed` : role
    const bundle = bundles.get(name) ?? Promise.resolve(remote.bundleFor(role)).then(isInstalled ? installedBundle : bundleOf)
    bundles.set(name, bundle)
    return bundle
  }
}

/** Whether the farm does not answer this session, although its service runs, and the login has no outward credentials: a key over SSH, or
 *  PowerShell remoting without delegation. That the service then refuses is unproven; with a password login PVS says itself what it lacks. */
function needsPassword({ transport }: HostEntry, { welcome: { farm } }: Session): boolean {
  const outward = transport.by === 'local' || (transport.by === 'ssh' && 'password' in transport.auth)
  return farm !== undefined && !farm.answers && farm.soapRuns && !outward
}

function bothSilent(first: Fault, second: Fault): Fault {
  const why = `${String(first.details['why'])}; in the one-shot form: ${String(second.details['why'])}`
  return new Fault('SESSION_REFUSED', { ...first.details, why }, second)
}

async function startOn(
  { name, transport, installed }: HostEntry,
  form: Form,
  remote: Remote,
  { connectMs }: Patience,
  signal: AbortSignal | undefined,
): Promise<Link> {
  const { inventory, knownHosts, secrets, bootstrap, shell } = remote
  if (transport.by === 'local')
    return installed === undefined ? startLocal(bootstrap, shell) : startScript(installed, form, shell)
  if (transport.by === 'hand') throw new Fault('BY_HAND_NEEDED', { host: name })
  if (transport.by === 'winrm') return await startWinrm(name, transport, remote)
  const connection = await connect(name, { inventory, knownHosts, secrets, connectMs }, signal)
  const command = installed === undefined ? bootstrapCommand(bootstrap, form) : installedCommand(installed, form)
  return await execLink(connection, command, { host: name, connectMs, signal })
}
