import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { isAnsweredBy, operations } from '../../../src/wire/operations/catalogue.ts'
import type { FactsOf, OperationName } from '../../../src/wire/operations/catalogue.ts'
import { pwshMissing } from '../../fixtures/powershell.ts'
import { rig } from './rigs.ts'
import type { Rig } from './rigs.ts'

const missing = pwshMissing()
const where = missing === undefined ? describe : describe.skip

const answer = z.strictObject({ facts: z.unknown(), did: z.array(z.string()) })
const PARTS = "'os', 'boot', 'identity', 'service', 'windowsLicense', 'office', 'tokens', 'pvs', 'updates', 'security'"
const KEY = 'ABCDE-ABCDE-ABCDE-ABCDE-ABCDE'
const OFFICE16 = 'C:\\Program Files\\Microsoft Office\\Office16'
const STORE = 'C:\\Windows\\System32\\spp\\store\\2.0'

where(`operations of a target over a Windows of tables: shapes and order of calls, not Windows itself ${missing ?? ''}`, () => {
  let here: Rig
  beforeAll(async () => {
    const [worlds, surface] = await Promise.all(
      ['worlds.ps1', 'surface.ps1'].map((name) => readFile(join(import.meta.dirname, name), 'utf8')),
    )
    here = await rig(`${worlds}\n${surface}`)
  })
  afterAll(async () => {
    await here.close()
  })

  /** Runs operations one after the other on one machine; each answer is its facts, or the host error it would send. */
  async function on(machine: 'Windows11' | 'Windows7', ...steps: readonly string[]) {
    const begin = `$script:World = New-${machine}; $null = Enter-VdpHost -Role target -Run ([guid]::NewGuid()) -Owner o1 -Fence 7`
    const each = steps.map(
      (step) =>
        `$script:Did.Clear(); $facts = $(try { ${step} } catch { ConvertTo-VdpHostError -ErrorRecord $_ }); , @{ facts = $facts; did = $script:Did.ToArray() }`,
    )
    return z.array(answer).parse(await here.run(`${begin}; return , @(${each.map((one) => `$(${one})`).join(', ')})`))
  }
  const write = (call: string) => `${call} -Fence 7 -Effect e1`
  const facts = <O extends OperationName>(op: O, one: { facts: unknown } | undefined) =>
    operations[op].facts.parse(one?.facts) as FactsOf<O>

  test('the whole state fits the schema: Windows 11 with Click-to-Run of two releases', async () => {
    const [state] = await on('Windows11', `Get-VdpTargetState -Parts ${PARTS}`)
    const read = facts('Get-VdpTargetState', state)
    expect(state?.did).toEqual([])
    expect(read.os).toMatchObject({ build: 22_631, kind: 'client', bits: 64, editionId: 'Enterprise', evaluation: false })
    expect(read.boot).toMatchObject({ hiberbootEnabled: false, hibernationEnabled: { unknown: expect.any(String) } })
    expect(read.identity).toMatchObject({ domain: 'corp.test', addresses: ['192.0.2.10', 'fe80::1'], staticAddress: false })
    expect(read.identity?.personalityDevice).toEqual({ unknown: 'Personality.ini names no device' })
    expect(read.service).toEqual({ name: 'sppsvc', state: 'running', startMode: 'auto', office: 'absent' })
    expect(read.windowsLicense).toMatchObject({
      query: { answers: true },
      rearmsLeft: 1001,
      skipRearm: 1,
      products: [{ partialKey: '2YT43', status: 1, statusReason: '0x4004F040', vlActivationType: 2 }],
      kms: { machine: null, port: 0, discovered: 'kms.corp.test', isHost: false },
    })
    expect(read.office).toMatchObject({
      installs: [
        { release: '365', volume: false, products: ['O365ProPlusRetail'] },
        { release: '2021', volume: true, products: ['VisioPro2021Volume', 'ProjectPro2021Volume'], service: 'sppsvc', bits: 64 },
      ],
      cmid: null,
      rearmsLeft: 5,
      running: ['WINWORD'],
    })
    expect(read.office?.installs[1]).toMatchObject({ folder: OFFICE16, rearmTool: `${OFFICE16}\\OSPPREARM.EXE` })
    expect(read.tokens?.stores.map(({ file }) => file?.bytes ?? 0)).toEqual([0, 0, 6])
    expect(read.pvs).toMatchObject({ attached: true, diskName: 'W11.vhdx', systemVolumeOnVdisk: true, deviceService: true })
    expect(read.updates).toMatchObject({ pendingReboot: ['file renames'], installerRunning: false, staged: [] })
    expect(read.security).toEqual({ bitLocker: 'decrypted', machinePasswordChangeDisabled: true, otherRearmTool: [] })
  })

  test('the whole state fits the schema: Windows 7 with Office 2010 of 32 bits and a service of its own', async () => {
    const [state] = await on('Windows7', `Get-VdpTargetState -Parts ${PARTS}`)
    const { office, windowsLicense } = facts('Get-VdpTargetState', state)
    expect(windowsLicense).toMatchObject({ cmid: null, products: [{ vlActivationType: 0 }], kms: { machine: 'old.corp.test' } })
    expect(office?.installs).toMatchObject([
      { release: '2010', products: ['ProjectProRetail'], volume: false },
      { release: '2010', delivery: 'msi', bits: 32, products: ['ProPlusVolume'], volume: true, service: 'osppsvc' },
    ])
    expect(office?.installs[0]?.rearmTool).toMatch(/OfficeSoftwareProtectionPlatform\\OSPPREARM\.EXE$/)
    expect(office).toMatchObject({ cmid: expect.stringMatching(/0002$/), rearmsLeft: null, products: [{ partialKey: 'H3GVB' }] })
  })

  test('every Office is found with its release, its bits, its service and its tool', async () => {
    const pf = 'C:\\Program Files\\Microsoft Office'
    const x86 = 'C:\\Program Files (x86)\\Microsoft Office'
    const key = (view: string, path: string) => `HKLM\\SOFTWARE\\${view}Microsoft\\${path}`
    const msi = (number: number, view: string, program: string, folder: string) =>
      `'${key(view, `Office\\${String(number)}.0\\Common\\InstallRoot`)}' = @{ Path = '${folder}\\' }
       '${key(view, `Windows\\CurrentVersion\\Uninstall\\Office${String(number)}.${program}`)}' = @{}`
    const c2r = (below: string, ids: string, platform: string, path: string) =>
      `'${key('', below)}' = @{ InstallPath = '${path}' }
       '${key('', below)}\\Configuration' = @{ ProductReleaseIds = '${ids}'; Platform = '${platform}' }`
    const found = (registry: string, folder: string, build = 22_631) =>
      `$World.registry = @{ ${registry} }; $World.files = @{ '${folder}\\OSPP.VBS' = 'x'; '${folder}\\OSPPREARM.EXE' = 'x' }
       , @(Get-VdpOfficeInstall -Os @{ bits = 64; build = ${String(build)} })`
    const now = 'Office\\ClickToRun'
    const each = await on(
      'Windows11',
      found(msi(15, 'Wow6432Node\\', 'STANDARD', `${x86}\\Office15`), `${x86}\\Office15`),
      found(msi(16, '', 'VISPRO', `${pf}\\Office16`), `${pf}\\Office16`, 7601),
      found(msi(16, '', 'OMUI.de-de', `${pf}\\Office16`), `${pf}\\Office16`),
      found(c2r('Office\\15.0\\ClickToRun', 'ProPlusVolume', 'x64', `${pf} 15`), `${pf} 15\\root\\office15`),
      found(c2r(now, 'ProPlusVolume', 'x86', x86), `${x86}\\root\\Office16`),
      found(c2r(now, 'ProPlus2019Volume,ProjectStd2024Volume', 'x64', pf), `${pf}\\Office16`),
      found(c2r(now, 'O365ProPlusRetail', 'x64', pf), 'C:\\elsewhere'),
    )
    const shape = z.array(operations['Get-VdpTargetState'].facts.shape.office.unwrap().shape.installs.element)
    const [msi2013, visio2016, none, c2r2013, c2r2016, mixed, subscription] = each.map((one) => shape.parse(one.facts))
    const tool = (folder: string) => ({ folder, rearmTool: `${folder}\\OSPPREARM.EXE` })
    expect(msi2013).toMatchObject([
      { release: '2013', bits: 32, products: ['StandardVolume'], service: 'sppsvc', ...tool(`${x86}\\Office15`) },
    ])
    expect(visio2016).toMatchObject([{ release: '2016', bits: 64, products: ['VisioProVolume'], service: 'osppsvc' }])
    expect(none).toEqual([])
    expect(c2r2013).toMatchObject([{ release: '2013', delivery: 'click-to-run', ...tool(`${pf} 15\\root\\Office15`) }])
    expect(c2r2016).toMatchObject([{ release: '2016', bits: 32, volume: true, ...tool(`${x86}\\root\\Office16`) }])
    expect(mixed?.map(({ release, products }) => [release, ...products])).toEqual([
      ['2019', 'ProPlus2019Volume'],
      ['2024', 'ProjectStd2024Volume'],
    ])
    expect(subscription).toMatchObject([{ release: '365', volume: false, folder: `${pf}\\Office16`, rearmTool: null }])
  })

  test('a licensing service that answers 0xC004D302 leaves the rest of the state readable', async () => {
    const [state] = await on('Windows11', "$World.refuses = '0xc004d302'; Get-VdpTargetState -Parts windowsLicense, office")
    const { windowsLicense, office } = facts('Get-VdpTargetState', state)
    expect(windowsLicense).toMatchObject({
      query: { answers: false, code: '0xC004D302' },
      rearmsLeft: { unknown: '0xC004D302 locked' },
      skipRearm: 1,
    })
    expect(office).toMatchObject({ query: { answers: false }, products: { unknown: '0xC004D302 locked' }, running: ['WINWORD'] })
  })

  test('key, KMS host, activation and SkipRearm: the calls in their order, facts that fit, a code for a failed attempt', async () => {
    const [key, wrong, set, clear, active, failed, skip] = await on(
      'Windows11',
      write(`Set-VdpWindowsKey -Key ${KEY}`),
      write('Set-VdpWindowsKey -Key secret-secret'),
      write('Set-VdpKmsHost -Machine kms -Port 1689'),
      write("Set-VdpKmsHost -Machine '' -Port $null"),
      write('Invoke-VdpWindowsActivation'),
      `$World.fails = @{ Activate = '0xc004f074' }; ${write('Invoke-VdpWindowsActivation')}`,
      write('Clear-VdpSkipRearm'),
    )
    expect(facts('Set-VdpWindowsKey', key)).toMatchObject({ via: 'cim' })
    expect(key?.did).toEqual(['InstallProductKey ProductKey=ABCDE', 'RefreshLicenseStatus'])
    expect(wrong).toMatchObject({ facts: { kind: 'arguments' }, did: [] })
    expect(JSON.stringify(wrong)).not.toContain('secret')
    facts('Set-VdpKmsHost', set)
    expect(set?.did).toEqual(['SetKeyManagementServiceMachine MachineName=kms', 'SetKeyManagementServicePort PortNumber=1689'])
    expect(clear?.did).toEqual(['ClearKeyManagementServiceMachine', 'ClearKeyManagementServicePort'])
    expect(facts('Invoke-VdpWindowsActivation', active)).toMatchObject({ code: null })
    expect(active?.did).toEqual(['Activate', 'RefreshLicenseStatus'])
    expect(facts('Invoke-VdpWindowsActivation', failed)).toMatchObject({ code: '0xC004F074' })
    expect(facts('Clear-VdpSkipRearm', skip)).toEqual({ before: 1, after: null })
  })

  test('a counter that the service does not tell is unknown, not none left', async () => {
    const [state] = await on(
      'Windows11',
      '$World.cim.SoftwareLicensingService[0].RemainingWindowsReArmCount = $null; Get-VdpTargetState -Parts windowsLicense',
    )
    expect(facts('Get-VdpTargetState', state).windowsLicense?.rearmsLeft).toEqual({
      unknown: 'the licensing service tells no rearm count',
    })
  })

  test('a Windows rearm marks the boot, so that a restart is refused; one that is refused takes the mark away, one in doubt keeps it', async () => {
    const [doubt, kept, , failed, allowed, rearm, refused, off] = await on(
      'Windows11',
      `$World.fails = @{ ReArmWindows = '0x800706ba' }; ${write('Invoke-VdpWindowsRearm')}`,
      write('Restart-VdpComputer -Reason test'),
      `$World.registry.Remove('HKLM\SOFTWARE\vdiskprep')`,
      `$World.fails = @{ ReArmWindows = '0xc004d307' }; ${write('Invoke-VdpWindowsRearm')}`,
      write('Restart-VdpComputer -Reason test'),
      `$World.fails = @{}; ${write('Invoke-VdpWindowsRearm')}`,
      write('Restart-VdpComputer -Reason test'),
      write('Stop-VdpComputer -Reason test'),
    )
    expect(doubt).toMatchObject({ facts: { kind: 'licensing', hresult: '0x800706BA' } })
    expect(kept).toMatchObject({ facts: { kind: 'refused' }, did: [] })
    expect(failed).toMatchObject({ facts: { kind: 'licensing', hresult: '0xC004D307' } })
    expect(failed?.did).toEqual(['mark windowsRearmed begun', 'ReArmWindows', 'remove windowsRearmed'])
    expect(facts('Restart-VdpComputer', allowed)).toEqual({ accepted: true })
    expect(facts('Invoke-VdpWindowsRearm', rearm)).toMatchObject({ returnValue: 0, code: null, via: 'cim' })
    expect(refused).toMatchObject({ facts: { kind: 'refused' }, did: [] })
    expect(facts('Stop-VdpComputer', off)).toEqual({ accepted: true })
  })

  test('after OSPPREARM nothing asks for Office any more; a failed one leaves it open', async () => {
    const tool = write(`Invoke-VdpOfficeRearm -Tool '${OFFICE16}\\OSPPREARM.EXE'`)
    const [other, failed, rearm, again, state, key, active, windows] = await on(
      'Windows11',
      write("Invoke-VdpOfficeRearm -Tool 'C:\\x\\OSPPREARM.EXE'"),
      `$World.programs['OSPPREARM.EXE'].exitCode = 1; $World.programs['OSPPREARM.EXE'].output = 'no'; ${tool}`,
      `$World.programs['OSPPREARM.EXE'] = @{ exitCode = 0; output = 'Microsoft Office rearm successful.'; timedOut = $false }; ${tool}`,
      tool,
      'Get-VdpTargetState -Parts boot, office',
      write(`Set-VdpOfficeKey -Key ${KEY} -Folder '${OFFICE16}' -Service sppsvc`),
      write('Invoke-VdpOfficeActivation'),
      'Get-VdpTargetState -Parts boot, windowsLicense',
    )
    expect(other).toMatchObject({ facts: { kind: 'native' }, did: [] })
    expect(facts('Invoke-VdpOfficeRearm', failed)).toMatchObject({ successLine: false, marker: false })
    expect(facts('Invoke-VdpOfficeRearm', rearm)).toMatchObject({ successLine: true, marker: true })
    expect(rearm?.did).toEqual(['mark officeRearmed begun', 'run OSPPREARM.EXE', 'mark officeRearmed done'])
    for (const one of [again, state, key, active]) expect(one).toMatchObject({ facts: { kind: 'refused' }, did: [] })
    expect(facts('Get-VdpTargetState', windows)).toMatchObject({ officeRearmed: true })
  })

  test('an Office key goes to the service that licenses that Office, and never into what is told', async () => {
    const key = (folder: string, service: string) => write(`Set-VdpOfficeKey -Key ${KEY} -Folder '${folder}' -Service ${service}`)
    const [shared, elsewhere, active] = await on(
      'Windows11',
      key(OFFICE16, 'sppsvc'),
      key(OFFICE16, 'osppsvc'),
      write('Invoke-VdpOfficeActivation'),
    )
    expect(facts('Set-VdpOfficeKey', shared)).toMatchObject({ program: null, cmid: null, after: [{ partialKey: '6F7TH' }] })
    expect(elsewhere).toMatchObject({ facts: { kind: 'arguments' }, did: [] })
    expect(facts('Invoke-VdpOfficeActivation', active)).toMatchObject({ code: null, query: { answers: true } })
    const folder = 'C:\\Program Files (x86)\\Microsoft Office\\Office14'
    const [own] = await on('Windows7', key(folder, 'osppsvc'))
    const told = facts('Set-VdpOfficeKey', own)
    expect(told.program?.output).toMatch(/^\*{5} <Product key installation successful>/)
    expect(told.cmid).toMatch(/0002$/)
    expect(own?.did).toEqual(['run cscript.exe'])
  })

  test('the licence store: renamed with the service down, put back, deleted by path, hash and size alone', async () => {
    const look = '(Get-VdpTokenStore).stores[2]'
    const backup = `$b = @(${look}.backups)[-1];`
    const [refused, reset, wrong, restored, , removed] = await on(
      'Windows11',
      write(`Reset-VdpTokenStore -Folder '${STORE}' -Sha256 other`),
      `$World.fails = @{ InstallLicense = '0xc004e016' }; ${write(`Reset-VdpTokenStore -Folder '${STORE}' -Sha256 ${look}.file.sha256`)}`,
      `${backup} ${write('Remove-VdpTokenBackup -Backup $b.path -Sha256 $b.sha256 -Bytes 7')}`,
      `$World.files['${STORE}\\tokens.dat'] = 'new'; ${backup} ${write('Restore-VdpTokenStore -Backup $b.path -Sha256 $b.sha256')}`,
      'Start-Sleep -Milliseconds 2',
      `${backup} ${write('Remove-VdpTokenBackup -Backup $b.path -Sha256 $b.sha256 -Bytes $b.bytes')}`,
    )
    expect(refused).toMatchObject({ facts: { kind: 'refused' }, did: [] })
    const { installLicences, renamedTo, after } = facts('Reset-VdpTokenStore', reset)
    expect(renamedTo).toMatch(/tokens\.dat\.\d{8}T\d{9}Z\.bar$/)
    expect(installLicences).toEqual({ installed: 0, failed: [expect.stringMatching(/0xC004E016$/), expect.any(String)] })
    expect(after.stores[2]).toMatchObject({ file: null, backups: [{ path: renamedTo }] })
    expect(reset?.did.slice(0, 4)).toEqual([
      'Stopped sppsvc',
      `move ${STORE}\\tokens.dat`,
      'Running sppsvc',
      'InstallLicense License=<a/>',
    ])
    expect(wrong).toMatchObject({ facts: { kind: 'refused' }, did: [] })
    expect(facts('Restore-VdpTokenStore', restored).after.stores[2]).toMatchObject({
      file: { bytes: 6 },
      backups: [{ bytes: 3 }],
    })
    expect(facts('Remove-VdpTokenBackup', removed)).toEqual({ removed: true })
  })

  test('events, KMS reachability, update services and imaging fit their schemas', async () => {
    const imaging = `${write('Invoke-VdpImaging -VolumeLicensing none')} -DeadlineMs 100000`
    const log = "$World.files['C:\\ProgramData\\Citrix\\ImagingWizard\\ImagingWizard.txt'] = 'Conversion was successful.'"
    const wizard = "$World.files['C:\\Program Files\\Citrix\\Provisioning Services\\ImagingWizard.exe'] = 'x'"
    const disk = "$World.cim.Win32_SCSIController[0].DriverName = 'storahci'"
    const [events, none, kms, named, services, refused, imaged] = await on(
      'Windows11',
      'Get-VdpActivationEvents -Since 2026-01-02T03:04:05Z -Ids 12288, 12289',
      'Get-VdpActivationEvents -Since 2026-01-02T03:04:05Z -Ids 1003',
      "Test-VdpKmsReachability -Machine '' -Port $null",
      '$named = @{ host = "elsewhere"; port = 1688 }; Test-VdpKmsReachability @named',
      write('Set-VdpUpdateServices -Services wuauserv, UsoSvc -State stopped'),
      imaging,
      `${disk}; ${wizard}; ${log}; ${imaging}`,
    )
    expect(facts('Get-VdpActivationEvents', events).events).toMatchObject([
      { id: 12_288, record: 7, fields: ['0x00000000', '0x00000000', 'kms:1688'] },
      { id: 12_289, fields: { length: 8, 4: '50' } },
    ])
    expect(facts('Get-VdpActivationEvents', none).events).toEqual([])
    expect(facts('Test-VdpKmsReachability', kms)).toMatchObject({
      records: [{ domain: 'corp.test', host: 'kms.corp.test', port: 1688, priority: 0, weight: 5 }],
      probes: [{ host: 'kms.corp.test', resolves: true, open: true, clockSkewSeconds: 1.5 }],
    })
    expect(facts('Test-VdpKmsReachability', named).probes).toMatchObject([{ host: 'elsewhere', resolves: false, open: false }])
    expect(facts('Set-VdpUpdateServices', services)).toEqual({
      before: [
        { name: 'wuauserv', state: 'running' },
        { name: 'UsoSvc', state: 'absent' },
      ],
      after: [
        { name: 'wuauserv', state: 'stopped' },
        { name: 'UsoSvc', state: 'absent' },
      ],
    })
    expect(refused).toMatchObject({ facts: { kind: 'refused' }, did: [] })
    expect(facts('Invoke-VdpImaging', imaged)).toMatchObject({ successLine: true, program: { exitCode: 0, timedOut: false } })
    expect(imaged?.did).toEqual(['Stopped ShellHWDetection', 'task P2PVS /QuitWhenDone', 'task gone', 'Running ShellHWDetection'])
  })
})

where(`hooks in a real PowerShell of their own ${missing ?? ''}`, () => {
  test('values arrive as data, an exit ends only the hook, a failure is told, nothing is left behind', async () => {
    const here = await rig()
    try {
      const enter = '$null = Enter-VdpHost -Role target -Run r1 -Owner o1 -Fence 7'
      const hook = (script: string, value = '') =>
        `(Invoke-VdpHook -Script '${script}' -Parameters @{ Text = '${value}' } -TimeoutSeconds 60 -Fence 7 -Effect e1)`
      const value = '$(exit) "quoted" `n %PATH% -Text Änderung 日本'
      const echo = 'param([string] $Text) [Console]::Out.Write($Text); [Console]::Out.Write((Test-Path $env:VDP_HOOK))'
      const told = z
        .array(operations['Invoke-VdpHook'].facts)
        .parse(
          await here.run(
            `${enter}; return @(${hook(echo, value)}, ${hook('param($Text) exit 7')}, ${hook('param($Text) throw "it broke"')})`,
          ),
        )
      expect(told.map(({ program }) => program)).toEqual([
        { exitCode: 0, output: `${value}False`, timedOut: false },
        { exitCode: 7, output: '', timedOut: false },
        { exitCode: 1, output: expect.stringMatching(/^it broke\r?\n$/), timedOut: false },
      ])
      expect(told[0]?.bootGuid).toMatch(/^6f2c/)
    } finally {
      await here.close()
    }
  })
})

test('every operation that a target answers has facts checked in this file', async () => {
  const own = await readFile(join(import.meta.dirname, 'operations.test.ts'), 'utf8')
  const unchecked = (Object.keys(operations) as OperationName[])
    .filter((op) => isAnsweredBy(op, 'target'))
    .filter((op) => !own.includes(`facts('${op}'`) && !own.includes(`operations['${op}'].facts`))
  expect(unchecked).toEqual([])
})
