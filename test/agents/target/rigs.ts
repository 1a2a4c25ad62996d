import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readAgents } from '../../../src/remote/agent-files.ts'
import type { Role } from '../../../src/wire/operations/catalogue.ts'
import { AGENTS_FOLDER } from '../../fixtures/powershell.ts'

/** The shipped agents of a target, with the places of fences, receipts and locks replaced by files and names of this test. */
export interface Rig {
  readonly folder: string
  /** Runs PowerShell inside the agents' module and gives back what it returned, as JSON. Throws with what PowerShell said. */
  run(script: string): Promise<unknown>
  /** Starts the same without waiting. */
  start(script: string): Started
  close(): Promise<void>
}

/** A PowerShell under way. */
export interface Started {
  readonly result: Promise<unknown>
  kill(): void
}

/** A rig of its own: nothing of it is shared with another test or with this machine. */
export async function rig(more = '', role: Role = 'target'): Promise<Rig> {
  const folder = await mkdtemp(join(tmpdir(), 'vdp-agents-'))
  const agents = join(folder, 'agents.ps1')
  await writeFile(agents, `${await readAgents(AGENTS_FOLDER, role)}\n${surface(folder)}\n${more}`)
  const running = new Set<Started>()
  const start = (script: string): Started => {
    const started = powershell(folder, agents, script)
    running.add(started)
    const forget = () => running.delete(started)
    started.result.then(forget, forget)
    return started
  }
  return {
    folder,
    start,
    run: (script) => start(script).result,
    async close() {
      for (const one of running) one.kill()
      await Promise.allSettled([...running].map((one) => one.result))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Fences, receipts and locks in files and names of a test's own. */
export function surface(folder: string): string {
  const name = randomUUID()
  return `
function Get-VdpLockName { param([string] $For) return "Global\\vdp-${name}-$For" }
function Get-VdpActText { return Read-VdpText -Path '${join(folder, 'acts.json')}' }
function Set-VdpActText { param([string] $Text) Write-VdpText -Path '${join(folder, 'acts.json')}' -Text $Text }
function Get-VdpBootGuid { return '6f2c1c1e-3f4a-4a58-9a83-0d9f6c1f6c11' }
`
}

function powershell(folder: string, agents: string, script: string): Started {
  const loaded = `
$ErrorActionPreference = 'Stop'
$agents = New-Module ([scriptblock]::Create([IO.File]::ReadAllText('${agents}')))
$result = & $agents { ${script} }
[Console]::Out.Write('RESULT ' + (ConvertTo-Json -InputObject $result -Depth 20 -Compress))
`
  const encoded = Buffer.from(loaded, 'utf16le').toString('base64')
  const child = spawn('pwsh', ['-NoProfile', '-NonInteractive', '-EncodedCommand', encoded], { cwd: folder, stdio: 'pipe' })
  child.stdin.end()
  let said = ''
  child.stdout.on('data', (chunk) => (said += String(chunk)))
  child.stderr.on('data', (chunk) => (said += String(chunk)))
  const result = new Promise<unknown>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', () => {
      const at = said.lastIndexOf('RESULT ')
      if (at < 0) reject(new Error(said))
      else resolve(JSON.parse(said.slice(at + 'RESULT '.length)))
    })
  })
  result.catch(() => undefined)
  return { result, kill: () => void child.kill('SIGKILL') }
}
