import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { compose } from '../src/compose.ts'
import type { Agents } from '../src/lab/lab.ts'
import { findPwsh } from '../src/lab/windows/pwsh.ts'
import { readInventory } from '../src/workflow/read-workflow.ts'
import { median } from './start-up.ts'

const MAIN = join(import.meta.dirname, '..', 'src', 'main.ts')
const SESSIONS = 7
const ROUND_TRIPS = 200

/** Milliseconds, medians: from connect to the hello's answer, and 200 round trips of the smallest read of a PVS server, which has the largest agents. */
export interface SessionTimes {
  readonly start: number
  readonly roundTrips: number
}

/** What a session costs with the lab's own agents and with the shipped ones in PowerShell; `floor` is a PowerShell that does nothing. */
export interface FrontTimes {
  readonly builtIn: SessionTimes
  readonly powershell: (SessionTimes & { readonly version: string; readonly floor: number }) | null
}

/** Measures both fronts, each a lab in a process of its own; the PowerShell one only where there is a PowerShell. */
export async function frontTimes(folder: string): Promise<FrontTimes> {
  const builtIn = await timesOf('built-in', join(folder, 'built-in'))
  const pwsh = await findPwsh()
  if ('why' in pwsh) return { builtIn, powershell: null }
  const bare = Array.from({ length: SESSIONS }, () =>
    took(() => spawnSync(pwsh.program, ['-NoLogo', '-NoProfile', '-Command', '0'])),
  )
  return {
    builtIn,
    powershell: { ...(await timesOf('powershell', join(folder, 'powershell'))), version: pwsh.version, floor: median(bare) },
  }
}

async function timesOf(agents: Agents, dir: string): Promise<SessionTimes> {
  mkdirSync(dir, { recursive: true })
  const child = spawn(process.execPath, [MAIN, 'lab', '--dir', dir, '--agents', agents, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    await ready(child)
    return await measure(dir)
  } finally {
    child.kill('SIGINT')
    await once(child, 'close')
  }
}

async function measure(dir: string): Promise<SessionTimes> {
  const composition = compose('bench', { HOME: dir, VDISKPREP_HOME: join(dir, 'state') })
  const inventory = readInventory(join(dir, 'inventory.yaml'), composition.files)
  const target = Object.entries(inventory.hosts).find(([, host]) => host.role === 'pvs')?.[0] ?? ''
  const starts: number[] = []
  const trips: number[] = []
  for (let n = 0; n < SESSIONS; n += 1) {
    const hosts = await composition.hosts(inventory)
    const begun = performance.now()
    const session = await hosts.open(target, { run: 'bench', owner: 'bench', fence: n + 1 })
    starts.push(performance.now() - begun)
    if (n >= SESSIONS - 3) trips.push(await roundTrips(() => session.request('Get-VdpTask', { taskId: '1' })))
    await hosts.close()
  }
  return { start: median(starts), roundTrips: median(trips) }
}

async function roundTrips(ask: () => Promise<{ readonly is: string }>): Promise<number> {
  const begun = performance.now()
  for (let n = 0; n < ROUND_TRIPS; n += 1) {
    const { is } = await ask()
    if (is !== 'facts') throw new Error(`a round trip ended as ${is}`)
  }
  return performance.now() - begun
}

function took(act: () => unknown): number {
  const begun = performance.now()
  act()
  return performance.now() - begun
}

/** The lab says in one line that it answers. */
async function ready(child: ChildProcess): Promise<void> {
  if (child.stdout === null) throw new Error('the lab has no output')
  for await (const line of createInterface({ input: child.stdout })) if (line.includes('"ready":true')) return
  throw new Error('the lab ended before it answered')
}
