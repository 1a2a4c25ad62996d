import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { AGENTS_FOLDER, pwshMissing } from '../../fixtures/powershell.ts'
import { differences } from '../joined-lists.ts'
import { parseAgents, shadowed, type ParsedFile } from '../parsed.ts'
import { snapIn, unknownToPvs } from './snap-in.ts'

const OWN = ['PvsServer', 'KmsHost']
const missing = pwshMissing()
const where = missing === undefined ? describe : describe.skip
const reading = (): readonly ParsedFile[] => (missing === undefined ? parseAgents(...OWN, 'Common', 'Session') : [])
const files = reading()
const NOTHING: ParsedFile = { file: '', errors: [], newer: [], functions: [], commands: [], members: [], captured: [] }
const own = files.filter(({ file }) => OWN.some((folder) => file.startsWith(`${folder}/`)))

test('the agents of servers and KMS hosts are plain ASCII', () => {
  for (const folder of OWN) {
    for (const name of readdirSync(join(AGENTS_FOLDER, folder))) {
      expect([name, readFileSync(join(AGENTS_FOLDER, folder, name), 'utf8').match(/[^\x00-\x7f]/u)]).toEqual([name, null])
    }
  }
})

where(`read by a real PowerShell ${missing ?? ''}`, () => {
  test('every file parses, also in 5.1, and holds one function of its own name, with an approved verb and at most 80 lines', () => {
    expect(own.length).toBeGreaterThan(50)
    expect(own.flatMap(({ file, errors, newer }) => [...errors, ...newer].map((one) => `${file}: ${one}`))).toEqual([])
    for (const { file, functions } of own) {
      const [only] = functions
      expect([file, functions.length, `${only?.name ?? ''}.ps1`]).toEqual([file, 1, file.split('/')[1]])
      expect([file, only?.approved, (only?.lines ?? 0) <= 80]).toEqual([file, true, true])
    }
  })

  test('every function says what it does, takes, returns and where that is known from', () => {
    for (const { file, functions } of own) {
      const [only] = functions
      const { synopsis = '', description = '', outputs = '', notes = '', examples = 0, parameters = [] } = only?.help ?? {}
      const said = [synopsis, description, outputs, notes].map((text) => text.length > 0)
      expect([file, ...said, examples]).toEqual([file, true, true, true, true, 1])
      const declared = (only?.parameters ?? []).map(({ name }) => name.toUpperCase())
      expect([file, [...parameters].sort()]).toEqual([file, declared.sort()])
    }
  })

  test('no function calls what does not exist: each command is PVS, ours, or a cmdlet of PowerShell that 5.1 has', () => {
    const ours = new Set(files.flatMap(({ functions }) => functions.map(({ name }) => name)))
    const shell = `Add-PSSnapin Add-Type ForEach-Object Get-Command Get-Date Import-Module Measure-Object New-Object Sort-Object
      Start-Sleep Where-Object Write-Verbose`.split(/\s+/)
    const strange = own.flatMap(({ file, commands }) =>
      commands
        .filter(({ name }) => name !== '' && !ours.has(name) && !shell.includes(name) && snapIn.cmdlets[name] === undefined)
        .map(({ name, line }) => `${file}:${line} ${name}`),
    )
    expect(strange).toEqual([])
  })

  test('cmdlets, parameters and properties of PVS are those of its snap-in', () => {
    expect(own.flatMap((file) => unknownToPvs(file))).toEqual([])
  })

  test('a cmdlet, a parameter, a property that PVS does not have is noticed', () => {
    const call = (name: string, parameters: string[] = []) => ({ name, parameters, within: [], line: 1 })
    const read = (name: string, written = false) => ({ on: '$disk', name, written, line: 2 })
    const commands = [call('New-PvsDisk'), call('Get-PvsDisk', ['Uuid', 'DiskLocatorId'])]
    const members = [read('AccessMode'), read('Guid', true), read('LicenseMode', true), read('WriteCacheType')]
    expect(unknownToPvs({ ...NOTHING, file: 'PvsServer/X.ps1', commands, members })).toEqual([
      'PvsServer/X.ps1:1 New-PvsDisk',
      'PvsServer/X.ps1:1 Get-PvsDisk -Uuid',
      'PvsServer/X.ps1:2 $disk.AccessMode',
      'PvsServer/X.ps1:2 $disk.Guid',
    ])
  })

  test('what changes the farm stands in an act, and nothing acts on more than what is named', () => {
    const changing = /^(?:Add|Remove|Set|Enable|Disable|Mount|Dismount|Unlock|Start|Stop|New|Invoke)-Pvs/
    const calls = own
      .flatMap(({ file, commands }) => commands.map((one) => ({ file, ...one })))
      .filter((one) => changing.test(one.name))
    expect(calls.length).toBeGreaterThan(15)
    expect(
      calls.filter(({ within }) => !within.includes('Invoke-VdpWrite Act')).map(({ file, line }) => `${file}:${line}`),
    ).toEqual([])
    const wide = /^(?:ServerName|ServerId|Collection|SiteView|FarmView|RemoveExisting)/
    const widest = calls.flatMap(({ name, parameters }) =>
      parameters.filter((one) => wide.test(one)).map((one) => `${name} -${one}`),
    )
    expect(widest).toEqual(['Start-PvsCreateDisk -ServerName'])
    expect(calls.filter(({ name }) => name === 'Unlock-PvsDisk').map(({ parameters }) => parameters)).toEqual([
      ['DiskLocatorId', 'OwnerId'],
    ])
  })

  test('a block that runs below another function does not take its variables for its own', () => {
    expect(shadowed(files)).toEqual([])
    const runner = (name: string, parameter: string, calls: string[]): ParsedFile => ({
      ...NOTHING,
      file: `Common/${name}.ps1`,
      functions: [
        { name, approved: true, lines: 1, help: null, parameters: [block, { ...block, name: parameter, type: 'string' }] },
      ],
      commands: calls.map((one) => ({ name: one, parameters: [], within: [], line: 1 })),
    })
    const block = { name: 'Body', type: 'scriptblock', mandatory: true, nullable: false }
    const captured = ['Name', 'Site', 'Wait'].map((name) => ({ by: 'Invoke-Outer', name, line: 9 }))
    const caller = { ...NOTHING, file: 'PvsServer/X.ps1', captured }
    const runners = [runner('Invoke-Outer', 'Name', ['Use-Inner']), runner('Use-Inner', 'Wait', [])]
    expect(shadowed([...runners, caller])).toEqual([
      'PvsServer/X.ps1:9 $Name in a block for Invoke-Outer',
      'PvsServer/X.ps1:9 $Wait in a block for Invoke-Outer',
    ])
  })

  test.each(['pvs', 'kms'] as const)('functions and parameters are the operations and arguments of a %s host', (role) => {
    expect(differences(role, files)).toEqual([])
  })
})
