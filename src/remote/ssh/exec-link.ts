import type { ClientChannel } from 'ssh2'
import { lastWords } from '../session/link.ts'
import type { Link, LinkEnd } from '../session/link.ts'
import type { Connection } from './connect.ts'
import { within } from './within.ts'

/** For whom a command is started, and how long the host may take to accept it. */
interface Start {
  readonly host: string
  readonly connectMs: number
  readonly signal: AbortSignal | undefined
}

/** Starts a command on a connected host as a link, which owns the connection from then on. Without an exit status the end is unknown: the
 *  process may live on. Rejects with HOST_UNREACHABLE when the host does not start it. */
export async function execLink(connection: Connection, command: string, { host, connectMs, signal }: Start): Promise<Link> {
  const { client, close } = connection
  let trouble = 'the connection was closed'
  client.on('error', (error) => {
    trouble = error.message
  })
  const channel = await within(host, 'the start of the session', connectMs, signal, started(connection, command)).catch(
    (thrown: unknown) => {
      close()
      throw thrown
    },
  )
  const words = lastWords(channel.stderr)
  const ended = new Promise<LinkEnd>((resolve) => {
    let exit: { code: number | null } | undefined
    channel.on('exit', (code: number | null) => {
      exit = { code }
    })
    const end = () => {
      resolve(exit === undefined ? { by: 'link', detail: trouble } : { by: 'exit', code: exit.code, words: words() })
      close()
    }
    channel.once('close', end)
    client.once('close', end)
  })
  return {
    output: channel,
    ended,
    write(line) {
      if (!channel.writable) return false
      channel.write(line)
      return true
    },
    end: () => void channel.end(),
    destroy: close,
  }
}

function started({ client }: Connection, command: string): Promise<ClientChannel> {
  return new Promise((resolve, reject) => {
    client.once('close', () => reject(new Error('the connection was closed')))
    client.exec(command, (error, channel) => (error ? reject(error) : resolve(channel)))
  })
}
