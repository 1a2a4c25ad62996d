import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import type { AgentHost } from '../agent/agent-host.ts'
import { Silence } from '../agent/host-errors.ts'
import { fileStarted, isThere } from '../agent/installed-agents.ts'
import { noSuchFile, type AgentProcess, type AgentSession } from '../agent/session.ts'
import { spendTime } from '../agent/spend.ts'
import { Conversation } from './conversation.ts'
import type { SurfaceDoor } from './surface-server.ts'
import type { Bench } from './surface.ts'

/** What a session of this front needs besides its host. */
export interface SessionPlace {
  /** Opens the session's door to the surface. `here` throws Silence when nobody is there any more. */
  open(session: SessionBench, here: () => void): SurfaceDoor
  /** A name that the locks of this boot of this machine share. */
  readonly lock: string
  /** Aborts when the machine goes down. */
  readonly down: AbortSignal
  readonly pwsh: string
  readonly module: string
  /** Told of each process, to end it with the lab. */
  readonly started: (child: ChildProcess) => void
}

/** What of a desk belongs to the session. */
export type SessionBench = Pick<Bench, 'run' | 'spend' | 'spendApart' | 'afterAnswer' | 'hangs'>

/** How a 32-bit process on 64-bit Windows sees itself. */
const WOW64 = { PROCESSOR_ARCHITECTURE: 'x86', PROCESSOR_ARCHITEW6432: 'AMD64' }

/** Starts a session as a real PowerShell on this machine with the bootstrap that the client sent; before it, it loads the stand-in for
 *  Windows. A machine that goes down kills it. */
export function openPowershell(host: AgentHost, client: AgentProcess, command: string, place: SessionPlace): AgentSession {
  const alive = host.alive()
  const text = scriptOf(command)
  if (alive === null || text === undefined) return noSuchFile(client)
  const killed = new AbortController()
  host.underWay.add(killed)
  const session: SessionBench = {
    get run() {
      return talk.run
    },
    spend: (ms) => spendTime(host, alive, killed.signal, ms),
    spendApart: (ms) => spendTime(host, alive, place.down, ms),
    afterAnswer: (happen) => {
      talk.afterAnswer(happen)
    },
    hangs: () => host.farm.mischief.hung.delete(talk.op ?? ''),
  }
  const door = place.open(session, () => {
    host.farm.time.settle()
    if (killed.signal.aborted || host.alive() !== alive) throw new Silence()
  })
  const words = ['-NoLogo', '-NoProfile', '-NonInteractive', '-EncodedCommand', encoded(host, place, text)]
  const child = spawn(place.pwsh, words, { env: environment(host, place, door.address), stdio: 'pipe', windowsHide: true })
  const stdin = { write: (line: string) => void child.stdin.write(line), end: () => void child.stdin.end() }
  const talk = new Conversation(host, client, stdin, !text.includes('$input'))

  place.started(child)
  killed.signal.addEventListener('abort', () => child.kill('SIGKILL'))
  child.stdin.on('error', () => undefined)
  child.on('error', (thrown) => {
    client.complain(`${thrown.message}\r\n`)
  })
  child.on('close', (code) => {
    door.close()
    host.underWay.delete(killed)
    talk.answered()
    client.exit(code ?? 1)
  })
  child.stderr.on('data', (chunk: Buffer) => {
    client.complain(chunk.toString('latin1'))
  })
  lines(child.stdout, (line) => {
    talk.tell(line)
  })
  return {
    line: (line) => {
      talk.hear(line)
    },
    eof: () => {
      talk.eof()
    },
    lost() {
      talk.lost()
      if (host.farm.world.linkLossKillsAct === 'yes' || host.alive() !== alive) killed.abort()
    },
  }
}

/** The script that a client sent as an encoded command, or one that runs the installed file that it names. Stdin is handed to the file where it
 *  reads all of it. */
function scriptOf(command: string): string | undefined {
  const file = fileStarted(command)
  if (file !== undefined) {
    const start = `. '${file.replaceAll("'", "''")}'`
    return isThere(file) ? `${/OneShot\.ps1$/.test(file) ? '$input | ' : ''}${start}` : undefined
  }
  const found = /-EncodedCommand\s+([A-Za-z0-9+/=]+)/i.exec(command)?.[1]
  return found === undefined ? undefined : Buffer.from(found, 'base64').toString('utf16le')
}

/** A script behind what loads the stand-in, as an encoded command. */
export function encoded(host: AgentHost, place: SessionPlace, text: string): string {
  const file = (name: string) => `'${join(place.module, name).replaceAll("'", "''")}'`
  const parts = host.role === 'pvs' ? ['Surface.ps1', 'Windows.ps1', 'PvsSnapIn.ps1'] : ['Surface.ps1', 'Windows.ps1']
  const inside = host.role === 'target' ? ['Parts.ps1'] : ['Parts.ps1', 'ServerParts.ps1']
  const before = [
    ...parts.map((name) => `. ${file(name)}`),
    `$global:LabParts = ${inside.map(file).join(', ')}`,
    'Connect-LabSurface',
    ...(host.farm.mischief.banner.get(host.name)?.language === undefined
      ? []
      : ["$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'"]),
  ]
  return Buffer.from(`${before.join('\n')}\n${text}`, 'utf16le').toString('base64')
}

/** The environment of a PowerShell on a host; `address` is its door to the surface. */
export function environment(host: AgentHost, place: SessionPlace, address: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    COMPUTERNAME: host.computer,
    VDISKPREP_LAB_SURFACE: address,
    VDISKPREP_LAB_LOCK: place.lock,
    POWERSHELL_TELEMETRY_OPTOUT: '1',
    POWERSHELL_UPDATECHECK: 'Off',
    ...(host.farm.mischief.banner.get(host.name)?.bits === 32 ? WOW64 : {}),
  }
}

function lines(stream: NodeJS.ReadableStream, each: (line: string) => void): void {
  let rest = ''
  stream.on('data', (chunk: Buffer) => {
    const parts = (rest + chunk.toString('latin1')).split('\n')
    rest = parts.pop() ?? ''
    for (const line of parts) each(line)
  })
}
