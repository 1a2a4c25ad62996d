import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Digest } from '../../procedure/forecast/digest.ts'

/** Keeps what decided a plan in the state folder, so that `run --plan` can tell later what has moved. */
export function keepPlan(stateFolder: string, { hash, lines }: Digest): void {
  const folder = join(stateFolder, 'plans')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSync(join(folder, `${hash}.json`), `${JSON.stringify(lines, null, 1)}\n`, { mode: 0o600 })
}

/** What decided a plan that was made on this machine; undefined for a hash nobody made here. */
export function keptPlan(stateFolder: string, hash: string): Digest['lines'] | undefined {
  if (!/^[0-9a-f]+$/.test(hash)) return undefined
  try {
    return JSON.parse(readFileSync(join(stateFolder, 'plans', `${hash}.json`), 'utf8')) as Digest['lines']
  } catch {
    return undefined
  }
}
