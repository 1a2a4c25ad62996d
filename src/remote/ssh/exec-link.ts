import type { ClientChannel } from 'ssh2'
import { Fault } from '../../faults/fault.ts'
import { lastWords } from '../session/link.ts'
import type { Link, LinkEnd } from '../session/link.ts'
import type { Connection } from './connect.ts'

/** Starts a command on a connected host as a link, which owns the connection from then on. Without an exit status the end is unknown: the
 *  process may live on. Rejects with HOST_UNREACHABLE when the host does not start it. */
export async function execLink(host: string, connection: Connection, command: string): Promise<Link> {
  const { client, close } = connection
  let trouble = 'the connection was closed'
  client.on('error', (error) => {
    trouble = error.message
  })
  const channel = await started(host, connection, command)
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

function started(host: string, { client, close }: Connection, command: string): Promise<ClientChannel> {
  return new Promise((resolve, reject) => {
    const fail = (thrown: unknown) => {
      close()
      reject(new Fault('HOST_UNREACHABLE', { host, why: thrown instanceof Error ? thrown.message : String(thrown) }, thrown))
    }
    client.once('close', () => fail('the connection was closed before the session began'))
    try {
      client.exec(command, (error, channel) => (error ? fail(error) : resolve(channel)))
    } catch (thrown) {
      fail(thrown)
    }
  })
}
