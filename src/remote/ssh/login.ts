import type { Duplex } from 'node:stream'
import ssh2 from 'ssh2'
import type { Client, ConnectConfig } from 'ssh2'
import { Fault } from '../../faults/fault.ts'
import { hostKeyFrom } from './known-hosts.ts'
import type { HostKey } from './known-hosts.ts'

/** A dead connection is noticed after three silent intervals: about 30 s. */
const KEEPALIVE = { keepaliveInterval: 10_000, keepaliveCountMax: 3 } as const

/** One attempt to log in over a socket. `check` sees the host's key before anything is sent and returns why it is not taken. */
export interface Login {
  readonly host: string
  readonly socket: Duplex
  readonly config: ConnectConfig
  readonly check: (key: HostKey) => Fault | undefined
  readonly connectMs: number
  readonly signal: AbortSignal | undefined
}

/** Logs in. Rejects with the fault of `check`, HOST_AUTH_FAILED, HOST_UNREACHABLE or, when the signal aborts, INTERRUPTED. The client it
 *  resolves with has a listener for errors: they show in its `close`. */
export function logIn({ host, socket, config, check, connectMs, signal }: Login): Promise<Client> {
  const client = new ssh2.Client()
  return new Promise((resolve, reject) => {
    let distrust: Fault | undefined
    const fail = (fault: Fault) => {
      signal?.removeEventListener('abort', interrupt)
      client.destroy()
      reject(fault)
    }
    const interrupt = () => {
      fail(new Fault('INTERRUPTED', { host }))
    }
    const unreachable = (why: string) => {
      fail(new Fault('HOST_UNREACHABLE', { host, why }))
    }
    signal?.addEventListener('abort', interrupt, { once: true })
    client.on('error', (error) => {
      if (distrust !== undefined) fail(distrust)
      else if (isRefusal(error)) fail(new Fault('HOST_AUTH_FAILED', { host, user: config.username, why: error.message }, error))
      else unreachable(error.message)
    })
    client.on('close', () => unreachable('the connection was closed during the login'))
    client.on('keyboard-interactive', (_name, _text, _language, prompts, finish) => {
      finish(prompts.map((prompt) => (prompt.echo === true ? '' : (config.password ?? ''))))
    })
    client.on('ready', () => {
      signal?.removeEventListener('abort', interrupt)
      resolve(client)
    })
    const hostVerifier = (blob: Buffer) => {
      distrust = check(hostKeyFrom(blob))
      return distrust === undefined
    }
    try {
      client.connect({ ...config, ...KEEPALIVE, sock: socket, readyTimeout: connectMs, hostVerifier })
    } catch (thrown) {
      unreachable(thrown instanceof Error ? thrown.message : String(thrown))
    }
  })
}

/** ssh2 marks a failed login, or an agent that does not answer, by its level; a server that hangs up after too many keys only says so in words. */
function isRefusal(error: Error & { level?: string }): boolean {
  return error.level === 'client-authentication' || error.level === 'agent' || /authentication failures/i.test(error.message)
}
