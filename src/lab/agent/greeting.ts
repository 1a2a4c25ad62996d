import { createHash } from 'node:crypto'
import { decodeLine, encodeFrame } from '../../wire/framing.ts'
import { bundlePart, hello, PROTOCOL, type Hello, type HostError } from '../../wire/messages.ts'
import { soapObstacle } from '../model/soap.ts'
import type { AgentHost } from './agent-host.ts'
import { agentsBeside } from './installed-agents.ts'

/** The beginning of a session: hello, then the parts of the bundle. `done` once the welcome was sent. */
export interface Greeting {
  readonly hello: Hello
  readonly parts: Buffer[]
  done: boolean
}

/** What kind of PowerShell the host shows. */
export interface Shell {
  readonly language: 'FullLanguage' | 'ConstrainedLanguage'
  readonly bits: 32 | 64
  readonly elevated: boolean
}

type Send = (text: string) => void

/** How a session's process was started: in which shell, and from which installed file if from one. */
interface Started {
  readonly shell: Shell
  readonly file: string | undefined
}

/** Takes one line before the welcome. Undefined when the session cannot go on: no hello, or one that was refused. */
export function greet(
  host: AgentHost,
  started: Started,
  before: Greeting | undefined,
  line: string,
  send: Send,
): Greeting | undefined {
  const message = readLine(line)
  const greeting = before ?? opened(host, message, started, send)
  if (greeting === undefined) return undefined
  if (before !== undefined && !takePart(greeting, message, send)) return undefined
  return greeting.parts.length < greeting.hello.bundle.parts || welcome(host, greeting, started.shell, send)
    ? greeting
    : undefined
}

/** One line of stdin as JSON; undefined when it is none. */
export function readLine(text: string): unknown {
  try {
    return decodeLine(text)
  } catch {
    return undefined
  }
}

/** The hello. In another language mode than full, or in 32 bits, the bootstrap ends after its first line. */
function opened(host: AgentHost, message: unknown, { shell, file }: Started, send: Send): Greeting | undefined {
  const read = hello.safeParse(message)
  if (!read.success || shell.language !== 'FullLanguage' || shell.bits !== 64) return undefined
  const why = (file === undefined ? undefined : otherAgents(file, read.data)) ?? objection(host, read.data)
  if (why !== undefined) {
    const error: HostError = { details: null, ...why, hresult: null, returnCode: null, at: null }
    send(encodeFrame(read.data.nonce, { type: 'refusal', protocol: PROTOCOL, error }))
    return undefined
  }
  return { hello: read.data, parts: [], done: false }
}

/** Installed agents are compared with those that the client goes with. */
function otherAgents(file: string, { bundle }: Hello): Pick<HostError, 'kind' | 'message' | 'details'> | undefined {
  const { path, sha256: hash } = agentsBeside(file)
  if (hash === null) return { kind: 'missing', message: `there is no ${path}`, details: null }
  return hash === bundle.sha256 ? undefined : { kind: 'refused', message: `${path} holds other agents`, details: hash }
}

function objection(host: AgentHost, { protocol, role, run, fence }: Hello): Pick<HostError, 'kind' | 'message'> | undefined {
  const accepted = host.memory()?.fences.get(run) ?? 0
  if (protocol !== PROTOCOL) return { kind: 'refused', message: `this host speaks version ${PROTOCOL} of the protocol` }
  if (role !== host.role) return { kind: 'refused', message: `${host.name} is a ${host.role} host` }
  return fence < accepted ? { kind: 'fenced', message: `fence ${fence} is older than ${accepted}` } : undefined
}

function takePart(greeting: Greeting, message: unknown, send: Send): boolean {
  const read = bundlePart.safeParse(message)
  if (!read.success || read.data.n !== greeting.parts.length) return false
  const bytes = Buffer.from(read.data.content, 'base64')
  greeting.parts.push(bytes)
  send(encodeFrame(greeting.hello.nonce, { type: 'ack', n: read.data.n, sha256: sha256(bytes) }))
  return true
}

/** After the last part: the fence is stored, the welcome sent. False when the host went down meanwhile. */
function welcome(host: AgentHost, greeting: Greeting, shell: Shell, send: Send): boolean {
  const { nonce, run, fence, bundle } = greeting.hello
  const memory = host.memory()
  if (memory === null) return false
  const highest = Math.max(fence, memory.fences.get(run) ?? 0)
  memory.fences.set(run, highest)
  greeting.done = true
  const message = {
    type: 'welcome',
    protocol: PROTOCOL,
    computer: host.computer,
    powershell: host.powershell(),
    culture: host.culture(),
    elevated: shell.elevated,
    boot: host.boot(),
    agents: bundle.parts === 0 ? bundle.sha256 : sha256(Buffer.concat(greeting.parts)),
    fence: highest,
    ...(host.role === 'pvs' ? { farm: farmSeenBy(host) } : {}),
    lab: { speed: host.farm.clock.speed || 1, world: { ...host.farm.world } },
  }
  send(encodeFrame(nonce, message))
  return true
}

function farmSeenBy({ farm, name }: AgentHost): { answers: boolean; soapRuns: boolean } {
  const server = farm.servers.find((one) => one.name === name)
  const soapRuns = server?.services.some((one) => one.name === 'soapserver' && one.state === 'running') ?? false
  return { answers: server !== undefined && soapObstacle(farm, server) === null, soapRuns }
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
