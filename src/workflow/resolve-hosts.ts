import { checkRole } from './host-references.ts'
import { demand, object, type PlanSubject } from './plan-subject.ts'
import type { DeviceRef, Plan } from './plan.ts'
import { nearest } from './nearest.ts'
import { spanAt, type Path } from './tree-path.ts'

/** The farm part of a plan: names filled in from the inventory where it has only one. Undefined with a finding. */
export function resolveFarm(subject: PlanSubject): Plan['farm'] | undefined {
  const { file, inventory } = subject
  if (!inventory) return undefined
  const farm = only(subject, 'farm', file.farm, [...inventory.farms.keys()])
  const sites = farm === undefined ? undefined : inventory.farms.get(farm)
  const site = sites && only(subject, 'site', file.site, [...sites.keys()])
  const servers = (site === undefined ? undefined : sites?.get(site)) ?? []
  if (farm === undefined || site === undefined) return undefined
  const server = file.server ?? servers[0]
  if (server === undefined) return undefined
  if (file.server !== undefined) {
    if (!known(subject, { name: server, role: 'pvs', path: ['server'] })) return undefined
    if (!servers.includes(server)) {
      object(subject, ['server'], {
        message: `${server} is no server of site ${site}`,
        expected: `one of: ${servers.join(', ')}`,
      })
    }
  }
  return { name: farm, site, server, servers }
}

function only(
  subject: PlanSubject,
  key: 'farm' | 'site',
  written: string | undefined,
  names: readonly string[],
): string | undefined {
  if (written === undefined) {
    const [first, second] = names
    if (first !== undefined && second === undefined) return first
    const expected = names.length === 0 ? `the ${key}s in the inventory under farms:` : `${key}: ${names.join(' or ')}`
    demand(subject, [key], {
      missing: names.length === 0 ? `the inventory has no ${key}` : `${key} is missing: there are ${names.length}`,
      expected,
    })
    return undefined
  }
  if (names.includes(written)) return written
  const near = nearest(written, names)
  object(subject, [key], {
    message: `the inventory has no ${key} "${written}"`,
    suggestion: near === undefined ? null : `did you mean "${near}"?`,
    expected: near === undefined ? (names.length === 0 ? `${key}s in the inventory` : `one of: ${names.join(', ')}`) : null,
  })
  return undefined
}

/** The prep device. */
export function resolveTarget(subject: PlanSubject): DeviceRef | undefined {
  const { target } = subject.file
  demand(subject, ['target'], {
    missing: 'target: is missing',
    expected: 'the host on which the image is prepared: target: W11-MASTER',
  })
  return target === undefined ? undefined : device(subject, target, ['target'])
}

/** The canaries; each once, and none of them the prep device. */
export function resolveCanaries(subject: PlanSubject): readonly DeviceRef[] {
  const { canaries = [], target } = subject.file
  const before = new Set<string>()
  return canaries.flatMap((name, index) => {
    const path = ['canaries', index]
    const at = spanAt(subject.tree, path)
    if (name === target) {
      subject.found.add({
        at,
        message: `${name} is the prep device; it cannot be its own canary`,
        expected: 'another target device',
      })
    } else if (before.has(name)) {
      subject.found.add({
        at,
        message: `${name} is named twice; the same device cannot differ from itself`,
        expected: 'another target device',
      })
    }
    before.add(name)
    return device(subject, name, path) ?? []
  })
}

function device(subject: PlanSubject, name: string, path: Path): DeviceRef | undefined {
  if (!subject.inventory || !known(subject, { name, role: 'target', path })) return undefined
  const { hosts } = subject.inventory.inventory
  return { host: name, device: (Object.hasOwn(hosts, name) ? hosts[name]?.device : null) ?? name }
}

function known(subject: PlanSubject, reference: { name: string; role: 'target' | 'pvs'; path: Path }): boolean {
  const { inventory, tree, found } = subject
  if (!inventory) return false
  return checkRole({ tree, found, hosts: inventory.inventory.hosts, known: inventory.names }, reference)
}
