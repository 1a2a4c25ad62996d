import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'

/** The script that a command line starts instead of an encoded text, or undefined. The hosts of a lab have the files of the machine on which
 *  it runs: a path of another system is not there. */
export function fileStarted(command: string): string | undefined {
  const found = /-File\s+(?:"([^"]+)"|(\S+))/i.exec(command)
  return (found?.[1] ?? found?.[2])?.replaceAll('\\', sep)
}

/** Whether the script is there; without it PowerShell does not start. */
export function isThere(file: string): boolean {
  return existsSync(file)
}

/** The agents that lie beside the first file, and their hash without a signature; null when there are none. */
export function agentsBeside(file: string): { readonly path: string; readonly sha256: string | null } {
  const path = join(dirname(file), 'Agents.ps1')
  if (!existsSync(path)) return { path, sha256: null }
  const text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '')
  const bare = text.replace(/\r?\n# SIG # Begin signature block(?:\r?\n#[^\r\n]*)*\s*$/, '')
  return { path, sha256: createHash('sha256').update(bare).digest('hex') }
}
