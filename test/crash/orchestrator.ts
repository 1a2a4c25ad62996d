import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..', '..')

/** How a child ended: by its own exit code, or by our signal. */
export interface End {
  readonly code: number | null
  readonly output: string
}

function start(args: readonly string[], env: Readonly<Record<string, string>>): ChildProcess {
  return spawn(process.execPath, args, { cwd: ROOT, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
}

/** A lab in a process of its own, which lives on when orchestrators die. */
export async function startLabProcess(
  farm: string,
  dir: string,
  speed: number,
): Promise<{ inventory: string; ledger: string; stop(): Promise<void> }> {
  const child = start(['src/lab/process.ts', farm, '--dir', dir, '--speed', String(speed), '--ready-json'], {})
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout?.once('data', (chunk: Buffer) => resolve(chunk.toString()))
    child.once('exit', (code) => reject(new Error(`the lab ended with ${String(code)}`)))
  })
  const ready = JSON.parse(line) as { inventory: string; ledger: string }
  return {
    ...ready,
    stop: async () => {
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

/** Runs the real command line; with `killAfterMs` it gets a SIGKILL then, unless it has ended by itself. */
export async function vdiskprep(args: readonly string[], home: string, killAfterMs?: number): Promise<End> {
  const child = start(['src/main.ts', ...args], { VDISKPREP_HOME: home })
  let output = ''
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const timer = killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs)
  const [code] = (await once(child, 'close')) as [number | null]
  clearTimeout(timer)
  return { code, output }
}
