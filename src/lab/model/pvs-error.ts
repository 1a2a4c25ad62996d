/** What the PVS management interface calls its errors, by code: name and message as its snap-in gives them. The lab's own table.
 *  Source: pvs.md 4.7 and the error list of Citrix.PVS.SnapIn. */
const table = {
  7: ['ReadOnlyField', 'Unable to change the [v1] field because it is read-only.'],
  13: ['NoFarmAccess', 'The domain/user does not have access to the Farm.'],
  17: ['NoDiskMapped', 'A vDisk has not yet been mapped.'],
  22: ['InsufficientPrivileges', 'Access denied. The appropriate privileges are not assigned to perform this task.'],
  24: ['OtherException', 'An unexpected MAPI error occurred.'],
  43: ['InvalidDevice', 'The specified Device does not exist.'],
  44: ['InvalidDiskLocator', 'The specified vDisk does not exist.'],
  45: ['InvalidServer', 'The specified Server does not exist.'],
  47: ['InvalidStoreSite', 'Store specified is not for the Site specified.'],
  49: ['InvalidSite', 'The specified Site does not exist.'],
  50: ['InvalidDeviceDiskLocator', 'The specified Device or vDisk does not exist.'],
  60: [
    'InvalidDiskServer',
    'There is no Server that can serve the vDisk [v1] or the Store to which this vDisk belongs. Verify that one or more Servers belonging to the Store are online and that there is sufficient free space for the operation you are attempting.',
  ],
  84: ['MapDiskNoDriver', 'Unable to map vDisk because a driver was not found.'],
  85: ['MapDiskDeniedByServer', 'Unable to map the vDisk. Mapping was denied by the Server.'],
  88: ['UnmapDiskFailed', 'Failed to unmap a vDisk.'],
  90: ['DuplicateDiskLocator', 'A DiskLocator: [v1] already exists on Site: [v2].'],
  93: ['InvalidStore', 'The specified Store does not exist.'],
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
  177: ['InProcess', 'The remote task is taking longer than expected. TaskId: [v1]'],
  180: ['InvalidParameterValueMinMax', 'The [v1] parameter value is invalid, the minimum is [v2] and the maximum is [v3].'],
  186: ['TaskCancelled', 'Task [v1] is cancelled and is not running.'],
  187: ['TaskCompleted', 'Task [v1] has been completed and is not running.'],
  189: ['InvalidTask', 'The specified Task does not exist.'],
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

/** A cmdlet of the snap-in that failed. `details` is filled for 24 and 96, as the interface does; `values` take the place of [v1] and so on. */
export class PvsError extends Error {
  readonly returnCode: PvsCode
  readonly symbol: string
  readonly details: string | null

  constructor(returnCode: PvsCode, details: string | null = null, values: readonly (string | number)[] = []) {
    super(table[returnCode][1].replace(/\[v(\d)\]/g, (whole, n: string) => String(values[Number(n) - 1] ?? whole)))
    this.name = 'PvsError'
    this.returnCode = returnCode
    this.symbol = table[returnCode][0]
    this.details = details
  }
}
