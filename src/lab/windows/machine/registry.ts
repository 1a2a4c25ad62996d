import { SurfaceError, type Bench } from '../surface.ts'
import type { Cell, Windows } from '../windows.ts'

/** The key in which agents keep what must be gone at shutdown. */
const OWN_KEY = 'HKLM\\SOFTWARE\\vdiskprep'

/** A key as it is found: its values, and the names of the keys right below. */
export interface RegistryKey {
  readonly values: Readonly<Record<string, Cell>>
  readonly subkeys: readonly string[]
}

/** Reads a key; null when it is not there. A key that the lab knows nothing of is unmodelled. */
export function registryKey<D extends Bench>(windows: Windows<D>, desk: D, path: string): RegistryKey | null {
  const own = desk.left.volatile.size === 0 ? null : Object.fromEntries(desk.left.volatile)
  const keys = Object.entries({ ...windows.registry(desk), [OWN_KEY]: own }).map(
    ([key, values]) => [key.toLowerCase(), key, values] as const,
  )
  const wanted = path.toLowerCase()
  const found = keys.find(([key]) => key === wanted)
  if (found?.[2] === null || keys.some(([key, , values]) => values === null && wanted.startsWith(`${key}\\`))) return null
  const below = keys.filter(([key, , values]) => values !== null && key.startsWith(`${wanted}\\`))
  if (found === undefined && below.length === 0) throw new SurfaceError('unmodelled', `the key ${path}`)
  const names = below.map(([, key]) => key.slice(path.length + 1).split('\\')[0] ?? '')
  return { values: found?.[2] ?? {}, subkeys: [...new Set(names)] }
}

/** Takes a value away. */
export function removeRegistryValue<D extends Bench>(windows: Windows<D>, desk: D, key: string, name: string): void {
  if (key.toLowerCase() === OWN_KEY.toLowerCase()) desk.left.volatile.delete(name)
  else if (!windows.removeValue(desk, key, name)) throw new SurfaceError('unmodelled', `taking away the value ${name} of ${key}`)
}
