import { Fault } from '../../../faults/fault.ts'
import type { Inventory } from '../../../workflow/inventory.ts'
import { entryOf, refuseOtherRole } from '../inventory-option.ts'

/** The KMS hosts that are meant: those named, else every host of role kms. Throws UNKNOWN_HOST for a name that the inventory does not
 *  have, OPTION_INVALID for a host of another role or when there is none. */
export function kmsHostsOf(inventory: Inventory, wanted: readonly string[]): readonly string[] {
  for (const name of wanted) refuseOtherRole('--host', entryOf(name, inventory), 'kms', inventory)
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
