import { expect, test } from '@jest/globals'
import { agentsOf, readAgentTrees } from '../../../scripts/agents/agents.ts'
import { descendants, textOf } from '../../../scripts/agents/syntax.ts'
import { AGENTS_FOLDER } from '../../fixtures/powershell.ts'
import { parametersOf, snapIn, unknownToPvs } from './snap-in.ts'

const { files } = readAgentTrees(AGENTS_FOLDER)
const servers = files.filter(({ path }) => path.startsWith('PvsServer/') || path.startsWith('KmsHost/'))

test('cmdlets, parameters and properties of PVS are those of its snap-in', () => {
  expect(servers.length).toBeGreaterThan(50)
  expect(servers.flatMap((file) => unknownToPvs(file))).toEqual([])
})

test('a cmdlet, a parameter, a property that PVS does not have is noticed', () => {
  const text = [
    'New-PvsDisk',
    '$more = @{ Uuid = 1 }',
    'Get-PvsDisk @more -DiskLocatorId $Guid',
    '$disk.AccessMode',
    '$disk.WriteCacheType',
  ]
  const path = 'PvsServer/X.ps1'
  const written = ['$disk.Guid = 1', '$disk.LicenseMode = 2', '$disk.ToString()', '[Math]::Abs(1)']
  const [file] = agentsOf({ [path]: [...text, ...written].join('\n') }).files
  expect(file === undefined ? [] : unknownToPvs(file)).toEqual([
    `${path}:1 New-PvsDisk`,
    `${path}:3 Get-PvsDisk -uuid`,
    `${path}:4 $disk.AccessMode`,
    `${path}:6 $disk.Guid`,
  ])
})

test('no call of PVS acts on more than what it names, and a lock is broken of one owner alone', () => {
  const calls = servers.flatMap(({ functions, tree }) =>
    functions.flatMap((one) =>
      one.calls.map(({ name, ...call }) => ({ name, parameters: parametersOf({ name, ...call }, tree) })),
    ),
  )
  const changing = calls.filter(({ name }) => /^(?!Get-)\w+-Pvs/.test(name))
  expect(changing.length).toBeGreaterThan(15)
  const wide = /^(?:servername|serverid|collection|siteview|farmview|removeexisting)/
  expect(
    changing.flatMap(({ name, parameters }) => parameters.filter((one) => wide.test(one)).map((one) => `${name} -${one}`)),
  ).toEqual(['Start-PvsCreateDisk -servername'])
  expect(changing.filter(({ name }) => name === 'Unlock-PvsDisk').map(({ parameters }) => parameters)).toEqual([
    ['disklocatorid', 'ownerid'],
  ])
  expect(changing.filter(({ name }) => name in snapIn.cmdlets).length).toBe(changing.length)
})

test('every function that knows something of PVS or of a KMS host says where from', () => {
  const silent = servers.flatMap(({ functions }) => functions).filter(({ help }) => (help?.notes ?? '') === '')
  expect(silent.map(({ file }) => file)).toEqual([])
})

test('error numbers and audit actions are those of the documentation', () => {
  const table = (name: string) => {
    const file = servers.find(({ path }) => path === `PvsServer/${name}.ps1`)
    const entries = file === undefined ? [] : descendants(file.tree, 'hash_entry')
    return Object.fromEntries(
      entries.map(({ children: [key, , value] }) => [key && textOf(key), value && textOf(value).replace(/^'|'$/g, '')]),
    ) as Readonly<Record<string, string>>
  }
  expect(table('Get-VdpAuditAction')).toEqual(snapIn.auditActions)
  const errors = Object.entries(snapIn.errors).map(([name, code]) => [name, String(code)])
  expect(table('Get-VdpPvsCode')).toEqual(Object.fromEntries(errors))
})
