import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Copy } from './copy.ts'

/** What suites said: the first test that failed and its suite, or nothing; and how long each took that took long, in milliseconds. */
export interface Said {
  readonly failed?: { readonly suite: string; readonly test: string; readonly late: boolean }
  readonly times: ReadonlyMap<string, number>
}

const JEST = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js']

/** Runs suites in this order, in a copy, until one fails. When none ends for a while, or the signal aborts, all that was started is killed. */
export async function ask(copy: Copy, suites: readonly string[], silenceMs: number, signal: AbortSignal): Promise<Said> {
  signal.throwIfAborted()
  const sequencer = `--testSequencer=${join(import.meta.dirname, 'in-order.cjs')}`
  const options = ['--runInBand', '--bail', '--ci', '--reporters=default', `--cacheDirectory=${copy.cache}`, sequencer]
  const env = { ...process.env, TMPDIR: copy.temporary, VDISKPREP_SUITES: suites.join('\n') }
  const words = [...JEST, ...options, '--runTestsByPath', ...suites]
  const child = spawn(process.execPath, words, { cwd: copy.folder, env, stdio: 'pipe', detached: true })
  child.stdin.end()
  const kill = () => {
    killGroup(child.pid)
  }
  let said = ''
  let silence = setTimeout(kill, silenceMs)
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said += String(chunk)
      clearTimeout(silence)
      silence = setTimeout(kill, silenceMs)
    })
  }
  signal.addEventListener('abort', kill)
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  clearTimeout(silence)
  signal.removeEventListener('abort', kill)
  kill()
  signal.throwIfAborted()
  const times = ended(said)
  if (code === 0) return { times }
  const suite = /^FAIL (\S+)/m.exec(said)?.[1] ?? suites.find((one) => !times.has(one)) ?? ''
  const test = /^\s*● (.+)$/m.exec(said)?.[1]
  return { failed: { suite, test: test ?? 'did not end', late: test === undefined || said.includes('Exceeded timeout') }, times }
}

/** Ends a process with everything that it started; jest leaves some behind when it stops at a failure. */
function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL')
  } catch {
    // All of it has ended.
  }
}

/** The suites that were green so far, by the lines of jest's reporter. */
function ended(said: string): ReadonlyMap<string, number> {
  const lines = [...said.matchAll(/^PASS (\S+)(?: \(([\d.]+) s\))?$/gm)]
  return new Map(lines.map(([, suite = '', seconds = '1']) => [suite, Number(seconds) * 1000]))
}
