import type { Request } from '../../wire/messages.ts'
import type { OperationName } from '../../wire/operations/catalogue.ts'

/** What an operation reads or does, and what that costs, for whoever types it in. */
interface Words {
  readonly does: string
  readonly cost?: string
}

/** Every operation in words. A cost is what cannot be had back. */
const WORDS: Readonly<Record<OperationName, Words>> = {
  'Get-VdpTargetState': { does: 'reads Windows, its licences, Office, services and boot' },
  'Test-VdpKmsReachability': { does: 'looks for the KMS host and knocks at its port' },
  'Get-VdpActivationEvents': { does: 'reads the activation events' },
  'Reset-VdpTokenStore': { does: 'renames tokens.dat and restarts the licence service' },
  'Restore-VdpTokenStore': { does: 'puts the renamed tokens.dat back' },
  'Remove-VdpTokenBackup': { does: 'deletes the renamed tokens.dat', cost: 'the backup is gone' },
  'Set-VdpWindowsKey': { does: 'installs the Windows key' },
  'Set-VdpKmsHost': { does: 'sets or clears the KMS host' },
  'Invoke-VdpWindowsActivation': { does: 'activates Windows' },
  'Clear-VdpSkipRearm': { does: 'removes the registry value SkipRearm' },
  'Invoke-VdpWindowsRearm': { does: 'rearms Windows', cost: 'spends one Windows rearm' },
  'Set-VdpOfficeKey': { does: 'installs the Office keys' },
  'Invoke-VdpOfficeActivation': { does: 'activates Office' },
  'Invoke-VdpOfficeRearm': { does: 'rearms Office', cost: 'spends one Office rearm' },
  'Invoke-VdpImaging': { does: 'copies the hard disk into the vDisk' },
  'Set-VdpUpdateServices': { does: 'stops or starts the update services' },
  'Stop-VdpComputer': { does: 'shuts this computer down', cost: 'it goes off within seconds' },
  'Restart-VdpComputer': { does: 'restarts this computer', cost: 'it goes down within seconds' },
  'Invoke-VdpHook': { does: 'runs a hook of the workflow', cost: 'what its script does' },
  'Get-VdpServerState': { does: 'reads services, rights, drivers and mounted disks' },
  'Get-VdpDiskState': { does: 'reads the vDisk, its versions, locks and devices' },
  'Get-VdpDiskFiles': { does: 'reads size, time and hash of the files of the vDisk' },
  'Get-VdpDiskSlice': { does: 'reads a part of a file of the vDisk, for its hash' },
  'Get-VdpDeviceState': { does: 'reads the record of a device' },
  'Get-VdpTask': { does: 'asks how far a PVS task is' },
  'New-VdpDisk': { does: 'makes a vDisk' },
  'Set-VdpDiskMode': { does: 'changes the access mode of the vDisk' },
  'Set-VdpLicenseMode': { does: 'changes the licence mode of the vDisk' },
  'Set-VdpDiskServer': { does: 'pins the vDisk to a server, or lets it go' },
  'Test-VdpMount': { does: 'mounts the vDisk and lets it go', cost: 'Windows writes to the disk when it is mounted' },
  'Dismount-VdpDisk': { does: 'dismounts the vDisk' },
  'Start-VdpService': { does: 'starts a PVS service' },
  'Unlock-VdpDisk': { does: 'removes one lock of the vDisk', cost: 'a machine that still writes would spoil the disk' },
  'Connect-VdpDevice': { does: 'changes disk, boot source or type of one device' },
  'Set-VdpDeviceDisk': { does: 'enables or disables the vDisk for one device' },
  'Start-VdpDevice': { does: 'boots one device' },
  'Stop-VdpDevice': { does: 'shuts one device down' },
  'New-VdpMaintenanceVersion': { does: 'makes a maintenance version of the vDisk' },
  'Publish-VdpVersion': { does: 'promotes a version of the vDisk' },
  'Undo-VdpVersion': { does: 'takes a version of this run back' },
  'Set-VdpSealRecord': { does: 'writes the seal into the description of the vDisk' },
  'Get-VdpKmsHostState': { does: 'reads the count of the KMS host' },
  'Get-VdpKmsRequests': { does: 'reads who asked the KMS host' },
}

/** What a request reads or changes, with the name it is about, and its cost or null. */
export function wordsOf({ op, args }: Pick<Request, 'op' | 'args'>): { readonly does: string; readonly cost: string | null } {
  const { does, cost }: Words = WORDS[op as OperationName]
  const { name } = args as { readonly name?: unknown }
  return { does: typeof name === 'string' ? `${does}: ${name}` : does, cost: cost ?? null }
}
