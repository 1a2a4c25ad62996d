import { homedir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import { Fault } from '../../src/faults/fault.ts'
import { diskFiles } from '../../src/workflow/file-reader.ts'
import { readInventory } from '../../src/workflow/read-workflow.ts'
import { FARM, message, PROCEDURES, problemsOf, w11, workspace, type Workspace } from './workspace.ts'

let space: Workspace | undefined

afterEach(() => {
  space?.remove()
  space = undefined
})

function farm(text: string): Workspace {
  space = workspace({ 'farm.yaml': text })
  return space
}

function hosts(lines: string): string {
  return farm(`hosts:\n${lines.replace(/^/gm, '  ')}`).problems('farm.yaml')
}

describe('hosts', () => {
  test('are resolved with the defaults of the file; a way to log in replaces the common one as a whole', () => {
    const here = farm(`defaults:
  ssh: { user: HQ\\svc, auth: { key: ~/.ssh/id, passphrase: env:PHRASE }, via: GATE }
hosts:
  GATE: { role: jump, ssh: { address: gate.hq.example, user: me, auth: agent, via: EDGE } }
  EDGE: { role: jump, ssh: { port: 2222, user: me, auth: { key: keys/edge }, via: SELF } }
  SELF: { role: jump, local: true }
  PVS01: { role: pvs, ssh: { address: pvs01.hq.example, auth: { password: "file:secrets/pvs" } } }
  W11: { role: target, device: W11-REC }
  KMS1: { role: kms, winrm: { password: "prompt:KMS password" } }
lab: { speed: 60, start: 5 }
`)
    expect(here.problems('farm.yaml')).toContain('via names SELF, which is not reached by SSH')
    const inventory = here.validate('farm.yaml').inventory
    expect(inventory?.knownHosts).toBe(join(here.folder, 'known_hosts'))
    expect(inventory?.lab).toEqual({ speed: 60, start: 5 })
    expect(inventory?.hosts['PVS01']).toEqual({
      name: 'PVS01',
      role: 'pvs',
      device: null,
      transport: {
        by: 'ssh',
        address: 'pvs01.hq.example',
        port: 22,
        user: 'HQ\\svc',
        auth: { password: { from: 'file', path: join(here.folder, 'secrets/pvs') } },
        via: 'GATE',
        hostKeyOf: null,
      },
    })
    expect(inventory?.hosts['W11']).toMatchObject({
      device: 'W11-REC',
      transport: { address: 'W11', auth: { key: join(homedir(), '.ssh/id'), passphrase: { from: 'env', name: 'PHRASE' } } },
    })
    expect(inventory?.hosts['EDGE']).toMatchObject({ transport: { port: 2222, auth: { key: join(here.folder, 'keys/edge') } } })
    expect(inventory?.hosts['GATE']).toMatchObject({ transport: { auth: { agent: true } } })
    expect(inventory?.hosts['KMS1']?.transport).toEqual({
      by: 'winrm',
      address: 'KMS1',
      port: null,
      ssl: false,
      user: null,
      password: { from: 'prompt', label: 'KMS password' },
    })
  })

  test('get their agents with every session, or have them installed', () => {
    const { inventory } = farm(`
defaults: { ssh: { user: me }, agents: installed }
hosts:
  W11: { role: target }
  W12: { role: target, agents: streamed }
  PVS01: { role: pvs, agents: { installed: 'D:\\Tools\\vdiskprep' } }
  PVS02: { role: pvs, local: true, agents: {} }
  GATE: { role: jump }
`).validate('farm.yaml')
    const folders = Object.values(inventory?.hosts ?? {}).map(({ name, installed }) => [name, installed])
    const usual = 'C:\\Program Files\\vdiskprep'
    expect(folders).toEqual([
      ['W11', usual],
      ['W12', undefined],
      ['PVS01', 'D:\\Tools\\vdiskprep'],
      ['PVS02', usual],
      ['GATE', undefined],
    ])
    for (const folder of ['vdiskprep', '\\\\pvs01\\tools', 'C:\\%TEMP%', 'C:\\a" & del', 'C:\\..\\x', 'C:\\'])
      expect(hosts(`A: { role: pvs, local: true, agents: { installed: '${folder}' } }`)).toContain(
        'expected a folder of the host',
      )
    expect(hosts('A: { role: pvs, winrm: {}, agents: installed }')).toContain(
      'hosts.A has installed agents, which are not started over winrm',
    )
    expect(hosts('A: { role: pvs, local: true, agents: signed }')).toContain('streamed, installed, or a block')
  })

  test('need no account where people carry the questions, and no agents of their own', () => {
    const here = farm(`defaults: { agents: installed }
hosts:
  PVS01: { role: pvs, ssh: { user: x } }
  W11: { role: target, hand: true }
`)
    expect(here.problems('farm.yaml')).toBe('')
    const { inventory } = here.validate('farm.yaml')
    expect(inventory?.hosts['W11']).toEqual({ name: 'W11', role: 'target', device: 'W11', transport: { by: 'hand' } })
    expect(inventory?.hosts['PVS01']?.installed).toBeDefined()
    expect(hosts('A: { role: kms, hand: true, local: true }')).toContain('hosts.A is reached in 2 ways: local, hand')
  })

  test('have a role, one way to be reached, and an account', () => {
    expect(
      hosts(
        'A: { ssh: { user: x } }\nB: { role: pvs }\nC: { role: kms, ssh: { user: x }, local: true }\nD: { role: pvs, ssh: {} }',
      ),
    ).toBe(message`
      farm.yaml:2:3  hosts.A has no role
        2 |   A: { ssh: { user: x } }
          |   ^ expected role: target, pvs, kms or jump

      farm.yaml:3:3  hosts.B does not say how it is reached
        3 |   B: { role: pvs }
          |   ^ expected ssh:, winrm:, local: true or hand: true

      farm.yaml:4:3  hosts.C is reached in 2 ways: ssh, local
        4 |   C: { role: kms, ssh: { user: x }, local: true }
          |   ^ expected one of them

      farm.yaml:5:3  hosts.D has no ssh.user
        5 |   D: { role: pvs, ssh: {} }
          |   ^ expected the account, here or in defaults.ssh`)
  })

  test('have one way to log in', () => {
    expect(
      hosts(
        'A: { role: pvs, ssh: { user: x, auth: { key: k, password: env:P } } }\nB: { role: pvs, ssh: { user: x, auth: {} } }',
      ),
    ).toBe(message`
      farm.yaml:2:35  auth names a key and a password
        2 |   A: { role: pvs, ssh: { user: x, auth: { key: k, password: env:P } } }
          |                                   ^^^^ expected agent, {key: path, passphrase: env:NAME} or {password: env:NAME}

      farm.yaml:3:35  auth names no way to log in
        3 |   B: { role: pvs, ssh: { user: x, auth: {} } }
          |                                   ^^^^ expected agent, {key: path, passphrase: env:NAME} or {password: env:NAME}`)
  })

  test('that are named have to exist, and a way must not come back', () => {
    expect(
      hosts(
        'AA1: { role: jump, ssh: { user: x, via: AA2 } }\nAA2: { role: jump, ssh: { user: x, via: AA1 } }\nB: { role: pvs, ssh: { user: x, via: AA3, hostKeyOf: nobody } }',
      ),
    ).toBe(message`
      farm.yaml:2:43  via goes in a circle: AA1 -> AA2 -> AA1
        2 |   AA1: { role: jump, ssh: { user: x, via: AA2 } }
          |                                           ^^^

      farm.yaml:3:43  via goes in a circle: AA2 -> AA1 -> AA2
        3 |   AA2: { role: jump, ssh: { user: x, via: AA1 } }
          |                                           ^^^

      farm.yaml:4:40  via names "AA3", which is no host of the inventory
        4 |   B: { role: pvs, ssh: { user: x, via: AA3, hostKeyOf: nobody } }
          |                                        ^^^ did you mean "AA1"?

      farm.yaml:4:56  hostKeyOf names "nobody", which is no host of the inventory
        4 |   B: { role: pvs, ssh: { user: x, via: AA3, hostKeyOf: nobody } }
          |                                                        ^^^^^^ expected one of: AA1, AA2, B`)
  })
})

describe('a literal secret', () => {
  test('is an error that says what to write instead and does not show it', () => {
    const text = FARM.replace('ssh: { user: HQ\\svc }', 'ssh:\n    user: HQ\\svc\n    auth: { password: Sommer2024! }')
    expect(problemsOf(w11(), { 'farm.yaml': text })).toBe(message`
      farm.yaml:6:23  defaults.ssh.auth.password holds something that is no reference; a secret must not stand in a file
        6 |     auth: { password: ****
          |                       ^^^^ expected env:NAME, file:path or prompt:LABEL`)
  })

  test('is recognised under a mistyped key and where only auth stands', () => {
    const said = hosts(
      'A: { role: pvs, ssh: { user: x, auth: { pasword: Sommer2024! } } }\nB: { role: pvs, ssh: { user: x, auth: Sommer2024! } }',
    )
    expect(said).toBe(message`
      farm.yaml:2:43  unknown key "pasword" in hosts.A.ssh.auth
        2 |   A: { role: pvs, ssh: { user: x, auth: { pasword: ****
          |                                           ^^^^^^^ did you mean "password"?

      farm.yaml:3:41  hosts.B.ssh.auth holds something that is no reference; a secret must not stand in a file
        3 |   B: { role: pvs, ssh: { user: x, auth: ****
          |                                         ^^^^ expected agent, or a block with key: or password:`)
  })
})

describe('farm, site and hosts of a workflow', () => {
  test('an unknown host names the nearest one', () => {
    expect(problemsOf(w11().replace('W11-T02', 'W11-T1').replace('W11-MASTER', 'W11-MASTR'))).toBe(message`
      w11.yaml:4:9  target names "W11-MASTR", which is no host of the inventory
        4 | target: W11-MASTR
          |         ^^^^^^^^^ did you mean "W11-MASTER"?

      w11.yaml:5:21  canaries names "W11-T1", which is no host of the inventory
        5 | canaries: [W11-T01, W11-T1]
          |                     ^^^^^^ did you mean "W11-T01"?`)
  })

  test('a host of another role', () => {
    expect(problemsOf(w11('server: KMS1\n').replace('target: W11-MASTER', 'target: PVS01'))).toBe(message`
      w11.yaml:4:9  target names PVS01, a host of role pvs
        4 | target: PVS01
          |         ^^^^^ expected a host of role target

      w11.yaml:6:9  server names KMS1, a host of role kms
        6 | server: KMS1
          |         ^^^^ expected a host of role pvs`)
  })

  test('the only farm and site need not be named; a wrong one is', () => {
    expect(problemsOf(w11('farm: HQ\nsite: Mian\n'))).toBe(message`
      w11.yaml:7:7  the inventory has no site "Mian"
        7 | site: Mian
          |       ^^^^ did you mean "Main"?`)
    const two = FARM.replace('Main: {', 'Branch: { servers: [PVS02] }, Main: {')
    expect(problemsOf(w11(), { 'farm.yaml': two })).toBe(message`
      w11.yaml  site is missing: there are 2
        expected site: Branch or Main`)
    expect(problemsOf(w11('site: Branch\nserver: PVS01\n'), { 'farm.yaml': two })).toContain('PVS01 is no server of site Branch')
  })

  test('a missing inventory is named where the workflow names it', () => {
    expect(problemsOf(w11().replace('farm.yaml', 'fram.yaml'))).toBe(message`
      w11.yaml:2:12  the inventory fram.yaml does not exist
        2 | inventory: fram.yaml
          |            ^^^^^^^^^`)
    expect(problemsOf(w11().replace('farm.yaml', 'sub'), { 'sub/x': '' })).toBe(message`
      w11.yaml:2:12  the inventory sub is a folder
        2 | inventory: sub
          |            ^^^ expected a file in it, such as w11.yaml`)
  })
})

test('an inventory alone is read, or refused with all its problems', () => {
  const here = farm(FARM)
  expect(Object.keys(readInventory(join(here.folder, 'farm.yaml'), diskFiles(PROCEDURES)).hosts)).toHaveLength(6)
  expect(() => readInventory(join(here.folder, 'none.yaml'), diskFiles(PROCEDURES))).toThrow(Fault)
})
