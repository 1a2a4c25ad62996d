import { expect } from '@jest/globals'
import type { FarmFile } from '../../src/lab/farm-file/schema.ts'
import { powerOff, powerOn } from '../../src/lab/model/power.ts'
import type { LabFarm, WorkflowWish } from './harness.ts'
import {
  copyAnew,
  copyReplicas,
  fixDriver,
  fixPrivilege,
  freeSlot,
  giveRole,
  imageOf,
  makeRoom,
  noRearm,
  pass,
  restart,
  startSoap,
  unassignOthers,
  untouched,
} from './mending.ts'
import type { RunInLab } from './run-in-lab.ts'

type FaultUse = NonNullable<FarmFile['faults']>[number]

/** One named fault, alone in a farm: what the run has to say, and the way on from there. */
export interface FaultCase {
  readonly fault: FaultUse
  readonly workflow?: WorkflowWish
  /** The image lies on the prep device's own hard disk. */
  readonly onHardDisk?: boolean
  /** The code it is held or fails with, or its outcome. */
  readonly says: string
  /** Checks that have to be among those that failed. */
  readonly check?: string
  /** What a person does: mends the farm, allows what is offered; then the run ends like this. Without it, it is aborted. */
  readonly way?: { readonly mend?: (farm: LabFarm) => void | Promise<void>; readonly allow?: string; readonly ends?: string }
  /** What is true by the ledger when it says so. */
  readonly truth?: (farm: LabFarm, run: RunInLab) => void
}

const verified = 'verified'

/** Faults of the farm: before the first change the doctor's check names them, later the step that meets them. */
const farmCases: readonly FaultCase[] = [
  { fault: { fault: 'missing-driver' }, says: 'CHECKS_FAILED', check: 'driver.bus', way: { mend: fixDriver }, truth: untouched },
  { fault: { fault: 'missing-driver', when: 'boot' }, says: 'MAP_NO_DRIVER', way: { mend: fixDriver } },
  {
    fault: { fault: 'missing-privilege' },
    says: 'CHECKS_FAILED',
    check: 'privilege.stream',
    way: { mend: fixPrivilege },
    truth: untouched,
  },
  { fault: { fault: 'missing-privilege', when: 'boot' }, says: 'MAP_NO_PRIVILEGE', way: { mend: fixPrivilege } },
  {
    fault: { fault: 'privilege-not-restarted' },
    says: 'CHECKS_FAILED',
    check: 'privilege.soap',
    way: { mend: fixPrivilege },
    truth: untouched,
  },
  { fault: { fault: 'privilege-not-restarted', when: 'boot' }, says: 'PRIVILEGE_NEEDS_RESTART', way: { mend: fixPrivilege } },
  { fault: { fault: 'soap-down' }, says: 'CHECKS_FAILED', check: 'service.soap', way: { mend: startSoap }, truth: untouched },
  { fault: { fault: 'soap-down', when: 'boot' }, says: 'PVS_SERVICE_DOWN', way: { mend: startSoap }, truth: noRearm },
  { fault: { fault: 'access-denied' }, says: 'CHECKS_FAILED', check: 'server.role', way: { mend: giveRole }, truth: untouched },
  { fault: { fault: 'access-denied', when: 'boot' }, says: 'PVS_ACCESS_DENIED', way: { mend: giveRole } },
  {
    fault: { fault: 'key-login-refused' },
    says: 'CHECKS_FAILED',
    check: 'farm.connection',
    way: { mend: ({ model }) => model.mischief.deafToKeys.clear() },
    truth: untouched,
  },
  {
    fault: { fault: 'mount-left-behind' },
    says: 'CHECKS_FAILED',
    check: 'mount.slot',
    way: { mend: freeSlot },
    truth: untouched,
  },
  {
    fault: { fault: 'mount-left-behind', when: 'boot' },
    says: 'MOUNT_FOREIGN',
    way: { mend: freeSlot },
    truth: (farm, run) => {
      expect(run.held?.options).toEqual([])
      expect(farm.ledger().filter(({ did }) => did === 'dismount')).toEqual([])
    },
  },
  { fault: { fault: 'mount-sticks' }, says: 'MOUNT_LEFT_BEHIND', way: { allow: 'dismount' } },
  {
    fault: { fault: 'mount-sticks', when: 'boot' },
    workflow: { seal: { driverProbe: 'mount' } },
    says: 'MOUNT_LEFT_BEHIND',
    way: { allow: 'dismount' },
  },
  {
    fault: { fault: 'foreign-mount' },
    says: 'CHECKS_FAILED',
    check: 'mount.slot',
    way: { mend: freeSlot },
    truth: untouched,
  },
  {
    fault: { fault: 'foreign-mount', when: 'boot' },
    says: 'MOUNT_FOREIGN',
    way: { mend: freeSlot },
    truth: (farm) => {
      expect(farm.ledger().filter(({ did }) => did === 'dismount')).toEqual([])
    },
  },
  {
    fault: { fault: 'stale-lock' },
    says: 'VDISK_LOCKED',
    way: { allow: 'unlock' },
    truth: (farm) => {
      expect(farm.ledger().filter(({ did }) => did === 'lock-broken')).toEqual([])
    },
  },
  {
    fault: { fault: 'crashed-device-lock' },
    says: 'CHECKS_FAILED',
    check: 'disk.locks',
    way: { mend: (farm) => void (farm.disk.locks.length = 0) },
    truth: untouched,
  },
  { fault: { fault: 'already-standard' }, says: 'NO_TRANSITION', way: { allow: 'switch-again' } },
  {
    fault: { fault: 'prep-does-nothing' },
    says: 'DUPLICATE_CMID',
    truth: (farm) => {
      const cmids = farm.names.canaries.map(
        (canary) => farm.ledger(canary).cmids.find(({ product }) => product === 'Windows')?.cmid,
      )
      expect(new Set(cmids).size).toBe(1)
    },
  },
  { fault: { fault: 'mode-change-as-task' }, says: verified },
  {
    fault: { fault: 'mode-task-lies' },
    says: 'NOT_PROVED',
    way: { mend: (farm) => void (farm.model.mischief.modeTaskLies = false) },
    truth: noRearm,
  },
  {
    fault: { fault: 'duplicate-disk-names' },
    says: 'CHECKS_FAILED',
    check: 'disk.found',
    way: { mend: (farm) => void farm.model.disks.pop() },
    truth: untouched,
  },
  {
    fault: { fault: 'stale-replica' },
    says: 'CHECKS_FAILED',
    check: 'disk.replicas',
    way: { mend: copyReplicas },
    truth: untouched,
  },
  { fault: { fault: 'stale-replica', when: 'boot' }, says: 'REPLICA_STALE', way: { mend: copyReplicas } },
  {
    fault: { fault: 'full-store' },
    says: 'CHECKS_FAILED',
    check: 'store.space',
    way: { mend: makeRoom },
    truth: untouched,
  },
  { fault: { fault: 'pvp-left-behind' }, says: 'REPLICA_STALE', way: { mend: copyReplicas } },
  {
    fault: { fault: 'replica-damaged' },
    workflow: { verify: { copies: 'content' } },
    says: 'REPLICA_STALE',
    way: { mend: copyAnew },
  },
  { fault: { fault: 'foreign-writer' }, says: 'FOREIGN_WRITER', truth: noRearm },
  {
    fault: { fault: 'assigned-to-others' },
    says: 'CHECKS_FAILED',
    check: 'disk.assigned',
    way: { mend: unassignOthers },
    truth: untouched,
  },
  {
    fault: { fault: 'assigned-to-others', when: 'shutdown' },
    says: 'FOREIGN_DEVICE',
    way: { mend: unassignOthers },
    truth: (farm) => {
      expect(farm.ledger().filter(({ did }) => did === 'kms-prep')).toEqual([])
    },
  },
  {
    fault: { fault: 'disk-in-use' },
    says: 'CHECKS_FAILED',
    check: 'disk.streaming',
    way: {
      mend: async (farm) => {
        for (const device of farm.lab.cast.production) powerOff(farm.model, device, false)
        unassignOthers(farm)
        await pass(farm, 5)
      },
    },
  },
  {
    fault: { fault: 'disk-has-versions' },
    says: 'CHECKS_FAILED',
    check: 'disk.versions',
    way: { mend: (farm) => void farm.disk.versions.splice(1) },
    truth: untouched,
  },
  { fault: { fault: 'other-operator' }, says: verified },
  {
    fault: { fault: 'wrong-disk-booted' },
    says: 'CHECKS_FAILED',
    check: 'device.disks',
    way: { mend: (farm) => void farm.master.disks.splice(0, 1) },
    truth: untouched,
  },
]

/** Faults of Windows, Office and KMS. */
const licensingCases: readonly FaultCase[] = [
  {
    fault: { fault: 'kms-down' },
    says: 'KMS_UNREACHABLE',
    way: { mend: ({ model }) => void (model.kms.reachable = true) },
    truth: noRearm,
  },
  {
    fault: { fault: 'no-srv-record' },
    says: 'KMS_UNREACHABLE',
    way: { mend: ({ model }) => void (model.kms.publishesSrv = true) },
    truth: noRearm,
  },
  {
    fault: { fault: 'kms-down-after-seal' },
    says: 'CANARY_NOT_LICENSED',
    way: { mend: ({ model }) => void (model.kms.reachable = true) },
  },
  {
    fault: { fault: 'below-threshold' },
    says: 'KMS_BELOW_THRESHOLD',
    way: { mend: ({ model }) => void (model.kms.others.windows = 41) },
    truth: noRearm,
  },
  {
    fault: { fault: 'clock-skew' },
    says: 'CLOCK_SKEW',
    way: { mend: ({ master }) => void (master.clockOffsetMs = 0) },
    truth: noRearm,
  },
  {
    fault: { fault: 'rearm-exhausted' },
    says: 'REARM_EXHAUSTED',
    way: { mend: (farm) => void Object.assign(imageOf(farm).office ?? {}, { rearmsLeft: 1 }) },
    truth: noRearm,
  },
  { fault: { fault: 'rearm-exhausted', product: 'Windows' }, says: verified },
  { fault: { fault: 'skip-rearm-left-over' }, says: 'SKIP_REARM_SET', way: { allow: 'remove-skip-rearm' }, truth: noRearm },
  {
    fault: { fault: 'rearm-does-nothing' },
    says: 'REARM_NO_OP',
    way: { mend: ({ model }) => void (model.mischief.rearmDoesNothing = false), allow: 'rearm-again' },
  },
  { fault: { fault: 'already-rearmed' }, says: 'STORE_ALREADY_REARMED', way: { mend: restart }, truth: noRearm },
  { fault: { fault: 'broken-store' }, says: 'RISK_NOT_ACCEPTED', way: { allow: 'officeLicences' }, truth: noRearm },
  {
    fault: { fault: 'wrong-edition-key' },
    workflow: { windows: { key: 'NPPR9-FWDCX-D2C8J-H872K-2YT43' } },
    says: 'WRONG_EDITION_KEY',
    truth: (farm) => {
      expect(farm.ledger(farm.names.master).keys).toEqual([])
    },
  },
  { fault: { fault: 'evaluation-edition' }, says: 'EVALUATION_EDITION', truth: noRearm },
  { fault: { fault: 'kms-host-key-in-image' }, says: 'KMS_HOST_KEY_IN_IMAGE', truth: noRearm },
  { fault: { fault: 'mak-channel' }, says: 'CHANNEL_IN_USE', way: { allow: 'replace-channel' }, truth: noRearm },
  {
    fault: { fault: 'office-app-open' },
    says: 'OFFICE_RUNNING',
    way: { mend: ({ master }) => void master.running?.officeApps.splice(0) },
    truth: noRearm,
  },
  {
    fault: { fault: 'office-tool-missing' },
    says: 'OFFICE_REARM_TOOL_MISSING',
    way: { mend: (farm) => void Object.assign(imageOf(farm).office ?? {}, { toolPresent: true }) },
    truth: noRearm,
  },
  { fault: { fault: 'office-rearm-locks-store' }, says: 'STORE_LOCKED_AFTER_OFFICE' },
  {
    fault: { fault: 'c2r-without-volume' },
    says: verified,
    truth: (farm, run) => {
      expect(farm.ledger(farm.names.master).rearms).toEqual([{ product: 'Windows', effective: true }])
      expect(run.story()).toContain('subscription: nothing to do for it')
    },
  },
  {
    fault: { fault: 'bitlocker-on' },
    says: 'CHECKS_FAILED',
    check: 'target.bitLocker',
    way: { mend: (farm) => void (imageOf(farm).security.bitLocker = 'decrypted') },
    truth: noRearm,
  },
  {
    fault: { fault: 'fast-startup' },
    says: 'CHECKS_FAILED',
    check: 'target.fastStartup',
    way: { mend: (farm) => void Object.assign(imageOf(farm), { fastStartup: false }) },
    truth: noRearm,
  },
  {
    fault: { fault: 'pending-reboot' },
    says: 'PENDING_REBOOT',
    way: {
      mend: async (farm) => {
        imageOf(farm).updates.pendingReboot.length = 0
        await restart(farm)
      },
    },
    truth: noRearm,
  },
]

/** Faults of machines and of the way to them. */
const machineCases: readonly FaultCase[] = [
  {
    fault: { fault: 'reboot-inside-window' },
    says: verified,
    truth: (farm) => {
      const readWrite = farm.ledger(farm.names.master).boots.filter(({ how }) => how === 'read-write')
      expect(readWrite).toHaveLength(1)
    },
  },
  {
    fault: { fault: 'rebooted-during-shutdown' },
    says: verified,
    truth: (farm) => {
      const readWrite = farm.ledger(farm.names.master).boots.filter(({ how }) => how === 'read-write')
      expect(readWrite).toHaveLength(1)
    },
  },
  {
    fault: { fault: 'task-false-success' },
    says: 'TARGET_DID_NOT_STOP',
    way: { mend: (farm) => powerOff(farm.model, farm.master, false) },
  },
  {
    fault: { fault: 'no-power' },
    says: 'TARGET_DID_NOT_BOOT',
    way: { mend: (farm) => powerOn(farm.model, farm.master) },
    truth: noRearm,
  },
  {
    fault: { fault: 'attached-but-booted-from-hard-disk' },
    says: 'TARGET_BOOT_SOURCE_UNKNOWN',
    way: {
      mend: async (farm) => {
        farm.master.bootsLocally = false
        await restart(farm)
      },
    },
    truth: noRearm,
  },
  { fault: { fault: 'identity-mismatch' }, says: 'IDENTITY_MISMATCH', truth: noRearm },
  { fault: { fault: 'identity-mismatch', device: 'W11-T01' }, says: 'CANARY_ELSEWHERE' },
  { fault: { fault: 'attached-but-booted-from-hard-disk', device: 'W11-T02' }, says: 'CANARY_ELSEWHERE' },
  { fault: { fault: 'link-lost-before-act' }, says: verified },
  { fault: { fault: 'link-lost-after-act' }, says: verified },
  { fault: { fault: 'late-answer', value: 0.3 }, says: verified },
  {
    fault: { fault: 'imaging-fails' },
    onHardDisk: true,
    workflow: { vdisk: { create: 'imaging-wizard', size: '80GiB' }, acceptRisk: ['imagingWizard'] },
    says: 'IMAGING_FAILED',
    way: {},
    truth: noRearm,
  },
  { fault: { fault: 'hung-program' }, says: 'REARM_FAILED', way: { allow: 'rearm-again' } },
  { fault: { fault: 'slow-host' }, says: verified },
  {
    fault: { fault: 'constrained-language' },
    says: 'CONSTRAINED_LANGUAGE',
    way: { mend: ({ model }) => model.mischief.banner.clear() },
    truth: noRearm,
  },
  {
    fault: { fault: 'not-elevated' },
    says: 'NOT_ELEVATED',
    way: { mend: ({ model }) => model.mischief.banner.clear() },
    truth: noRearm,
  },
  {
    fault: { fault: 'powershell-32-bit' },
    says: 'POWERSHELL_32_BIT',
    way: { mend: ({ model }) => model.mischief.banner.clear() },
    truth: noRearm,
  },
]

export const faultCases: readonly FaultCase[] = [...farmCases, ...licensingCases, ...machineCases]
