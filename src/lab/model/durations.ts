const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** How long things take in the farm, in farm milliseconds. Sourced numbers say so; the others are plausible and stand for "not at once". */
export const lasts = {
  /** Power-on self test and PXE, before the device logs in to PVS. */
  post: 20 * second,
  /** From the login at PVS until Windows answers. */
  windowsStart: 40 * second,
  /** Delay of Start-PvsDeviceShutdown. Source: pvs.md 4.3. */
  shutdownDelay: 10 * second,
  /** The task says "complete" once the device took the command, long before it is off. Source: pvs.md 4.3. */
  shutdownTask: 3 * second,
  /** From the command until no login is possible any more. */
  closing: 15 * second,
  /** From there until PVS sees the device inactive. */
  stopping: 30 * second,
  /** How long the lock outlives `Active`. Source: pvs.md 11. */
  lockOutlives: 20 * second,
  /** How often a device that found no disk asks again. */
  bootRetry: 30 * second,
  /** Mount, preparation and dismount at the change to Standard. */
  kmsPrep: 40 * second,
  /** Reading a GiB of a vDisk file from a local disk. */
  gibRead: 5 * second,
  /** First activation attempt after a boot: 30 minutes to 2 hours were seen. Source: kms.md 7, 8. */
  firstActivation: 30 * minute,
  firstActivationSpread: 15 * minute,
  /** Source: kms.md 7. */
  activationRetry: 120 * minute,
  renewal: 7 * day,
  grace: 30 * day,
  activated: 180 * day,
  kmsMemory: 30 * day,
  /** Largest clock difference a KMS host accepts. Source: kms.md 7. */
  kmsSkew: 4 * hour,
} as const
