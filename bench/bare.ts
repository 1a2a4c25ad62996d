import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import ssh2 from 'ssh2'
import { readAgents, readBootstrap } from '../src/remote/agent-files.ts'
import { bootstrapCommand } from '../src/remote/bootstrap.ts'
import { bundleOf } from '../src/remote/session/bundle.ts'
import { decodeFrame, encodeLine } from '../src/wire/framing.ts'
import { PROTOCOL } from '../src/wire/messages.ts'
import type { Inventory } from '../src/workflow/inventory.ts'

const AGENTS = join(import.meta.dirname, '../agents')
const NONCE = '0123456789abcdef0123456789abcdef'

/** One entry of what a run did with its hosts. Entries of one batch were under way together, those of one host in order. */
export type Entry =
  | { readonly batch: number; readonly host: string; readonly is: 'open' }
  | {
      readonly batch: number
      readonly host: string
      readonly is: 'request'
      readonly op: string
      readonly args: unknown
      readonly act: boolean
    }
  | { readonly batch: number; readonly host: null; readonly is: 'wait'; readonly until: number }

interface Line {
  say(line: string): void
  hear(): Promise<unknown>
  close(): void
}

/** The peer: sends the same requests in the same order, over one connection per host with the same socket options, and does nothing with
 *  the answers. No journal, no judging, no schemas. */
export class Bare {
  readonly #inventory: Inventory
  readonly #lines = new Map<string, Line>()
  #fence = 0
  #id = 0

  constructor(inventory: Inventory) {
    this.#inventory = inventory
  }

  async replay(entries: readonly Entry[], wait: (until: number) => Promise<void>): Promise<void> {
    for (const batch of Map.groupBy(entries, (one) => one.batch).values()) {
      const byHost = Map.groupBy(batch, ({ host }) => host)
      await Promise.all(
        [...byHost.values()].map(async (some) => {
          for (const one of some) {
            if (one.is === 'wait') await wait(one.until)
            else if (one.is === 'open') await this.open(one.host)
            else await this.request(one.host, one.op, one.args, one.act)
          }
        }),
      )
    }
    for (const line of this.#lines.values()) line.close()
  }

  /** Connects, logs in, starts a session, sends the agents, and waits for the welcome; a host that is off is left alone. */
  async open(host: string): Promise<void> {
    this.#lines.get(host)?.close()
    this.#lines.delete(host)
    const entry = this.#inventory.hosts[host]
    if (entry?.transport.by !== 'ssh' || entry.role === 'jump') return
    const line = await this.#connect(entry.transport).catch(() => null)
    if (line === null) return
    this.#lines.set(host, line)
    const bundle = bundleOf(await readAgents(AGENTS, entry.role))
    const agents = { sha256: bundle.sha256, parts: bundle.parts.length }
    this.#fence += 1
    const hello = {
      type: 'hello',
      protocol: PROTOCOL,
      nonce: NONCE,
      role: entry.role,
      run: 'bare',
      owner: 'bare',
      fence: this.#fence,
      bundle: agents,
    }
    line.say(encodeLine(hello))
    for (const part of bundle.parts) {
      line.say(part.line)
      await line.hear()
    }
    await line.hear()
  }

  async request(host: string, op: string, args: unknown, act: boolean): Promise<void> {
    const line = this.#lines.get(host)
    if (line === undefined) return
    this.#id += 1
    const effect = act ? `bare/${String(this.#id)}` : null
    line.say(encodeLine({ type: 'request', id: this.#id, op, args, fence: this.#fence, effect, deadlineMs: 60_000 }))
    await line.hear()
  }

  async #connect({ address, port, user, auth }: Extract<Inventory['hosts'][string]['transport'], { by: 'ssh' }>): Promise<Line> {
    const client = new ssh2.Client()
    client.on('error', () => undefined)
    const privateKey = 'key' in auth ? readFileSync(auth.key) : ''
    const sock = connect({ host: address, port, noDelay: true })
    const options = { sock, username: user, privateKey, keepaliveInterval: 10_000, keepaliveCountMax: 3 }
    await new Promise<void>((resolve, reject) => {
      client
        .once('ready', resolve)
        .once('error', reject)
        .once('close', () => reject(new Error('closed')))
      client.connect(options)
    })
    const command = bootstrapCommand(await readBootstrap(AGENTS))
    const channel = await new Promise<ssh2.ClientChannel>((resolve, reject) => {
      client.exec(command, (error, opened) => (error ? reject(error) : resolve(opened)))
    })
    const frames: unknown[] = []
    let heard: ((message: unknown) => void) | null = null
    let rest = ''
    channel.stderr.resume()
    channel.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString('latin1')).split('\n')
      rest = lines.pop() ?? ''
      for (const text of lines) {
        const frame = decodeFrame(text, NONCE)
        if (frame.is !== 'frame') continue
        if (heard === null) frames.push(frame.message)
        else heard(frame.message)
      }
    })
    const closed = new Promise<void>((resolve) => channel.once('close', () => resolve()))
    return {
      say: (line) => {
        if (channel.writable) channel.write(line)
      },
      hear: () =>
        Promise.race([
          closed,
          new Promise<unknown>((resolve) => {
            if (frames.length > 0) {
              resolve(frames.shift())
              return
            }
            heard = (message) => {
              heard = null
              resolve(message)
            }
          }),
        ]),
      close: () => {
        client.destroy()
      },
    }
  }
}
