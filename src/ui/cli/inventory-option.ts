import type { Composition } from '../../compose.ts'
import { Fault } from '../../faults/fault.ts'
import type { HostEntry, Inventory } from '../../workflow/inventory.ts'
import { nearest } from '../../workflow/nearest.ts'
import { readInventory, readWorkflow } from '../../workflow/read-workflow.ts'

/** Options of commands about hosts that need no workflow. */
export interface InventoryOptions {
  readonly inventory?: string
  readonly workflow?: string
}

/** Inventories that are taken when none is named. */
const USUAL = ['inventory.yaml', 'farm.yaml']

/** The inventory that the options name, the one of a workflow file, or a usual one that lies here. Throws NO_INVENTORY without any. */
export function inventoryOf(options: InventoryOptions, { files }: Composition): Inventory {
  if (options.workflow !== undefined)
    return readWorkflow(options.workflow, files, options.inventory === undefined ? {} : { inventory: options.inventory })
      .inventory
  const named = options.inventory ?? USUAL.find((file) => files.read(file, 0).is !== 'missing')
  if (named === undefined) throw new Fault('NO_INVENTORY', { usual: USUAL.join(' nor ') })
  return readInventory(named, files)
}

/** A host of an inventory. Throws UNKNOWN_HOST with the names it has. */
export function entryOf(host: string, inventory: Inventory): HostEntry {
  const entry = Object.hasOwn(inventory.hosts, host) ? inventory.hosts[host] : undefined
  if (entry !== undefined) return entry
  const names = Object.keys(inventory.hosts)
  const near = nearest(host, names)
  const hint = near === undefined ? `it names ${names.join(', ')}` : `did you mean ${near}?`
  throw new Fault('UNKNOWN_HOST', { host, file: inventory.file, hint })
}

/** Refuses a host of another role; names those that have it. Throws OPTION_INVALID. */
export function refuseOtherRole(
  option: string,
  { name, role }: HostEntry,
  wanted: HostEntry['role'],
  inventory: Inventory,
): void {
  if (role === wanted) return
  const names = Object.values(inventory.hosts).flatMap((one) => (one.role === wanted ? [one.name] : []))
  const those = names.length === 0 ? 'there is none' : names.join(', ')
  throw new Fault('OPTION_INVALID', {
    option,
    value: name,
    expected: `a host of role ${wanted}, its role is ${role}; ${inventory.file}: ${those}`,
  })
}
