import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** What happens to a connection at a chosen byte. Everything before that byte arrives.
 *  reset: both ends get RST; close: both get FIN; half-close: only the reader of this direction gets FIN, the other direction goes on;
 *  delay: the bytes wait `ms`, then go on; silence: nothing arrives any more, either way, and nobody is told. */
export type How = 'reset' | 'close' | 'half-close' | 'delay' | 'silence'

/** Where on the wire: the direction, and how many more bytes of it pass first. */
export interface Trap {
  readonly toward: 'host' | 'client'
  readonly bytes: number
  readonly how: How
  readonly ms: number
  /** How many connections after it find nobody. */
  readonly refuse: number
}

/** A link between a client and one host on loopback, which can be broken at a chosen byte. */
export interface Proxy {
  readonly port: number
  /** Lays a trap on the newest connection, or with `next` on the one that is opened next. */
  lay(trap: Trap, next?: boolean): void
  /** Whether the trap laid last was sprung. */
  sprung(): boolean
  /** Lets every connection through again. */
  heal(): void
  close(): Promise<void>
}

/** Starts the proxy of one port. */
export async function startProxy(to: number): Promise<Proxy> {
  const wires = new Set<Wire>()
  const state: { trap: Trap | null; refuse: number; sprung: boolean } = { trap: null, refuse: 0, sprung: false }
  let newest: Wire | null = null
  const onSprung = ({ refuse }: Trap) => {
    state.sprung = true
    state.refuse = refuse
  }
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    if (state.refuse > 0) {
      state.refuse -= 1
      return void client.resetAndDestroy()
    }
    const host = connect({ host: '127.0.0.1', port: to, allowHalfOpen: true, noDelay: true })
    newest = new Wire(client, host, onSprung)
    if (state.trap !== null) newest.lay(state.trap)
    state.trap = null
    const wire = newest
    wires.add(wire)
    client.once('close', () => wires.delete(wire))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    lay(trap, next = false) {
      state.sprung = false
      if (next || newest === null) state.trap = trap
      else newest.lay(trap)
    },
    sprung: () => state.sprung,
    heal() {
      state.trap = null
      state.refuse = 0
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const wire of wires) wire.break()
      }),
  }
}

/** One connection through the proxy: two sockets, and at most one trap. */
class Wire {
  readonly #client: Socket
  readonly #host: Socket
  readonly #onSprung: (trap: Trap) => void
  #trap: Trap | null = null
  #left = 0
  #silent = false

  constructor(client: Socket, host: Socket, onSprung: (trap: Trap) => void) {
    this.#client = client
    this.#host = host
    this.#onSprung = onSprung
    this.#pass(client, host, 'host')
    this.#pass(host, client, 'client')
  }

  lay(trap: Trap): void {
    this.#trap = trap
    this.#left = trap.bytes
  }

  break(): void {
    this.#client.resetAndDestroy()
    this.#host.resetAndDestroy()
  }

  #pass(from: Socket, to: Socket, toward: Trap['toward']): void {
    from.on('data', (chunk: Buffer) => this.#chunk(chunk, from, to, toward))
    from.on('end', () => {
      if (!this.#silent) to.end()
    })
    from.on('error', () => undefined)
    from.on('close', (hadError) => {
      if (this.#silent) return
      if (hadError) to.resetAndDestroy()
      else to.end()
    })
  }

  #chunk(chunk: Buffer, from: Socket, to: Socket, toward: Trap['toward']): void {
    if (this.#silent) return
    const trap = this.#trap
    if (trap === null || trap.toward !== toward || chunk.length < this.#left) {
      if (trap?.toward === toward) this.#left -= chunk.length
      if (to.writable) to.write(chunk)
      return
    }
    const [before, after] = [chunk.subarray(0, this.#left), chunk.subarray(this.#left)]
    if (before.length > 0) to.write(before)
    // A trap at the last byte of a chunk springs with the first of the next one.
    if (after.length === 0) return void (this.#left = 0)
    this.#trap = null
    this.#onSprung(trap)
    this.#spring(trap, after, from, to)
  }

  #spring({ how, ms }: Trap, after: Buffer, from: Socket, to: Socket): void {
    switch (how) {
      case 'reset':
        this.break()
        return
      case 'close':
        to.end()
        from.end()
        return
      case 'half-close':
        from.removeAllListeners('data').resume()
        to.end()
        return
      case 'silence':
        this.#silent = true
        return
      case 'delay':
        from.pause()
        setTimeout(() => {
          if (to.writable) to.write(after)
          from.resume()
        }, ms)
    }
  }
}
