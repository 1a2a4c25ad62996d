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

/** The inventory that the options name, the one of a workflow file, or a usual one that lies here. Throws OPTION_INVALID without any. */
export function inventoryOf(options: InventoryOptions, { files }: Composition): Inventory {
  if (options.workflow !== undefined)
    return readWorkflow(options.workflow, files, options.inventory === undefined ? {} : { inventory: options.inventory })
      .inventory
  const named = options.inventory ?? USUAL.find((file) => files.read(file, 0).is !== 'missing')
  if (named === undefined)
    throw new Fault('OPTION_INVALID', {
      option: '--inventory',
      value: `(not given; neither ${USUAL.join(' nor ')} is here)`,
      expected: 'a file that names the hosts; --workflow FILE names one too',
    })
  return readInventory(named, files)
}

/** A host of an inventory. Throws HOST_UNREACHABLE with the names it has. */
export function entryOf(host: string, inventory: Inventory): HostEntry {
  const entry = Object.hasOwn(inventory.hosts, host) ? inventory.hosts[host] : undefined
  if (entry !== undefined) return entry
  const names = Object.keys(inventory.hosts)
  const near = nearest(host, names)
  const hint = near === undefined ? `it names ${names.join(', ')}` : `did you mean ${near}?`
  const why = `${inventory.file} does not name it; ${hint}`
  throw new Fault('HOST_UNREACHABLE', { host, why })
}
