import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { decode, encode, type Answer } from 'dns-packet'

/** A DNS server on loopback that knows some names. `zone` holds answers by `TYPE name`; any other name does not exist. */
export async function dnsServer(zone: Readonly<Record<string, readonly Answer[]>>): Promise<{
  readonly address: string
  close(): Promise<void>
}> {
  const socket = createSocket('udp4')
  socket.on('message', (message, from) => {
    const asked = decode(message)
    const [question] = asked.questions ?? []
    const name = question?.name.toLowerCase() ?? ''
    const answers = zone[`${question?.type ?? ''} ${name}`] ?? []
    const exists = Object.keys(zone).some((key) => key.endsWith(` ${name}`))
    const flags = 0x0180 | (exists ? 0 : 3)
    socket.send(
      encode({ type: 'response', id: asked.id, flags, questions: asked.questions, answers: [...answers] }),
      from.port,
      from.address,
    )
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return {
    address: `127.0.0.1:${String(socket.address().port)}`,
    close: async () => {
      socket.close()
      await once(socket, 'close')
    },
  }
}
