/** What the PVS management interface calls its errors, by code: name and message as its snap-in gives them. The lab's own table.
 *  Source: pvs.md 4.7 and the error list of Citrix.PVS.SnapIn. */
const table = {
  3: ['InvalidField', 'The field is invalid.'],
  13: ['NoFarmAccess', 'The domain/user does not have access to the Farm.'],
  17: ['NoDiskMapped', 'A vDisk has not yet been mapped.'],
  22: ['InsufficientPrivileges', 'Access denied. The appropriate privileges are not assigned to perform this task.'],
  24: ['OtherException', 'An unexpected MAPI error occurred.'],
  43: ['InvalidDevice', 'The specified Device does not exist.'],
  44: ['InvalidDiskLocator', 'The specified vDisk does not exist.'],
  60: ['InvalidDiskServer', 'There is no Server that can serve the vDisk or the Store to which this vDisk belongs.'],
  84: ['MapDiskNoDriver', 'Unable to map vDisk because a driver was not found.'],
  85: ['MapDiskDeniedByServer', 'Unable to map the vDisk. Mapping was denied by the Server.'],
  88: ['UnmapDiskFailed', 'Failed to unmap a vDisk.'],
  90: ['DuplicateDiskLocator', 'A DiskLocator already exists on Site.'],
  96: ['ManagementInterfaceError', ''],
  101: [
    'ActiveDiskLocator',
    'The task cannot be performed on active vDisks. Shut down the Devices that are using the vDisks before attempting to perform the task.',
  ],
  110: ['LockOwnerNotFound', 'The Device that owns the lock was not found, the vDisk was not unlocked.'],
  159: ['DiskIsInPrivateMode', 'This task cannot be performed because the vDisk is in private image mode.'],
  160: ['AlreadyInChangeMode', 'Unable to complete this operation, vDisk is already in Maintenance, Merge, or Test mode.'],
  163: ['NotInMaintenanceMode', 'Unable to perform this action because the vDisk is not in Maintenance Mode.'],
  165: ['NoVersionFound', 'Unable to perform this action because a version record was not found in the database.'],
  180: ['InvalidParameterValueMinMax', 'The parameter value is invalid.'],
  195: [
    'DiskInventoryError',
    'vDisk versions are not up to date on all Servers that access this vDisk. Update all Servers with the latest versions of the vDisk files.',
  ],
  199: ['MappedDiskLocator', 'The vDisk is mapped and cannot be changed.'],
  209: [
    'PerformVolumeMaintenanceTaskPermissions',
    "Ensure the Service Account user has the appropriate 'Perform volume maintenance task' permissions.",
  ],
} as const satisfies Record<number, readonly [name: string, message: string]>

export type PvsCode = keyof typeof table

/** A cmdlet of the snap-in that failed. `details` is filled for 24 and 96, as the interface does. */
export class PvsError extends Error {
  readonly returnCode: PvsCode
  readonly symbol: string
  readonly details: string | null

  constructor(returnCode: PvsCode, details: string | null = null) {
    super(table[returnCode][1])
    this.name = 'PvsError'
    this.returnCode = returnCode
    this.symbol = table[returnCode][0]
    this.details = details
  }
}
