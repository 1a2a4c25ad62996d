import { encodeBanner } from '../../wire/banner.ts'
import { encodeFrame } from '../../wire/framing.ts'
import { request } from '../../wire/messages.ts'
import type { AgentHost } from './agent-host.ts'
import { answer, type Caller } from './answer.ts'
import { breakOf, lateness } from './faults-of-the-way.ts'
import { greet, readLine, type Greeting, type Shell } from './greeting.ts'
import { fileStarted, isThere } from './installed-agents.ts'

/** The process a session runs in, as its transport sees it. */
export interface AgentProcess {
  send(text: string): void
  /** What the process writes to its error stream. */
  complain(text: string): void
  /** The process ends with this code. */
  exit(code: number): void
  /** The way to the process breaks, without a word. */
  breakLink(): void
}

/** What a transport tells a session. */
export interface AgentSession {
  line(text: string): void
  /** End of stdin: what was asked is answered, then the process ends. */
  eof(): void
  /** The client is gone. By world, an act under way is killed or goes on to its end. */
  lost(): void
}

/** Starts a session's process; `command` is the command line that the client sent. */
export type OpenSession = (host: AgentHost, process: AgentProcess, command: string) => AgentSession

/** Starts a session's process on a host that runs, from an installed file where the command line names one: banner at once, then hello, bundle, welcome, and requests one after the other. */
export function openSession(host: AgentHost, process: AgentProcess, command = ''): AgentSession {
  const file = fileStarted(command)
  if (file !== undefined && !isThere(file)) return noSuchFile(process)
  const pid = host.nextPid()
  const killed = new AbortController()
  const queue: string[] = []
  const state = { busy: false, ended: false, stdinEnded: false }
  const shell: Shell = { language: 'FullLanguage', bits: 64, elevated: true, ...host.farm.mischief.banner.get(host.name) }
  let greeting: Greeting | undefined
  process.send(encodeBanner({ ...shell, powershell: host.powershell(), os: 64 }))

  const end = (code: number) => {
    if (state.ended) return
    state.ended = true
    for (const row of host.memory()?.acts ?? []) if (row.pid === pid && row.ended !== null) row.alive = false
    process.exit(code)
  }
  const take = async (line: string): Promise<boolean> => {
    if (greeting?.done) {
      const caller = { run: greeting.hello.run, pid, killed: killed.signal, open: () => !state.ended }
      return await serve(host, caller, greeting.hello.nonce, line, process)
    }
    greeting = greet(host, { shell, file }, greeting, line, (text) => {
      process.send(text)
    })
    return greeting !== undefined
  }
  const next = async () => {
    if (state.busy || state.ended) return
    const line = queue.shift()
    if (line === undefined) {
      if (state.stdinEnded) end(0)
      return
    }
    state.busy = true
    if (!(await take(line))) end(1)
    state.busy = false
    void next()
  }
  return {
    line(text) {
      if (text.trim() !== '') queue.push(text)
      void next()
    },
    eof() {
      state.stdinEnded = true
      void next()
    },
    lost() {
      queue.length = 0
      if (host.farm.world.linkLossKillsAct === 'yes') killed.abort()
      end(1)
    },
  }
}

/** One request, with the faults of the way that lie around it. False when the session is over. */
async function serve(host: AgentHost, caller: Caller, nonce: string, line: string, process: AgentProcess): Promise<boolean> {
  const read = request.safeParse(readLine(line))
  if (!read.success) return false
  const breaks = breakOf(host, read.data)
  if (breaks === 'before') {
    process.breakLink()
    return true
  }
  const reply = await answer(host, caller, read.data)
  if (breaks === 'after') {
    process.breakLink()
    return true
  }
  await lateness(host, read.data)
  if (reply !== null) process.send(encodeFrame(nonce, reply))
  return reply !== null
}

/** A session of a PowerShell that has nothing to start: it says so and ends. */
export function noSuchFile(client: AgentProcess): AgentSession {
  client.complain('The argument to the -File parameter does not exist.\r\n')
  setImmediate(() => {
    client.exit(1)
  })
  return { line: () => undefined, eof: () => undefined, lost: () => undefined }
}
