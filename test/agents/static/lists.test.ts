import { describe, expect, test } from '@jest/globals'
import { parseAll, readAgentTrees, type Agents } from '../../../scripts/agents/agents.ts'
import { boundTo, operationsOf } from '../../../scripts/agents/reach.ts'
import { textOf } from '../../../scripts/agents/syntax.ts'
import { kmsHost, serverHost, targetHost } from '../../../src/lab/agent/agent-host.ts'
import { hostError } from '../../../src/wire/messages.ts'
import { operations, type OperationName, type Role } from '../../../src/wire/operations/catalogue.ts'
import { AGENTS_FOLDER } from '../../fixtures/powershell.ts'
import { stage } from '../../lab/stage.ts'
import { differences } from '../joined-lists.ts'
import { comparedFacts } from './facts.ts'

const shipped = readAgentTrees(AGENTS_FOLDER)
const ROLES: readonly Role[] = ['target', 'pvs', 'kms']
const OPERATIONS = Object.keys(operations) as OperationName[]

/** A change of one file, and what has to be said of it. */
interface Planted {
  readonly what: string
  readonly file: string
  readonly from: string
  readonly to: string
  readonly says: string
}

/** The shipped agents, once for each change that is planted in them. */
function withPlanted(planted: readonly Planted[]): readonly (Planted & { readonly agents: Agents })[] {
  const sets = planted.map(({ file, from, to }) => {
    const old = shipped.files.find(({ path }) => path === file)?.text ?? ''
    if (!old.includes(from)) throw new Error(`${file} has no ${from}`)
    return { [file]: old.replace(from, to) }
  })
  return parseAll(sets).map(({ files, functions }, n) => {
    const own = planted[n]
    if (own === undefined) throw new Error('nothing was planted')
    const others = shipped.files.filter(({ path }) => path !== own.file)
    return { ...own, agents: { files: [...others, ...files], functions: new Map([...shipped.functions, ...functions]) } }
  })
}

describe('schemas, functions and the lab are one list', () => {
  test.each(ROLES)('the functions of a %s host are the operations of the contract: names, types, need, values', (role) => {
    expect(differences(role, shipped)).toEqual([])
  })

  test.each(ROLES)('the lab answers on a %s host what the contract says, and nothing else', (role) => {
    const { farm } = stage({ os: 'windows-11-23h2', office: 'ltsc-2021' })
    const hosts = {
      target: farm.devices.map((one) => targetHost(farm, one)),
      pvs: farm.servers.map((one) => serverHost(farm, one)),
      kms: [kmsHost(farm)],
    }
    expect(hosts[role].length).toBeGreaterThan(0)
    for (const { answers } of hosts[role]) expect([...answers].sort()).toEqual([...operationsOf(role)].sort())
  })

  test('no function looks like an operation that the contract does not have', () => {
    const writers = [...shipped.functions.values()].filter(({ calls }) => calls.some(({ name }) => name === 'Invoke-VdpWrite'))
    expect(writers.map(({ name }) => name).filter((name) => !(name in operations))).toEqual([])
    expect(OPERATIONS.filter((op) => operations[op].writes).filter((op) => !writers.some(({ name }) => name === op))).toEqual([])
  })

  const planted = [
    {
      what: 'a value too few',
      file: 'Invoke-VdpImaging',
      from: "'none', 'kms', 'mak'",
      to: "'none', 'kms'",
      says: 'takes none, kms instead of kms, mak, none',
    },
    {
      what: 'another name',
      file: 'Invoke-VdpImaging',
      from: '[string] $VolumeLicensing',
      to: '[string] $Licensing',
      says: 'no parameter for volumeLicensing',
    },
    {
      what: 'no null',
      file: 'Set-VdpKmsHost',
      from: '[AllowNull()] [Nullable[int]] $Port',
      to: '[int] $Port',
      says: 'refuses null',
    },
    { what: 'another type', file: 'Remove-VdpTokenBackup', from: '[long] $Bytes', to: '[string] $Bytes', says: 'is a string' },
    {
      what: 'no need',
      file: 'Set-VdpWindowsKey',
      from: '[Parameter(Mandatory)] [string] $Key',
      to: '[string] $Key',
      says: 'is not mandatory',
    },
    {
      what: 'no fence',
      file: 'Clear-VdpSkipRearm',
      from: '[Parameter(Mandatory)] [long] $Fence',
      to: '[long] $Fence',
      says: 'fence and effect do not fit',
    },
  ].map((one) => ({ ...one, file: `TargetDevice/${one.file}.ps1` }))
  test.each(withPlanted(planted))('$what is noticed ($file)', ({ agents, says }) => {
    expect(differences('target', agents).join('\n')).toContain(says)
  })
})

describe('what a function returns is what the contract says', () => {
  const all = OPERATIONS.map((op) => comparedFacts(shipped, op))

  test('field by field, at every depth that can be told without running it', () => {
    expect(all.flatMap(({ wrong }) => wrong)).toEqual([])
    expect(all.flatMap(({ compared }) => compared).length).toBeGreaterThan(450)
  })

  test('what cannot be told is listed', () => {
    expect(all.flatMap(({ open }) => open)).toEqual([
      'Get-VdpTargetState.pvs.attached',
      'Get-VdpKmsHostState.listening',
      'Get-VdpKmsHostState.port',
      'Get-VdpKmsHostState.publishesSrv',
    ])
  })

  const planted = [
    { what: 'a field too many', file: 'Get-VdpIdentity', from: 'macs = @(', to: 'mac = 1; macs = @(', says: '.identity: fields' },
    {
      what: 'a field too few',
      file: 'Get-VdpIdentity',
      from: 'computerName = [string] $system.Name',
      to: '',
      says: '.identity: fields',
    },
    {
      what: 'another name',
      file: 'ConvertTo-VdpProduct',
      from: 'graceMinutes =',
      to: 'graceSeconds =',
      says: '.windowsLicense.products: fields',
    },
    {
      what: 'a field that is not always there',
      file: 'Get-VdpTargetState',
      from: 'officeRearmed = ',
      to: '# ',
      says: ': fields',
    },
    {
      what: 'an unknown where none may be',
      file: 'Get-VdpOs',
      from: 'build = [int] $os.BuildNumber',
      to: "build = @{ unknown = '' }",
      says: '.os.build: a table',
    },
    {
      what: 'a part that is never there',
      file: 'Get-VdpTargetState',
      from: '$state.os = ',
      to: '$null = ',
      says: '.os: never there',
    },
    {
      what: 'nothing read before',
      file: 'Set-VdpWindowsKey',
      from: '-Before { Get-VdpWindowsLicense }',
      to: '',
      says: ': fields after, via',
    },
  ].map((one) => ({ ...one, file: `TargetDevice/${one.file}.ps1` }))
  test.each(withPlanted(planted))('$what is noticed ($file)', ({ agents, says }) => {
    expect(
      ['Get-VdpTargetState', 'Set-VdpWindowsKey'].flatMap((op) => comparedFacts(agents, op as OperationName).wrong).join('\n'),
    ).toContain(says)
  })
})

describe('errors have one list of kinds', () => {
  const kinds = [...hostError.shape.kind.options].sort()

  test('the agents can throw what the wire can carry', () => {
    const failure = shipped.functions.get('New-VdpFailure')?.parameters.find(({ name }) => name === 'Kind')
    expect([...(failure?.values ?? [])].sort()).toEqual(kinds)
  })

  test('every failure is thrown with a kind of the list', () => {
    const thrown = [...shipped.functions.values()].flatMap(({ calls }) => calls.filter(({ name }) => name === 'New-VdpFailure'))
    const words = thrown.map((call) => textOf(boundTo(shipped, call).named.get('kind') ?? call.node))
    expect(words.length).toBeGreaterThan(30)
    expect(words.filter((word) => !kinds.some((kind) => kind === word))).toEqual(['$kind', '$kind'])
  })
})
