import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import ssh2, { type Client, type ClientChannel } from 'ssh2'
import type { Lab } from '../../src/lab/lab.ts'
import { decodeFrame, encodeLine } from '../../src/wire/framing.ts'
import { operations, type ArgsOf, type FactsOf, type OperationName } from '../../src/wire/operations/catalogue.ts'
import { bundleAck, PROTOCOL, refusal, reply, welcome, type HostError, type Welcome } from '../../src/wire/messages.ts'

/** A bare client of the lab's SSH front, written against src/wire alone. */
export interface RawSession {
  readonly banner: string
  readonly welcome: Welcome
  /** Facts checked against their schema; throws a HostSaidNo for an error reply, Cut when the link ends first. */
  ask<O extends OperationName>(op: O, args: ArgsOf<O>, act?: { effect: string; fence?: number }): Promise<FactsOf<O>>
  /** Resolves when the host has ended the channel, with its exit code. */
  readonly ended: Promise<number | null>
  /** Breaks the connection at once. */
  cut(): void
  close(): Promise<void>
}

export class HostSaidNo extends Error {
  readonly error: HostError

  constructor(error: HostError) {
    super(`${error.kind}: ${error.message}`)
    this.error = error
  }
}

export class Cut extends Error {}

const POWERSHELL = 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe -EncodedCommand AAAA'

/** Agents to be sent, for a host that runs what it gets: the command line with the bootstrap, and their text. */
export interface SentAgents {
  readonly command: string
  readonly text: string
}

export async function openRaw(
  lab: Lab,
  name: string,
  given: { fence?: number; run?: string; agents?: SentAgents } = {},
): Promise<RawSession> {
  const { client, ended: gone } = await logIn(lab, name)
  const channel = await new Promise<ClientChannel>((resolve, reject) => {
    client.exec(given.agents?.command ?? POWERSHELL, (error, opened) => (error ? reject(error) : resolve(opened)))
  })
  const lines = readLines(channel)
  const ended = new Promise<number | null>((resolve) => {
    let code: number | null = null
    channel.on('exit', (exit: number) => (code = exit))
    channel.on('close', () => resolve(code))
  })
  let banner = ''
  while (banner.trim() === '') banner = await lines.next()
  const nonce = randomBytes(16).toString('hex')
  const fence = given.fence ?? 1
  const role = lab.inventory.hosts[name]?.role
  const hello = {
    type: 'hello',
    protocol: PROTOCOL,
    nonce,
    role,
    run: given.run ?? '8k2',
    owner: 'test',
    fence,
    bundle: given.agents === undefined ? { sha256: '0'.repeat(64), parts: 0 } : { sha256: hashOf(given.agents.text), parts: 1 },
  }
  channel.write(encodeLine(hello))
  if (given.agents !== undefined) {
    channel.write(encodeLine({ type: 'part', n: 0, content: Buffer.from(given.agents.text).toString('base64') }))
    bundleAck.parse(await framed(lines, nonce))
  }
  const answer = await framed(lines, nonce)
  const no = refusal.safeParse(answer)
  if (no.success) {
    client.end()
    throw new HostSaidNo(no.data.error)
  }
  let id = 0
  return {
    banner,
    welcome: welcome.parse(answer),
    ended,
    async ask(op, args, act) {
      const request = {
        type: 'request',
        id: ++id,
        op,
        args,
        fence: act?.fence ?? fence,
        effect: act?.effect ?? null,
        deadlineMs: 30_000,
      }
      channel.write(encodeLine(request))
      const said = reply.parse(await framed(lines, nonce))
      if (!said.ok) throw new HostSaidNo(said.error)
      return operations[op].facts.parse(said.facts) as FactsOf<typeof op>
    },
    cut: () => void client.destroy(),
    async close() {
      channel.end()
      client.end()
      await gone
    },
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** Logs in as the inventory says, checking the host key against the lab's known_hosts. */
export async function logIn(lab: Lab, name: string, key?: string): Promise<{ client: Client; ended: Promise<void> }> {
  const transport = lab.inventory.hosts[name]?.transport
  if (!transport) throw new Error(`no host ${name}`)
  const known = readFileSync(lab.files.knownHosts, 'utf8')
  const client = new ssh2.Client()
  client.on('error', () => undefined)
  const ended = new Promise<void>((resolve) => void client.once('close', resolve))
  await new Promise<void>((resolve, reject) => {
    client.once('ready', resolve)
    client.once('error', reject)
    client.connect({
      sock: connect({ host: transport.address, port: transport.port, noDelay: true }),
      username: transport.user,
      privateKey: key ?? readFileSync(transport.auth.key, 'utf8'),
      hostVerifier: (shown: Buffer) => known.includes(`[127.0.0.1]:${transport.port} ssh-ed25519 ${shown.toString('base64')}`),
    })
  })
  return { client, ended }
}

interface Lines {
  next(): Promise<string>
}

function readLines(channel: ClientChannel): Lines {
  const ready: string[] = []
  const waiting: { resolve: (line: string) => void; reject: (error: Error) => void }[] = []
  let rest = ''
  let over = false
  channel.on('data', (chunk: Buffer) => {
    const parts = (rest + chunk.toString('latin1')).split('\n')
    rest = parts.pop() ?? ''
    for (const line of parts) {
      const next = waiting.shift()
      if (next) next.resolve(line)
      else ready.push(line)
    }
  })
  channel.on('close', () => {
    over = true
    for (const next of waiting.splice(0)) next.reject(new Cut('the link ended'))
  })
  return {
    next: () =>
      new Promise((resolve, reject) => {
        const line = ready.shift()
        if (line !== undefined) resolve(line)
        else if (over) reject(new Cut('the link has ended'))
        else waiting.push({ resolve, reject })
      }),
  }
}

async function framed(lines: Lines, nonce: string): Promise<unknown> {
  for (;;) {
    const line = decodeFrame(await lines.next(), nonce)
    if (line.is === 'frame') return line.message
  }
}
