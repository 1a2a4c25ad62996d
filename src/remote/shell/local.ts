import { shellLines } from '../bootstrap.ts'
import type { Link } from '../session/link.ts'
import { launchShell } from './launch.ts'

/** Starts a PowerShell on this machine that becomes a session. */
export function startLocal(bootstrap: string, executable?: string): Link {
  const shell = launchShell(shellLines(bootstrap), executable)
  return { ...shell, write: (line) => shell.write(`Invoke-VdpLine '${line.trim()}'\n`) }
}
