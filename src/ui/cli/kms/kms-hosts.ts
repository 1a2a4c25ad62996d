import { Fault } from '../../../faults/fault.ts'
import type { Inventory } from '../../../workflow/inventory.ts'
import { entryOf } from '../inventory-option.ts'

/** The KMS hosts that are meant: those named, else every host of role kms. Throws HOST_UNREACHABLE for a name that the inventory does not
 *  have, OPTION_INVALID for a host of another role or when there is none. */
export function kmsHostsOf(inventory: Inventory, wanted: readonly string[]): readonly string[] {
  for (const name of wanted) {
    const { role } = entryOf(name, inventory)
    if (role !== 'kms')
      throw new Fault('OPTION_INVALID', { option: '--host', value: name, expected: `a host of role kms; its role is ${role}` })
  }
  const names =
    wanted.length > 0 ? wanted : Object.values(inventory.hosts).flatMap(({ name, role }) => (role === 'kms' ? [name] : []))
  if (names.length === 0)
    throw new Fault('OPTION_INVALID', {
      option: '--inventory',
      value: inventory.file,
      expected: 'an inventory with a host of role kms; or name files: vdiskprep kms report kms.xml',
    })
  return names
}
