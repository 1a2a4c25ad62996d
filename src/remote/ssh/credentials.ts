import { readFile } from 'node:fs/promises'
import type { ConnectConfig } from 'ssh2'
import ssh2 from 'ssh2'
import { Fault } from '../../faults/fault.ts'
import type { SshTransport } from './inventory-entry.ts'
import type { Secrets } from '../secrets.ts'

/** What ssh2 needs to log in as the inventory says; only the method named there is tried. Rejects with SECRET_MISSING when the key, its
 *  passphrase, the password or the agent is not to be had. */
export async function credentialsOf(host: string, { user, auth }: SshTransport, secrets: Secrets): Promise<ConnectConfig> {
  if ('agent' in auth) return { username: user, agent: agentSocket(host) }
  if ('password' in auth) {
    const password = await secrets.read(auth.password, host)
    return { username: user, password, tryKeyboard: true }
  }
  const passphrase = auth.passphrase === null ? undefined : await secrets.read(auth.passphrase, host)
  const privateKey = await keyFile(host, auth.key)
  const parsed = ssh2.utils.parseKey(privateKey, passphrase)
  if (parsed instanceof Error) throw new Fault('SECRET_MISSING', { reference: `key ${auth.key}`, host, why: parsed.message })
  return { username: user, privateKey, ...(passphrase === undefined ? {} : { passphrase }) }
}

async function keyFile(host: string, path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown)
    throw new Fault('SECRET_MISSING', { reference: `key ${path}`, host, why }, thrown)
  }
}

/** The agent's socket: SSH_AUTH_SOCK, or the named pipe of Windows' own agent. */
function agentSocket(host: string): string {
  const socket = process.env['SSH_AUTH_SOCK'] ?? (process.platform === 'win32' ? '\\\\.\\pipe\\openssh-ssh-agent' : undefined)
  if (socket === undefined) throw new Fault('SECRET_MISSING', { reference: 'SSH agent', host, why: 'SSH_AUTH_SOCK is not set' })
  return socket
}
