import { finished } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { PowerShell } from 'node-powershell'
import { SESSION_OPTIONS, WINDOWS_POWERSHELL } from '../bootstrap.ts'
import { lastWords } from '../session/link.ts'
import type { Link, LinkEnd } from '../session/link.ts'

/** How long output may still come after the process has exited; a grandchild that keeps the pipe open is not waited for. */
const DRAIN_MS = 1000

/** Starts a PowerShell on this machine that reads its stdin as commands, and writes the first lines to it. node-powershell launches and holds
 *  it; only its streams are used: its `invoke` hangs when the end mark does not come last, and its templates are injectable. */
export function launchShell(
  lines: readonly string[],
  executable = process.platform === 'win32' ? WINDOWS_POWERSHELL : 'pwsh',
): Link {
  const shell = new PowerShell({ executable, executableOptions: SESSION_OPTIONS })
  const exit = exitOf(shell).catch((thrown: unknown) => thrown)
  const { stdin, stdout, stderr } = shell.streams
  stdin.on('error', () => undefined)
  // The launcher unpipes stderr after its first words, which pauses the stream: a full pipe would then stop the process.
  stderr.on('pause', () => stderr.resume())
  const words = lastWords(stderr)
  let over = false
  const ended = exit.then(async (thrown): Promise<LinkEnd> => {
    over = true
    await Promise.race([finished(stdout, { writable: false }).catch(() => undefined), sleep(DRAIN_MS, undefined, { ref: false })])
    const failed = thrown as { exitCode?: number | null; originalError?: Error } | undefined
    return { by: 'exit', code: failed ? (failed.exitCode ?? null) : 0, words: words() || (failed?.originalError?.message ?? '') }
  })
  const write = (line: string) => {
    if (over || !stdin.writable) return false
    stdin.write(line)
    return true
  }
  for (const line of lines) write(line)
  return {
    output: stdout,
    ended,
    write,
    end: () => void stdin.end(),
    destroy: () => void shell.dispose('SIGKILL').catch(() => undefined),
  }
}

/** The launcher's promise of the process's end, which its own declaration hides; unhandled, its rejection would end this program. */
function exitOf(shell: PowerShell): Promise<undefined> {
  return (shell as unknown as { exitPromise: Promise<undefined> }).exitPromise
}
