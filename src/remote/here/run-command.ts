import { spawn, type ChildProcess } from 'node:child_process'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ArgsOf, FactsOf } from '../../wire/operations/catalogue.ts'

/** How a command line ended: as a program, killed because nobody waits for it any more, or never begun. */
export type CommandEnd =
  | { readonly is: 'ended'; readonly end: FactsOf<'Invoke-VdpHook'>['program'] }
  | { readonly is: 'cancelled' }
  | { readonly is: 'unstartable'; readonly why: string }

/** What is kept of a program's output: its end. */
const KEPT = 64 * 1024

/** How long output may still come after the program has exited; a grandchild that keeps the pipe open is not waited for. */
const DRAIN_MS = 1000

/** Runs one command line by the shell of this platform (cmd.exe or sh), in the folder of `beside`, with its parameters as environment
 *  variables VDP_name and nothing to read. After its time, or when the signal aborts, it is killed with everything it started. */
export async function runCommand(command: ArgsOf<'Invoke-VdpHook'>, signal: AbortSignal): Promise<CommandEnd> {
  let program: ChildProcess
  try {
    program = begin(command)
  } catch (thrown) {
    return { is: 'unstartable', why: (thrown as Error).message }
  }
  const output = lastOf(program)
  const stop = { timedOut: false }
  const limit = setTimeout(() => {
    stop.timedOut = true
    killTree(program)
  }, command.timeoutSeconds * 1000)
  const cancel = () => {
    killTree(program)
  }
  signal.addEventListener('abort', cancel)
  try {
    const exitCode = await exitOf(program)
    if (signal.aborted) return { is: 'cancelled' }
    return { is: 'ended', end: { exitCode: stop.timedOut ? null : exitCode, output: output(), timedOut: stop.timedOut } }
  } catch (thrown) {
    return { is: 'unstartable', why: (thrown as Error).message }
  } finally {
    clearTimeout(limit)
    signal.removeEventListener('abort', cancel)
  }
}

/** Throws when words cannot be handed to a program, such as one with a null character. */
function begin({ script, parameters, beside }: ArgsOf<'Invoke-VdpHook'>): ChildProcess {
  const own = Object.fromEntries(Object.entries(parameters).map(([name, value]) => [`VDP_${name}`, value]))
  return spawn(script, {
    shell: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...own },
    ...(beside === undefined ? {} : { cwd: dirname(beside) }),
    // A process group of its own: all of it can be killed, and the terminal's Ctrl-C does not reach it.
    detached: process.platform !== 'win32',
    windowsHide: true,
  })
}

/** The exit code, null after a signal; with it the output is complete, or has had time to be. Rejects when it could not be started. */
async function exitOf(program: ChildProcess): Promise<number | null> {
  const closed = new Promise<void>((resolve) => program.once('close', () => resolve()))
  const code = await new Promise<number | null>((resolve, reject) => {
    program.once('error', reject)
    program.once('exit', resolve)
  })
  await Promise.race([closed, sleep(DRAIN_MS, undefined, { ref: false })])
  program.stdout?.destroy()
  program.stderr?.destroy()
  return code
}

function lastOf({ stdout, stderr }: ChildProcess): () => string {
  let text = ''
  for (const stream of [stdout, stderr])
    stream?.setEncoding('utf8').on('data', (more: string) => (text = (text + more).slice(-KEPT)))
  return () => text
}

function killTree({ pid }: ChildProcess): void {
  if (pid === undefined) return
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore', windowsHide: true }).on('error', () => undefined)
    return
  }
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended already.
  }
}
