import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { operations, type FactsOf } from '../../../src/wire/operations/catalogue.ts'
import { pwshMissing } from '../../fixtures/powershell.ts'
import { rig, type Rig } from '../target/rigs.ts'
import { ACT, caught, farmRig, W11 } from './farm.ts'

const missing = pwshMissing()
const where = missing === undefined ? describe : describe.skip

const users = 'S-1-5-21-1-2-3-1104'
const running = `@{ user = '${users}'; groups = @('S-1-1-0', 'S-1-5-21-1-2-3-2000'); privileges = @() }`
const grant = (account: string, sid: string, token: string, holders: string[]) =>
  `Get-VdpReading { Get-VdpPolicyGrant -Account '${account}' -Sid '${sid}' -Token ${token} -Holder @(${holders.map((one) => `'${one}'`).join(',')}) }`
const stopped = `@{ unknown = 'the service does not run' }`
const groups = (text: string) => `function Get-VdpLogonGroup { ${text} }`

/** Who logs on, what its token and the domain tell, who holds the right, and what follows. */
const grants: readonly (readonly [string, string, string, unknown])[] = [
  ['the account itself', '', grant('C\\svc', users, running, [users]), { granted: true, via: users }],
  [
    'a nested group of the running process',
    '',
    grant('C\\svc', users, running, ['S-1-5-32-544', 'S-1-5-21-1-2-3-2000']),
    { granted: true, via: 'S-1-5-21-1-2-3-2000' },
  ],
  ['nobody it belongs to', '', grant('C\\svc', users, running, ['S-1-5-32-544']), { granted: false, via: null }],
  ['nobody at all', '', grant('C\\svc', users, running, []), { granted: false, via: null }],
  [
    'LocalSystem, which is an administrator, while it does not run',
    '',
    grant('LocalSystem', 'S-1-5-18', stopped, ['S-1-5-32-544']),
    { granted: true, via: 'S-1-5-32-544 (VORDEFINIERT\\Administratoren)' },
  ],
  [
    'a stopped service whose groups the domain tells',
    groups(`'S-1-5-32-544'`),
    grant('C\\svc', users, stopped, ['S-1-5-32-544']),
    { granted: true, via: 'S-1-5-32-544 (VORDEFINIERT\\Administratoren)' },
  ],
  [
    'a stopped service whose groups nobody tells: unknown, never not granted',
    groups(`throw 'keine Domain'`),
    grant('C\\svc', users, stopped, ['S-1-5-32-544']),
    { unknown: 'the groups of C\\svc are not known: the service does not run; keine Domain' },
  ],
  [
    'a right that every user holds, though the groups are not known',
    groups(`throw 'keine Domain'`),
    grant('C\\svc', users, stopped, ['S-1-5-11']),
    { granted: true, via: 'S-1-5-11' },
  ],
]

const kinds = [
  ['LocalSystem', 'S-1-5-18', 'built-in'],
  ['NT-AUTORITAET\\Netzwerkdienst', 'S-1-5-20', 'built-in'],
  ['NT SERVICE\\StreamService', 'S-1-5-80-1-2-3-4-5', 'built-in'],
  ['CONTOSO\\pvs$', users, 'group-managed'],
  ['.\\svc', users, 'local'],
  ['pvs01\\svc', users, 'local'],
  ['CONTOSO\\svc', users, 'domain'],
  ['svc@contoso.com', '', 'domain'],
  ['svc', '', 'unknown'],
] as const

const names = [
  ['LocalSystem', 'S-1-5-18'],
  ['NT AUTHORITY\\NetworkService', 'S-1-5-20'],
  ['NT AUTHORITY\\NETWORK SERVICE', 'S-1-5-20'],
  ['nt authority\\localservice', 'S-1-5-19'],
] as const

where(`what a PVS server tells of its Windows, in a real PowerShell ${missing ?? ''}`, () => {
  let host: Rig
  let told: {
    grants: unknown[]
    kinds: string[]
    names: string[]
    secedit: unknown
    quiet: FactsOf<'Get-VdpServerState'>
    noToken: FactsOf<'Get-VdpServerState'>
    long: FactsOf<'Set-VdpDiskMode'>
    tasks: FactsOf<'Get-VdpTask'>[]
    access: unknown
    audit: unknown
    halfMounted: { calls: string[]; error: unknown }
  }

  beforeAll(async () => {
    host = await farmRig()
    const task = (state: number, xml: string) =>
      `$script:Tasks = @(New-Thing PvsTask @{ TaskId = 7; State = ${state}; MapiException = '${xml}' })\nGet-VdpTask -TaskId 7`
    told = (await host.run(`
@{
  grants = @(${grants.map(([, lay, ask]) => `& { ${lay}\n${ask} }`).join('\n')})
  kinds = @(${kinds.map(([account, sid]) => `Get-VdpAccountKind -Account '${account}' -Sid '${sid}'`).join('\n')})
  names = @(${names.map(([account]) => `Resolve-VdpAccountSid -Account '${account}'`).join('\n')})
  secedit = & {
    function Get-VdpLsaHolder { throw 'Zugriff verweigert' }
    function Invoke-VdpNative { @{ exitCode = 0; output = ''; timedOut = $false } }
    function Remove-VdpFile { }
    function Read-VdpText {
      "[Unicode]\`r\`nUnicode=yes\`r\`n[Privilege Rights]\`r\`nSeBackupPrivilege = *S-1-5-19\`r\`nSeManageVolumePrivilege = *S-1-5-32-544,LocalSystem\`r\`n"
    }
    @(Get-VdpRightHolder -Right SeManageVolumePrivilege)
    @(Get-VdpRightHolder -Right SeAuditPrivilege).Count
  }
  long = & {
    $script:Fail['Set-PvsDisk'] = @(177, 'The remote task is taking longer than expected. TaskId: 4711', '')
    Set-VdpDiskMode -Guid ${W11} -ExpectedType 9 -WriteCacheType 0 -WriteCacheSizeMiB 0 ${ACT}
  }
  tasks = @(
    ${task(2, '')}
    ${task(1, '<MapiException><returnCode>84</returnCode><message>no driver</message><details>x</details></MapiException>')}
    ${task(2, 'kaputt')}
    Get-VdpTask -TaskId 8
  )
  halfMounted = & {
    Reset-Farm
    function Mount-PvsDisk {
      [CmdletBinding()] param([guid] $DiskLocatorId)
      $script:Mounted = $DiskLocatorId
      Stop-Cmdlet $PSCmdlet @(97, 'Server did not respond to a request in time.', '')
    }
    ${caught(`Test-VdpMount -Guid ${W11} ${ACT}`)}
  }
  quiet = & { Reset-Farm; $script:Soap = 'Stopped'; $script:Fail['Get-PvsFarm'] = @(, 'Unable to connect'); Get-VdpServerState }
  noToken = & { Reset-Farm; $script:Soap = 'Running'; $script:Token = $null; function Resolve-VdpAccountSid { '${users}' }
    ${groups(`throw 'keine Domain'`)}; Get-VdpServerState }
  access = & { Reset-Farm; $script:Fail['Get-PvsFarm'] = @(13, 'no access', ''); Get-VdpFarmAccess }
  audit = & { Reset-Farm; function Get-PvsFarm { New-Thing PvsFarm @{ AuditingEnabled = $false } }
    (Get-VdpDiskState -Guid ${W11}).recentChanges }
}`)) as typeof told
  }, 180_000)
  afterAll(async () => {
    await host.close()
  })

  test.each(grants.map(([name, , , wanted], n) => [name, n, wanted] as const))('the right comes from %s', (_, n, wanted) => {
    expect(told.grants[n]).toEqual(wanted)
  })

  test('accounts are told apart by SID, dollar sign and computer, in any language', () => {
    expect(told.kinds).toEqual(kinds.map(([, , kind]) => kind))
    expect(told.names).toEqual(names.map(([, sid]) => sid))
  })

  test('when the security authority does not answer, the export of the security database does', () => {
    expect(told.secedit).toEqual(['S-1-5-32-544', 'S-1-5-18', 0])
  })

  test('a stopped SOAP service leaves what Windows tells, and names why the farm is unknown', () => {
    expect(operations['Get-VdpServerState'].facts.safeParse(told.quiet).error).toBeUndefined()
    expect(told.quiet.farm).toEqual({ unknown: 'PvsException: Unable to connect' })
    expect(told.quiet.services[1]).toMatchObject({ state: 'stopped', tokenHolds: { unknown: 'the service does not run' } })
  })

  test('a token that cannot be read is unknown with the words of Windows', () => {
    expect(operations['Get-VdpServerState'].facts.safeParse(told.noToken).error).toBeUndefined()
    expect(told.noToken.services[0]).toMatchObject({
      tokenHolds: { unknown: 'Zugriff verweigert' },
      policyGrants: { unknown: expect.stringContaining('keine Domain') },
    })
  })

  test('a mode change that takes longer than the call names its task', () => {
    expect(told.long).toMatchObject({ taskId: '4711', after: { disk: { writeCacheType: 9 } } })
  })

  test('a mount that failed and yet stands is dismounted, and the failure is told', () => {
    expect(told.halfMounted.error).toMatchObject({ kind: 'pvs', returnCode: 97 })
    expect(told.halfMounted.calls).toContain('Dismount-PvsDisk')
  })

  test('a task tells its end, its error when it has one, or that it is not there', () => {
    expect(told.tasks.map((one) => operations['Get-VdpTask'].facts.safeParse(one).success)).toEqual([true, true, true, true])
    expect(told.tasks).toMatchObject([
      { found: true, state: 2, percent: 100, error: null },
      { found: true, state: 1, percent: null, error: { returnCode: 84, message: 'no driver', details: 'x' } },
      { state: 2, error: { returnCode: -1, message: '', details: 'kaputt' } },
      { found: false, state: null, percent: null, error: null },
    ])
  })

  test('the welcome says whether the farm answers, and a farm without auditing is not one without changes', () => {
    expect(told.access).toEqual({ answers: false, soapRuns: true })
    expect(told.audit).toEqual({ unknown: 'auditing is off in this farm' })
  })
})

const kms = `
$script:VdpHere = @{ Role = 'kms'; Run = 'run1'; Boot = '' }
function Get-VdpCim {
  param([string] $Class, [string] $Filter, [string[]] $Property)
  if ($Class -eq 'SoftwareLicensingService') {
    return [pscustomobject] @{ KeyManagementServiceListeningPort = [uint32] 0; KeyManagementServiceDnsPublishing = $true }
  }
  if ($Filter -ne 'PartialProductKey IS NOT NULL') { throw 'unfiltered' }
  foreach ($host in 0, 1) {
    [pscustomobject] @{
      Name = "P$host"; Description = 'VOLUME_KMS_WS22'; LicenseStatus = [uint32] 1; IsKeyManagementServiceMachine = [uint32] $host
      KeyManagementServiceCurrentCount = [uint32]::MaxValue; RequiredClientCount = [uint32] 25
    }
  }
}
function Test-VdpListening { param([int] $Port) $Port -eq 1688 }
function Get-VdpWinEvent {
  param([string] $Log, [int[]] $Ids, [datetime] $Since, [int] $Most)
  if ($Log -ne 'Key Management Service' -or $Ids[0] -ne 12290 -or $Since.ToUniversalTime().Hour -ne 8) { throw 'another log' }
  $cmid = '5D2F0000-0000-4000-8000-0000000091C0'
  $sku = '2de67392-b7a7-462a-b1ca-108dd189f588'
  @{ record = 1; at = '2026-11-02T08:30:00.000Z'; fields = @("0x0,25,W11-01.contoso.com,$cmid,2026/11/02 08:30,1,2,43200,$sku") }
  @{ record = 2; at = '2026-11-02T08:31:00.000Z'; fields = '0xc004f042', '', 'W11-02', "{$cmid}", '2026/11/02 08:31', '1', '1', '0', $sku }
  @{ record = 3; at = '2026-11-02T08:32:00.000Z'; fields = @('0x0', 'something else') }
}`.replaceAll('$host', '$one')

where(`a KMS host's agents in a real PowerShell ${missing ?? ''}`, () => {
  test('it tells the products it serves, its port, and who asked', async () => {
    const host = await rig(kms, 'kms')
    try {
      const { state, asked } = (await host.run(
        `@{ state = Get-VdpKmsHostState; asked = Get-VdpKmsRequests -Since '2026-11-02T08:00:00Z' 4>$null }`,
      )) as { state: FactsOf<'Get-VdpKmsHostState'>; asked: FactsOf<'Get-VdpKmsRequests'> }
      expect(operations['Get-VdpKmsHostState'].facts.safeParse(state).error).toBeUndefined()
      expect(operations['Get-VdpKmsRequests'].facts.safeParse(asked).error).toBeUndefined()
      expect(state).toMatchObject({
        products: [{ name: 'P1', description: 'VOLUME_KMS_WS22', count: -1, required: 25, status: 1 }],
        port: 1688,
        listening: true,
        publishesSrv: true,
      })
      const common = { cmid: '5d2f0000-0000-4000-8000-0000000091c0', activationId: '2de67392-b7a7-462a-b1ca-108dd189f588' }
      expect(asked.requests).toEqual([
        {
          ...common,
          record: 1,
          at: '2026-11-02T08:30:00.000Z',
          code: '0x00000000',
          minimum: 25,
          client: 'W11-01.contoso.com',
          licenceStatus: 2,
        },
        {
          ...common,
          record: 2,
          at: '2026-11-02T08:31:00.000Z',
          code: '0xC004F042',
          minimum: null,
          client: 'W11-02',
          licenceStatus: 1,
        },
      ])
      expect([asked.more, asked.unread]).toEqual([false, [3]])
    } finally {
      await host.close()
    }
  })
})
