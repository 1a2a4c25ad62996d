import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { noLeavings } from '../../../src/lab/windows/machine/leavings.ts'
import { callsOf } from '../../../src/lab/windows/machine/calls.ts'
import { serverWindows } from '../../../src/lab/windows/server/server-windows.ts'
import { serveSurface, type SurfaceServer } from '../../../src/lab/windows/surface-server.ts'
import type { ServerDesk } from '../../../src/lab/windows/surface.ts'
import { pwshMissing } from '../../fixtures/powershell.ts'
import { stage, type Stage } from '../stage.ts'

interface Table {
  readonly cmdlets: Readonly<Record<string, { readonly parameters: string; readonly returns?: string }>>
  readonly objects: Readonly<Record<string, { readonly read: string; readonly write: string }>>
  readonly errors: Readonly<Record<string, number>>
}

const MODULE = join(import.meta.dirname, '../../../src/lab/windows/module')
const read = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Table
const own = read(join(MODULE, 'snap-in.json'))
/** What the agents are checked against, taken from the guide on its own. */
const guide = read(join(import.meta.dirname, '../../agents/server/snap-in.json'))

/** `Guid/DiskLocatorId:guid[]=x` names two. */
const names = (words: string) =>
  words
    .split(' ')
    .flatMap((word) => word.replace(/:.*$/, '').split('/'))
    .filter((one) => one !== '')
    .sort()

describe('the table of the lab that stands in for the snap-in', () => {
  test('it has the cmdlets and parameters that the guide documents, and no others', () => {
    expect(Object.keys(own.cmdlets).sort()).toEqual(Object.keys(guide.cmdlets).sort())
    for (const [name, { parameters }] of Object.entries(own.cmdlets)) {
      expect([name, names(parameters)]).toEqual([name, [...new Set(names(guide.cmdlets[name]?.parameters ?? ''))].sort()])
    }
  })

  test('its objects have the properties that the guide documents, and may be changed where the guide says so', () => {
    expect(Object.keys(own.objects).sort()).toEqual(Object.keys(guide.objects).sort())
    for (const [name, { read: fixed, write }] of Object.entries(own.objects)) {
      expect([name, names(fixed), names(write)]).toEqual([
        name,
        names(guide.objects[name]?.read ?? ''),
        names(guide.objects[name]?.write ?? ''),
      ])
    }
  })

  test('every cmdlet is answered, and nothing else', () => {
    const answered = Object.keys(serverWindows.more).flatMap((name) => (name.startsWith('pvs.') ? [name.slice(4)] : []))
    expect(answered.sort()).toEqual(Object.keys(own.cmdlets).sort())
  })
})

const missing = pwshMissing()
const where = missing === undefined ? describe : describe.skip

where(`the snap-in in a real PowerShell ${missing ?? ''}`, () => {
  let farm: Stage
  let surface: SurfaceServer
  let said: Readonly<Record<string, unknown>>

  beforeAll(async () => {
    farm = stage({ os: 'windows-11-23h2' })
    surface = await serveSurface()
    const { address } = surface.open('PVS01', callsOf(serverWindows), () => desk(farm))
    said = await powershell(address, script(farm.cast.disk.guid, farm.cast.master.id))
  }, 120_000)

  afterAll(() => surface.close())

  test('an object has its documented properties, also by their other names, of the documented types', () => {
    expect([...(said['properties'] as string[])].sort()).toEqual(
      names(`${own.objects['PvsDisk']?.read ?? ''} ${own.objects['PvsDisk']?.write ?? ''}`),
    )
    expect(said['types']).toEqual([
      'PvsDisk',
      'UInt32',
      'UInt64',
      'Boolean',
      'Guid',
      'DateTime',
      'IPAddress',
      'PvsPhysicalAddress',
    ])
    expect(said['alias']).toBe(farm.cast.disk.guid)
  })

  test('only what was changed on an object is set', () => {
    expect(said['set']).toEqual([3, 512, 2])
    expect(farm.ledger('PVS01').entries.map(({ did }) => did)).toEqual(['license-mode', 'mode'])
  })

  test.each([
    [
      'a read-only property that was changed',
      {
        code: 7,
        type: 'EAException',
        outer: 'PvsException',
        id: 'Citrix.PVS.SnapIn.ReadOnlyField,Citrix.PVS.SnapIn.SetPvsDisk,Set-PvsDisk',
      },
    ],
    ['a parameter that is missing', { code: 10, message: 'The required [ServerId|ServerName] parameter is missing.' }],
    ['a disk that is not there', { code: 44, message: 'The specified vDisk does not exist.' }],
    ['a site that is not there', { code: 49 }],
    [
      'a value out of its limits',
      {
        code: 180,
        message: 'The [writeCacheSize] parameter value is invalid, the minimum is 1 and the maximum is 131072.'.replaceAll(
          /[[\]]/g,
          '',
        ),
      },
    ],
  ])('%s fails as PVS does', (name, wanted) => {
    expect(said[name]).toMatchObject(wanted)
  })

  test('a parameter that the lab does not know is told by name and never answered', () => {
    expect(said['strange']).toMatchObject({ message: 'the lab does not model the parameter CollectionName of a PVS cmdlet' })
    expect(surface.unmodelled()).toEqual(['PVS01: the lab does not model the parameter CollectionName of a PVS cmdlet'])
  })
})

function desk({ farm, cast }: Stage): ServerDesk {
  const at = { farm, server: cast.server, host: 'PVS01', run: '8k2', left: noLeavings() }
  const time = { spend: () => Promise.resolve(), spendApart: () => Promise.resolve(), afterAnswer: () => undefined }
  return { ...at, ...time, hangs: () => false }
}

async function powershell(address: string, body: string): Promise<Readonly<Record<string, unknown>>> {
  const load = ['Surface.ps1', 'PvsSnapIn.ps1'].map((name) => `. '${join(MODULE, name)}'`)
  const text = ["$ErrorActionPreference = 'Stop'", 'Set-StrictMode -Version Latest', ...load, 'Connect-LabSurface', body].join(
    '\n',
  )
  const words = ['-NoProfile', '-NonInteractive', '-EncodedCommand', Buffer.from(text, 'utf16le').toString('base64')]
  const { stdout } = await promisify(execFile)('pwsh', words, { env: { ...process.env, VDISKPREP_LAB_SURFACE: address } })
  return JSON.parse(stdout) as Record<string, unknown>
}

const script = (guid: string, device: string) => `
Import-Module -Name 'C:\\Program Files\\Citrix\\Provisioning Services Console\\Citrix.PVS.SnapIn.dll'
function Get-Failure([scriptblock] $Call) {
  try { $null = & $Call } catch {
    $inner = $_.Exception.InnerException
    return @{
      outer = $_.Exception.GetType().Name; message = $_.Exception.Message; id = $_.FullyQualifiedErrorId
      type = if ($inner) { $inner.GetType().Name }; code = if ($inner -and $inner.GetType().Name -eq 'EAException') { $inner.returnCode }
    }
  }
}
$disk = Get-PvsDisk -DiskLocatorId ${guid}
$info = Get-PvsDeviceInfo -DeviceId ${device}
$said = @{
  properties = @($disk.PSObject.Properties.Name)
  types = @($disk, $disk.WriteCacheType, $disk.WriteCacheSize, $disk.VHDX, $disk.Guid, $disk.ActiveDate, $info.Ip, $info.DeviceMac | ForEach-Object { $_.GetType().Name })
  alias = "$($disk.DiskLocatorId)"
}
$said['a read-only property that was changed'] = Get-Failure { $disk.DiskSize = 1; Set-PvsDisk -Disk $disk }
$disk = Get-PvsDisk -DiskLocatorId ${guid}
$disk.LicenseMode = 2
Set-PvsDisk -Disk $disk
$disk = Get-PvsDisk -Guid ${guid}
$disk.WriteCacheType = 3
$disk.WriteCacheSize = 512
Set-PvsDisk -Disk $disk
$disk = Get-PvsDisk -DiskLocatorId ${guid}
$said.set = @($disk.WriteCacheType, $disk.WriteCacheSize, $disk.LicenseMode)
$said['a parameter that is missing'] = Get-Failure { Get-PvsServerStore -StoreName Store1 }
$said['a disk that is not there'] = Get-Failure { Get-PvsDisk -DiskLocatorId 99999999-0000-4000-8000-000000000001 }
$said['a site that is not there'] = Get-Failure { Get-PvsDiskInfo -SiteName None -StoreName Store1 -DiskLocatorName x }
$said['a value out of its limits'] = Get-Failure { $disk.WriteCacheSize = 0; Set-PvsDisk -Disk $disk }
$said.strange = Get-Failure { Get-PvsDeviceInfo -CollectionName Collection1 }
[Console]::Out.Write((ConvertTo-Json -InputObject $said -Depth 4 -Compress))`
