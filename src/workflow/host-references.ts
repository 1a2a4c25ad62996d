import type { Findings } from './findings.ts'
import type { InventorySubject } from './host-transport.ts'
import type { HostEntry } from './inventory.ts'
import { nearest } from './nearest.ts'
import { spanAt, written, type Path } from './tree-path.ts'
import type { MapTree } from './yaml-tree.ts'

/** Words for a host name that the inventory does not have. */
export function unknownHost(
  name: string,
  known: readonly string[],
  where: string,
): { message: string; suggestion: string | null; expected: string | null } {
  const near = nearest(name, known)
  const some = `one of: ${known.slice(0, 12).join(', ')}${known.length > 12 ? ', ...' : ''}`
  return {
    message: `${where} names "${name}", which is no host of the inventory`,
    suggestion: near === undefined ? null : `did you mean "${near}"?`,
    expected: near !== undefined ? null : known.length === 0 ? 'a host of the inventory; it has none yet' : some,
  }
}

/** Reports a reference to a host that does not exist or has another role. `known` are all names, also of hosts with faults of their own. */
export function checkRole(
  where: { tree: MapTree; found: Findings; hosts: Readonly<Record<string, HostEntry>>; known: readonly string[] },
  reference: { name: string; role: HostEntry['role']; path: Path },
): boolean {
  const { name, role, path } = reference
  const at = spanAt(where.tree, path)
  const said = String(path.findLast((part) => typeof part === 'string'))
  if (!where.known.includes(name)) {
    where.found.add({ at, ...unknownHost(name, where.known, said) })
    return false
  }
  const host = Object.hasOwn(where.hosts, name) ? where.hosts[name] : undefined
  if (!host || host.role === role) return true
  where.found.add({ at, message: `${said} names ${name}, a host of role ${host.role}`, expected: `a host of role ${role}` })
  return false
}

/** `via` and `hostKeyOf` have to name hosts that are reached by SSH, and a way must not come back to where it began. */
export function checkWays(subject: InventorySubject, hosts: Readonly<Record<string, HostEntry>>): void {
  const { tree, file, found } = subject
  for (const { name, transport } of Object.values(hosts)) {
    if (transport.by !== 'ssh') continue
    for (const field of ['via', 'hostKeyOf'] as const) {
      const other = transport[field]
      if (other === null) continue
      const own = ['hosts', name, 'ssh', field]
      const at = spanAt(tree, written(tree, own) ? own : ['defaults', 'ssh', field])
      if (!Object.hasOwn(file.hosts ?? {}, other)) {
        found.add({ at, ...unknownHost(other, Object.keys(file.hosts ?? {}), field) })
      } else if (Object.hasOwn(hosts, other) && hosts[other]?.transport.by !== 'ssh') {
        found.add({ at, message: `${field} names ${other}, which is not reached by SSH`, expected: 'a host with ssh:' })
      }
    }
    const circle = wayOf(name, hosts)
    if (circle)
      found.add({ at: spanAt(tree, ['hosts', name, 'ssh', 'via']), message: `via goes in a circle: ${circle.join(' -> ')}` })
  }
}

function wayOf(name: string, hosts: Readonly<Record<string, HostEntry>>): readonly string[] | undefined {
  const way = [name]
  for (;;) {
    const last = way.at(-1) ?? name
    const transport = Object.hasOwn(hosts, last) ? hosts[last]?.transport : undefined
    if (transport?.by !== 'ssh' || transport.via === null) return undefined
    way.push(transport.via)
    if (transport.via === name) return way
    if (way.length > Object.keys(hosts).length + 1) return undefined
  }
}
