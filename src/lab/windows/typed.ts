import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { AgentHost } from '../agent/agent-host.ts'
import { Silence } from '../agent/host-errors.ts'
import { fileStarted } from '../agent/installed-agents.ts'
import { spendTime } from '../agent/spend.ts'
import { encoded, environment, type SessionBench, type SessionPlace } from './session.ts'

/** What a line did that somebody typed at the console of a host. */
export interface TypedEnd {
  readonly code: number | null
  readonly output: string
}

/** Runs the line `powershell ... -File SCRIPT WORDS` as somebody types it at the host, in a real PowerShell over the modelled Windows. A
 *  machine that goes down takes it along; what happens after an answer happens after its end. Null while the machine is off. */
export async function typedAt(host: AgentHost, line: string, place: SessionPlace): Promise<TypedEnd | null> {
  const alive = host.alive()
  if (alive === null) return null
  const killed = new AbortController()
  host.underWay.add(killed)
  const after: (() => void)[] = []
  const session: SessionBench = {
    run: '',
    spend: (ms) => spendTime(host, alive, killed.signal, ms),
    spendApart: (ms) => spendTime(host, alive, place.down, ms),
    afterAnswer: (happen) => void after.push(happen),
    hangs: () => false,
  }
  const door = place.open(session, () => {
    host.farm.time.settle()
    if (killed.signal.aborted || host.alive() !== alive) throw new Silence()
  })
  const words = ['-NoLogo', '-NoProfile', '-NonInteractive', '-EncodedCommand', encoded(host, place, scriptOf(line))]
  const child = spawn(place.pwsh, words, { env: environment(host, place, door.address), stdio: 'pipe', windowsHide: true })
  place.started(child)
  child.stdin.end()
  killed.signal.addEventListener('abort', () => child.kill('SIGKILL'))
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString('latin1')))
  const [code] = (await once(child, 'close')) as [number | null]
  door.close()
  host.underWay.delete(killed)
  for (const happen of after) happen()
  return { code, output }
}

/** The script and its words, switches bare. Throws for a line that starts no file. */
function scriptOf(line: string): string {
  const file = fileStarted(line)
  if (file === undefined) throw new Error(`it starts no file: ${line}`)
  const rest = line.replace(/^.*?-File\s+(?:"[^"]+"|\S+)/i, '')
  const words = (rest.match(/"[^"]*"|\S+/g) ?? []).map((word) => (word.startsWith('-') ? word : quoted(word.replaceAll('"', ''))))
  return [`. ${quoted(file)}`, ...words].join(' ')
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
