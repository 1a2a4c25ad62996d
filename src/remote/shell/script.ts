import { spawn } from 'node:child_process'
import { WINDOWS_POWERSHELL } from '../bootstrap.ts'
import { installedWords } from '../installed.ts'
import { lastWords } from '../session/link.ts'
import type { Form, Link, LinkEnd } from '../session/link.ts'

/** How long output may still come after the process has exited; a grandchild that keeps the pipe open is not waited for. */
const DRAIN_MS = 1000

/** Starts a PowerShell on this machine that runs installed agents from their folder, and so reads stdin itself. */
export function startScript(
  folder: string,
  form: Form,
  executable = process.platform === 'win32' ? WINDOWS_POWERSHELL : 'pwsh',
): Link {
  const child = spawn(executable, installedWords(folder, form), { stdio: 'pipe', windowsHide: true })
  child.stdin.on('error', () => undefined)
  const words = lastWords(child.stderr)
  const ended = new Promise<LinkEnd>((resolve) => {
    const end = (code: number | null, why = '') => resolve({ by: 'exit', code, words: words() || why })
    child.once('error', ({ message }) => end(null, message))
    child.once('close', (code) => end(code))
    child.once('exit', (code) => void setTimeout(() => end(code), DRAIN_MS).unref())
  })
  const write = (line: string) => {
    if (child.exitCode !== null || child.signalCode !== null || !child.stdin.writable) return false
    child.stdin.write(line)
    return true
  }
  return { output: child.stdout, ended, write, end: () => void child.stdin.end(), destroy: () => void child.kill('SIGKILL') }
}
