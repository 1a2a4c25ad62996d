import { readFile } from 'node:fs/promises'
import { connect as connectSocket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Client, ServerHostKeyAlgorithm } from 'ssh2'
import { Fault } from '../../faults/fault.ts'
import type { Inventory } from '../../workflow/inventory.ts'
import type { Secrets } from '../secrets.ts'
import { credentialsOf } from './credentials.ts'
import { keyNameOf, sshTransport } from './inventory-entry.ts'
import { fingerprintOf, judgeHostKey, knownTypes } from './known-hosts.ts'
import type { HostKey } from './known-hosts.ts'
import { logIn } from './login.ts'
import { within } from './within.ts'

/** What it takes to reach hosts over SSH. `knownHosts` is the path of the only file that is believed. */
export interface SshAccess {
  readonly inventory: Inventory
  readonly knownHosts: string
  readonly secrets: Secrets
  readonly connectMs: number
}

/** A connection after its login; `close` breaks it and those under it. */
export interface Connection {
  readonly client: Client
  readonly close: () => void
}

/** Connects and logs in, through jump hosts where the inventory names them. Rejects with HOST_UNREACHABLE, HOST_KEY_UNKNOWN,
 *  HOST_KEY_CHANGED, HOST_AUTH_FAILED, SECRET_MISSING or INTERRUPTED; no credential is sent before the host key was found known. */
export async function connect(host: string, access: SshAccess, signal?: AbortSignal): Promise<Connection> {
  return await connectPast([], host, access, signal)
}

/** The way to a host's SSH port: a socket of our own, or a channel through the jump host. */
export interface Way {
  readonly socket: Duplex
  readonly close: () => void
}

/** Opens the way to a host without saying anything to it yet. */
export async function wayTo(host: string, access: SshAccess, signal?: AbortSignal, passed: readonly string[] = []): Promise<Way> {
  const { address, port, via } = sshTransport(host, access.inventory)
  if (via === null) {
    const socket = connectSocket({ host: address, port, noDelay: true })
    return { socket, close: () => void socket.destroy() }
  }
  if (passed.includes(via)) throw new Fault('HOST_UNREACHABLE', { host, why: `its jump hosts go in a circle at ${via}` })
  const jump = await connectPast([...passed, host], via, access, signal)
  const forwarded = new Promise<Duplex>((resolve, reject) => {
    jump.client.forwardOut('127.0.0.1', 0, address, port, (error, channel) => (error ? reject(error) : resolve(channel)))
  })
  try {
    const socket = await within(host, `the way through ${via}`, access.connectMs, signal, forwarded)
    return { socket, close: jump.close }
  } catch (thrown) {
    jump.close()
    throw thrown
  }
}

async function connectPast(
  passed: readonly string[],
  host: string,
  access: SshAccess,
  signal?: AbortSignal,
): Promise<Connection> {
  const { inventory, secrets, knownHosts, connectMs } = access
  const text = await readKnownHosts(knownHosts)
  const name = keyNameOf(host, inventory)
  const credentials = await credentialsOf(host, sshTransport(host, inventory), secrets)
  const config = { ...credentials, algorithms: { serverHostKey: preferring(knownTypes(text, name)) } }
  const way = await wayTo(host, access, signal, passed)
  try {
    const check = (key: HostKey) => distrust(host, name, text, key)
    const client = await logIn({ host, socket: way.socket, config, check, connectMs, signal })
    const close = () => {
      client.destroy()
      way.close()
    }
    return { client, close }
  } catch (thrown) {
    way.close()
    throw thrown
  }
}

/** The text of a known_hosts file; a file that is not there knows nobody. */
export async function readKnownHosts(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw thrown
  }
}

function distrust(host: string, name: string, text: string, key: HostKey): Fault | undefined {
  const verdict = judgeHostKey(text, name, key)
  if (verdict === 'known') return undefined
  const code = verdict === 'unknown' ? 'HOST_KEY_UNKNOWN' : 'HOST_KEY_CHANGED'
  return new Fault(code, { host, name, fingerprint: fingerprintOf(key), type: key.type, why: verdict })
}

/** Host keys in the order in which a server is asked for them when nothing is known of it. */
const HOST_KEYS: readonly ServerHostKeyAlgorithm[] = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
]

/** The known types first: a server with several keys would otherwise show one that is not known. An `ssh-rsa` key signs by SHA-2. */
function preferring(types: readonly string[]): ServerHostKeyAlgorithm[] {
  const isKnown = (algorithm: string) => types.includes(algorithm.startsWith('rsa-') ? 'ssh-rsa' : algorithm)
  return [...HOST_KEYS.filter(isKnown), ...HOST_KEYS.filter((algorithm) => !isKnown(algorithm))]
}
