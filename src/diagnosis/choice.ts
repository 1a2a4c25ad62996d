import type { Check } from './check.ts'

type Named = Pick<Check, 'id' | 'group'>

/** Names for checks that share a symptom. `map`: all that a PVS server needs before KmsPrep mounts the vDisk, thus every known cause of
 *  "An unexpected MAP error occurred" and "Failed to map vDisk, no Driver". Source: pvs.md 8; procedure 5. */
export const TOPICS: Readonly<Record<string, readonly string[]>> = {
  map: [
    'privilege',
    'driver',
    'mount',
    'disk.locks',
    'disk.found',
    'store.space',
    'soap.account',
    'farm.servers',
    'server',
    'service',
  ],
}

/** Whether a check is meant by one of the names: its id (`privilege.stream`), the word before the dot (`privilege`), its group (`pvs`) or a
 *  topic (`map`). */
export function isNamed(check: Named, names: readonly string[]): boolean {
  return names
    .flatMap((name) => [name, ...(TOPICS[name] ?? [])])
    .some((name) => check.id === name || check.group === name || check.id.startsWith(`${name}.`))
}

/** Every name that means at least one of these checks. */
export function namesOf(checks: readonly Named[]): readonly string[] {
  const words = checks.flatMap(({ id, group }) => [id, id.slice(0, id.indexOf('.')), group])
  return [...new Set([...words, ...Object.keys(TOPICS)])]
}
