import { alreadyOn } from '../../../src/lab/model/power.ts'
import { officeReleases } from '../../../src/lab/model/office-releases.ts'
import type { ArgsOf } from '../../../src/wire/operations/catalogue.ts'
import { targetPart } from '../../../src/wire/operations/target-state.ts'
import type { DirectFarm } from './direct.ts'
import type { Step } from './server-steps.ts'
import type { Side } from './two-fronts.ts'

/** Every part of a target's state. */
const PARTS = [...targetPart.options]

/** Lets the master run from the open vDisk, as after step 1. */
export function masterOn(farm: DirectFarm): void {
  farm.disk.writeCacheType = 0
  alreadyOn(farm.model, farm.master)
}

const master = ({ farm }: Side) => farm.master.name
/** The operations that the steps ask for. */
export const asked = new Set<string>()
const ask = <O extends Parameters<Side['ask']>[1]>(op: O, args: (side: Side) => ArgsOf<O>): Step[1] => {
  asked.add(op)
  return (side) => side.ask(master(side), op, args(side))
}
const state = ask('Get-VdpTargetState', () => ({ parts: PARTS }))
const licences = ask('Get-VdpTargetState', () => ({ parts: ['boot', 'windowsLicense', 'office'] }))

/** What of the machine's Windows the model itself says; a person would look it up in the facts. */
const image = ({ farm }: Side) => {
  const { running } = farm.master
  if (running === null) throw new Error('the master is off')
  return running.image
}
const store = (side: Side) => image(side).tokens.file ?? image(side).tokens.backups[0]
const folder = (side: Side) => (store(side)?.path ?? '').replace(/\\[^\\]+$/, '')
const backup = (side: Side, n = 0) => {
  const { path = '', sha256 = '', bytes = 0 } = image(side).tokens.backups[n] ?? {}
  return { backup: path, sha256, bytes }
}

const hook = (script: string) => ({ script, parameters: { Disk: 'W11' }, timeoutSeconds: 60, beside: '' })

export const reads: readonly Step[] = [
  ['everything at once', state],
  ['the KMS host by its record', ask('Test-VdpKmsReachability', () => ({ host: null, port: null }))],
  ['a KMS host that nobody knows', ask('Test-VdpKmsReachability', () => ({ host: 'nowhere', port: 1688 }))],
  ['a port that is closed', ask('Test-VdpKmsReachability', ({ farm }) => ({ host: farm.model.kms.address, port: 1689 }))],
  ['no events yet', ask('Get-VdpActivationEvents', () => ({ since: '2026-01-01T00:00:00.000Z', ids: [12288] }))],
  ['no ids at all', ask('Get-VdpActivationEvents', () => ({ since: '2026-01-01T00:00:00.000Z', ids: [] }))],
]

export const machine: readonly Step[] = [
  [
    'update services stop',
    ask('Set-VdpUpdateServices', () => ({ services: ['wuauserv', 'UsoSvc', 'nothing'], state: 'stopped' })),
  ],
  ['they run again', ask('Set-VdpUpdateServices', () => ({ services: ['wuauserv'], state: 'running' }))],
  ['no SkipRearm to clear', ask('Clear-VdpSkipRearm', () => ({}))],
  ['a store that is not the one seen', ask('Reset-VdpTokenStore', (side) => ({ folder: folder(side), sha256: '0'.repeat(64) }))],
  ['a new store', ask('Reset-VdpTokenStore', (side) => ({ folder: folder(side), sha256: store(side)?.sha256 ?? '' }))],
  ['everything after it', state],
  [
    'the old store back',
    ask('Restore-VdpTokenStore', (side) => {
      const { backup: path, sha256 } = backup(side)
      return { backup: path, sha256 }
    }),
  ],
  ['everything with it', state],
  [
    'a store that nobody renamed',
    ask('Restore-VdpTokenStore', (side) => ({ backup: `${folder(side)}\\tokens.dat.x.bar`, sha256: '0'.repeat(64) })),
  ],
  [
    'a store that has its name back',
    ask('Restore-VdpTokenStore', (side) => ({
      backup: `${folder(side)}\\tokens.dat.x.bar`,
      sha256: image(side).tokens.file?.sha256 ?? '',
    })),
  ],
  ['a backup that is another', ask('Remove-VdpTokenBackup', (side) => ({ ...backup(side), bytes: 1 }))],
  ['the backup goes', ask('Remove-VdpTokenBackup', (side) => backup(side))],
  ['a hook', ask('Invoke-VdpHook', () => hook("Write-Output 'done'"))],
  ['a hook that fails', ask('Invoke-VdpHook', () => hook('exit 3'))],
  ['a hook that takes too long', ask('Invoke-VdpHook', () => hook('Start-Sleep -Seconds 90'))],
  ['imaging without a hard disk', ask('Invoke-VdpImaging', () => ({ volumeLicensing: 'none' }))],
  ['imaging with a licence mode', ask('Invoke-VdpImaging', () => ({ volumeLicensing: 'kms' }))],
]

/** Keys, activation and rearms, as a run makes them and as it must not. */
export function licensing(windowsKey: string, officeKey: string): readonly Step[] {
  const office = (key: string) =>
    ask('Set-VdpOfficeKey', (side) => ({ key, folder: officeAt(side).folder, service: image(side).office?.service ?? 'sppsvc' }))
  return [
    ['a KMS host', ask('Set-VdpKmsHost', ({ farm }) => ({ machine: farm.model.kms.address, port: 1688 }))],
    ['a KMS host without a port', ask('Set-VdpKmsHost', ({ farm }) => ({ machine: farm.model.kms.address, port: null }))],
    ['no KMS host', ask('Set-VdpKmsHost', () => ({ machine: null, port: null }))],
    ['what has not the form of a key', ask('Set-VdpWindowsKey', () => ({ key: 'AAAAA-BBBBB-CCCCC-DDDDD' }))],
    ['a key that is none', ask('Set-VdpWindowsKey', () => ({ key: 'AAAAA-BBBBB-CCCCC-DDDDD-EEEEE' }))],
    ['a Windows key', ask('Set-VdpWindowsKey', () => ({ key: windowsKey }))],
    ['Windows is activated', ask('Invoke-VdpWindowsActivation', () => ({}))],
    ['its events', ask('Get-VdpActivationEvents', () => ({ since: '2026-01-01T00:00:00.000Z', ids: [12288, 12289, 1003] }))],
    ['Office without a key is activated', ask('Invoke-VdpOfficeActivation', () => ({}))],
    ['what has not the form of an Office key', office('aaaaa-BBBBB-CCCCC-DDDDD-EEEEE')],
    ['an Office key that is none', office('AAAAA-BBBBB-CCCCC-DDDDD-EEEEE')],
    ['an Office key', office(officeKey)],
    ['a folder without Office', ask('Set-VdpOfficeKey', () => ({ key: officeKey, folder: 'C:\\Nowhere', service: 'sppsvc' }))],
    ['Office is activated', ask('Invoke-VdpOfficeActivation', () => ({}))],
    ['everything', state],
    ['a tool that is not there', ask('Invoke-VdpOfficeRearm', () => ({ tool: 'C:\\Nowhere\\OSPPREARM.EXE' }))],
    ['the Office rearm', ask('Invoke-VdpOfficeRearm', (side) => ({ tool: officeAt(side).tool }))],
    ['Office after its rearm', licences],
    ['an Office key after the rearm', office(officeKey)],
    ['the Windows rearm', ask('Invoke-VdpWindowsRearm', () => ({}))],
    ['Windows after its rearm', ask('Get-VdpTargetState', () => ({ parts: ['windowsLicense', 'tokens'] }))],
    ['a key after the rearm', ask('Set-VdpWindowsKey', () => ({ key: windowsKey }))],
    ['an activation after the rearm', ask('Invoke-VdpWindowsActivation', () => ({}))],
    ['a restart after the rearm', ask('Restart-VdpComputer', () => ({ reason: 'test' }))],
    ['a shutdown', ask('Stop-VdpComputer', () => ({ reason: 'test' }))],
  ]
}

/** Where this image's Office and its tool lie. */
function officeAt(side: Side) {
  const { office } = image(side)
  if (office === null) return { folder: '', tool: '' }
  const { folder, tool } = officeReleases[office.name]
  const place = (path: string) => (office.bits === 32 ? path.replace('Program Files', 'Program Files (x86)') : path)
  return { folder: place(folder), tool: place(tool) }
}
