import { createServer, type AddressInfo, type Socket } from 'node:net'
import type { AuthContext, Connection, ServerChannel } from 'ssh2'
import ssh2 from 'ssh2'
import type { AgentHost } from '../agent/agent-host.ts'
import { powerLost } from '../agent/answer.ts'
import type { AgentProcess, AgentSession, OpenSession } from '../agent/session.ts'
import type { KeyPair } from './keys.ts'

/** One host's SSH server on loopback. */
export interface SshHost {
  readonly host: AgentHost
  readonly port: number
  readonly hostKey: string
  /** The machine went down: every connection breaks, new ones are reset until it is up again. */
  down(): void
  close(): Promise<void>
}

/** Starts the SSH server of a host. While the machine is off the port stays ours, so that it is the same after the next boot, and resets
 *  whoever connects. `port` 0 takes a free one; `open` starts the agents' processes. */
export async function serveHost(
  host: AgentHost,
  open: OpenSession,
  key: KeyPair,
  clientKey: string,
  port: number,
): Promise<SshHost> {
  const trusted = parsed(clientKey)
  const sockets = new Set<Socket>()
  let arriving: Socket | undefined
  const ssh = new ssh2.Server({ hostKeys: [key.private], ident: 'OpenSSH_for_Windows_9.5' }, (connection) => {
    const socket = arriving
    attend(host, open, connection, trusted, () => void socket?.destroy())
  })
  const server = createServer((socket) => {
    host.farm.time.settle()
    socket.setNoDelay(true)
    socket.on('error', () => undefined)
    if (host.alive() === null) return void socket.resetAndDestroy()
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    arriving = socket
    ssh.injectSocket(socket)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const breakAll = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    host,
    port: (server.address() as AddressInfo).port,
    hostKey: key.public,
    down() {
      powerLost(host)
      breakAll()
    },
    close: () =>
      new Promise((resolve) => {
        powerLost(host)
        server.close(() => resolve())
        breakAll()
      }),
  }
}

function parsed(publicKey: string) {
  const key = ssh2.utils.parseKey(publicKey)
  if (key instanceof Error) throw key
  return key
}

function attend(
  host: AgentHost,
  open: OpenSession,
  connection: Connection,
  trusted: ReturnType<typeof parsed>,
  cut: () => void,
): void {
  connection.on('error', () => undefined)
  connection.on('authentication', (context) => (allowed(context, trusted) ? context.accept() : context.reject(['publickey'])))
  connection.on('session', (accept) => {
    const session = accept()
    session.on('exec', (acceptExec, _reject, { command }) => {
      const channel = acceptExec()
      if (/powershell(\.exe)?/i.test(command)) converse((process) => open(host, process, command), channel, cut)
      else notFound(channel, command)
    })
  })
}

function allowed(context: AuthContext, trusted: ReturnType<typeof parsed>): boolean {
  if (context.method !== 'publickey' || context.key.algo !== trusted.type) return false
  if (!context.key.data.equals(trusted.getPublicSSH())) return false
  if (context.signature === undefined || context.blob === undefined) return true
  return trusted.verify(context.blob, context.signature, context.hashAlgo)
}

/** Joins a channel to an agent session: lines in, frames out. */
function converse(open: (process: AgentProcess) => AgentSession, channel: ServerChannel, cut: () => void): void {
  let gone = false
  channel.on('error', () => undefined)
  const session = open({
    send: (text) => {
      if (!gone && channel.writable) channel.write(text)
    },
    complain: (text) => {
      if (!gone && channel.writable) channel.stderr.write(text)
    },
    exit: (code) => {
      if (gone || !channel.writable) return
      channel.exit(code)
      channel.end()
    },
    breakLink: () => {
      gone = true
      cut()
      session.lost()
    },
  })
  let rest = ''
  channel.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString('latin1')).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) session.line(line)
  })
  channel.on('end', () => session.eof())
  channel.on('close', () => {
    gone = true
    session.lost()
  })
}

function notFound(channel: ServerChannel, command: string): void {
  const program = command.trim().split(/\s+/)[0] ?? ''
  channel.stderr.write(
    `'${program}' is not recognized as an internal or external command,\r\noperable program or batch file.\r\n`,
  )
  channel.exit(1)
  channel.end()
}
