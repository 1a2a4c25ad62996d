import { z } from 'zod'
import { diskAddress, diskState, deviceState, serverState } from './farm-state.ts'

const diskChange = z.strictObject({ before: diskState, after: diskState })
const deviceChange = z.strictObject({ before: deviceState, after: deviceState })

/** The id of a task of the farm: an unsigned number as text. Source: PvsTask.TaskId. */
export const taskId = z.string().regex(/^\d{1,10}$/)

/** The mode change may outlive the request: code 177 names a task instead of an end. */
const taskLeft = { taskId: taskId.nullable() }

/** Creates an empty vDisk file and its locator. */
export const newDisk = {
  args: diskAddress.extend({
    sizeMiB: z.int().positive(),
    vhdx: z.boolean(),
    dynamic: z.boolean(),
    serverName: z.string().nullable(),
  }),
  facts: z.strictObject({ after: diskState, ...taskLeft }),
}

/** Sets WriteCacheType and WriteCacheSize. From Private to a Standard type this is what makes PVS mount the disk and prepare it
 *  for KMS; `expectedType` is compared first, so that a change nobody expected is refused. */
export const setDiskMode = {
  args: z.strictObject({ guid: z.guid(), expectedType: z.int(), writeCacheType: z.int(), writeCacheSizeMiB: z.int() }),
  facts: diskChange.extend(taskLeft),
}

/** Sets LicenseMode (0 none, 1 MAK, 2 KMS), alone in its call. */
export const setLicenseMode = {
  args: z.strictObject({ guid: z.guid(), licenseMode: z.union([z.literal(0), z.literal(1), z.literal(2)]) }),
  facts: diskChange,
}

/** Pins the locator to one server (null lets every server serve it again). */
export const setDiskServer = {
  args: z.strictObject({ guid: z.guid(), serverName: z.string().nullable() }),
  facts: diskChange,
}

/** Mounts and dismounts the disk on the connected server to prove the driver; dismounts in `finally`, only what it mounted. */
export const testMount = {
  args: z.strictObject({ guid: z.guid() }),
  facts: z.strictObject({ driveLetter: z.string(), before: serverState, after: serverState }),
}

/** Starts a service that is meant to run and did not end as asked (exit code 0): who asked, Windows does not keep. */
export const startService = {
  args: z.strictObject({ name: z.enum(['StreamService', 'soapserver']) }),
  facts: z.strictObject({ before: serverState, after: serverState }),
}

/** Dismounts on the connected server, only when the disk mounted there is `guid`. */
export const dismountDisk = {
  args: z.strictObject({ guid: z.guid() }),
  facts: z.strictObject({ before: serverState, after: serverState }),
}

/** Removes the lock of one owner, re-read in the same request; a server's lock is refused. */
export const unlockDisk = {
  args: z.strictObject({ guid: z.guid(), ownerId: z.guid() }),
  facts: diskChange,
}

/** Assigns, and sets boot source, type and the enabled flag of one device. Fields left null stay as they are. */
export const connectDevice = {
  args: z.strictObject({
    deviceId: z.guid(),
    assign: z.guid().nullable(),
    unassign: z.guid().nullable(),
    bootFrom: z.union([z.literal(1), z.literal(2), z.literal(3)]).nullable(),
    type: z.int().nullable(),
    enabled: z.boolean().nullable(),
  }),
  facts: deviceChange,
}

/** Enables or disables one disk for one device. */
export const setDeviceDisk = {
  args: z.strictObject({ deviceId: z.guid(), guid: z.guid(), enabled: z.boolean() }),
  facts: deviceChange,
}

/** Power requests for one device. The task tells that the command was taken, not that the device is up or off. */
export const devicePower = {
  args: z.strictObject({ deviceId: z.guid() }),
  facts: z.strictObject({ ...taskLeft, before: deviceState }),
}

/** Creates a maintenance version. */
export const newMaintenanceVersion = {
  args: z.strictObject({ guid: z.guid() }),
  facts: diskChange.extend({ version: z.int() }),
}

/** Promotes a version to test or production. */
export const publishVersion = {
  args: z.strictObject({ guid: z.guid(), version: z.int(), to: z.enum(['test', 'production']) }),
  facts: diskChange.extend(taskLeft),
}

/** Deletes a version that this run created, or the run that is named, as the receipts on the server say. */
export const undoVersion = {
  args: z.strictObject({ guid: z.guid(), version: z.int(), madeBy: z.string().optional() }),
  facts: diskChange,
}

/** Writes the seal note to LongDescription (at most 399 characters). */
export const setSealRecord = {
  args: z.strictObject({ guid: z.guid(), text: z.string().max(399) }),
  facts: diskChange,
}
