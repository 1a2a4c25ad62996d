import { z } from 'zod'
import { deviceState, diskAddress, diskFiles, diskSlice, diskState, serverState, taskState } from './farm-state.ts'
import { kmsHostState, kmsRequests } from './kms-host.ts'
import * as server from './server-acts.ts'
import * as target from './target-acts.ts'
import { targetPart, targetState } from './target-state.ts'

/** Which kind of host answers an operation. A canary is a target device like the one the image is prepared on. */
export type Role = 'target' | 'pvs' | 'kms'

interface Operation<A extends z.ZodType = z.ZodType, F extends z.ZodType = z.ZodType> {
  readonly role: Role
  /** Other roles that answer it too. */
  readonly also?: readonly Role[]
  readonly writes: boolean
  readonly seconds: number
  readonly args: A
  readonly facts: F
}

function reads<A extends z.ZodType, F extends z.ZodType>(role: Role, seconds: number, args: A, facts: F): Operation<A, F> {
  return { role, writes: false, seconds, args, facts }
}

function writes<A extends z.ZodType, F extends z.ZodType>(
  role: Role,
  seconds: number,
  shape: { args: A; facts: F },
): Operation<A, F> {
  return { role, writes: true, seconds, args: shape.args, facts: shape.facts }
}

const none = z.strictObject({})
const byGuid = z.strictObject({ guid: z.guid() })

/** Every operation an agent offers: the role that answers it, whether it changes the host (then it takes fence and effect and
 *  leaves a receipt), how many seconds it may take, and the shapes of its arguments and facts. */
export const operations = {
  'Get-VdpTargetState': reads('target', 60, z.strictObject({ parts: z.array(targetPart).min(1) }), targetState),
  'Test-VdpKmsReachability': reads('target', 60, target.kmsReachability.args, target.kmsReachability.facts),
  'Get-VdpActivationEvents': reads('target', 60, target.activationEvents.args, target.activationEvents.facts),
  'Reset-VdpTokenStore': writes('target', 900, target.resetTokenStore),
  'Restore-VdpTokenStore': writes('target', 300, target.restoreTokenStore),
  'Remove-VdpTokenBackup': writes('target', 60, target.removeTokenBackup),
  'Set-VdpWindowsKey': writes('target', 180, target.setWindowsKey),
  'Set-VdpKmsHost': writes('target', 60, target.setKmsHost),
  'Invoke-VdpWindowsActivation': writes('target', 300, target.activateWindows),
  'Clear-VdpSkipRearm': writes('target', 60, target.clearSkipRearm),
  'Invoke-VdpWindowsRearm': writes('target', 180, target.rearmWindows),
  'Set-VdpOfficeKey': writes('target', 180, target.setOfficeKey),
  'Invoke-VdpOfficeActivation': writes('target', 300, target.activateOffice),
  'Invoke-VdpOfficeRearm': writes('target', 180, target.rearmOffice),
  'Invoke-VdpImaging': writes('target', 14_400, target.imaging),
  'Set-VdpUpdateServices': writes('target', 120, target.setUpdateServices),
  'Stop-VdpComputer': writes('target', 60, target.power),
  'Restart-VdpComputer': writes('target', 60, target.power),
  'Invoke-VdpHook': { ...writes('target', 14_400, target.hook), also: ['pvs'] },

  'Get-VdpServerState': reads('pvs', 60, none, serverState),
  'Get-VdpDiskState': reads('pvs', 60, z.union([diskAddress, byGuid]), diskState),
  'Get-VdpDiskFiles': reads('pvs', 60, z.strictObject({ store: z.string(), name: z.string() }), diskFiles),
  'Get-VdpDiskSlice': reads('pvs', 1800, diskSlice.args, diskSlice.facts),
  'Get-VdpDeviceState': reads(
    'pvs',
    60,
    z.union([z.strictObject({ name: z.string() }), z.strictObject({ deviceId: z.guid() })]),
    deviceState,
  ),
  'Get-VdpTask': reads('pvs', 60, z.strictObject({ taskId: server.taskId }), taskState),
  'New-VdpDisk': writes('pvs', 3600, server.newDisk),
  'Set-VdpDiskMode': writes('pvs', 900, server.setDiskMode),
  'Set-VdpLicenseMode': writes('pvs', 120, server.setLicenseMode),
  'Set-VdpDiskServer': writes('pvs', 120, server.setDiskServer),
  'Test-VdpMount': writes('pvs', 180, server.testMount),
  'Dismount-VdpDisk': writes('pvs', 120, server.dismountDisk),
  'Start-VdpService': writes('pvs', 180, server.startService),
  'Unlock-VdpDisk': writes('pvs', 120, server.unlockDisk),
  'Connect-VdpDevice': writes('pvs', 120, server.connectDevice),
  'Set-VdpDeviceDisk': writes('pvs', 120, server.setDeviceDisk),
  'Start-VdpDevice': writes('pvs', 120, server.devicePower),
  'Stop-VdpDevice': writes('pvs', 120, server.devicePower),
  'New-VdpMaintenanceVersion': writes('pvs', 300, server.newMaintenanceVersion),
  'Publish-VdpVersion': writes('pvs', 600, server.publishVersion),
  'Undo-VdpVersion': writes('pvs', 300, server.undoVersion),
  'Set-VdpSealRecord': writes('pvs', 120, server.setSealRecord),

  'Get-VdpKmsHostState': reads('kms', 60, none, kmsHostState),
  'Get-VdpKmsRequests': reads('kms', 120, kmsRequests.args, kmsRequests.facts),
} as const satisfies Record<string, Operation>

export type OperationName = keyof typeof operations

/** Whether a host of this role answers an operation. */
export function isAnsweredBy(op: OperationName, role: Role): boolean {
  const { role: own, also = [] }: Operation = operations[op]
  return own === role || also.includes(role)
}

export type ArgsOf<O extends OperationName> = z.infer<(typeof operations)[O]['args']>
export type FactsOf<O extends OperationName> = z.infer<(typeof operations)[O]['facts']>
