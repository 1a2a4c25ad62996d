import { join } from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import { Fault } from '../../src/faults/fault.ts'
import { describeFault } from '../../src/faults/table.ts'
import { diskFiles } from '../../src/workflow/file-reader.ts'
import { STEPS } from '../../src/workflow/plan.ts'
import { readWorkflow, validateFile } from '../../src/workflow/read-workflow.ts'
import { FARM, message, PROCEDURES, problemsOf, w11, workspace, type Workspace } from './workspace.ts'

const EXAMPLE = join(import.meta.dirname, '..', '..', 'examples', 'first-vdisk', 'w11.yaml')

let space: Workspace | undefined

afterEach(() => {
  space?.remove()
  space = undefined
})

function plansOf(text: string) {
  space = workspace({ 'w11.yaml': text })
  return space.read('w11.yaml').plans
}

describe('a workflow becomes a plan', () => {
  test('the first example is one plan with nothing left open', () => {
    const { plans, inventory } = readWorkflow(EXAMPLE, diskFiles(PROCEDURES))
    expect(plans).toHaveLength(1)
    expect(plans[0]).toMatchObject({
      title: 'W11-Office',
      scenario: 'new-base-image',
      source: { file: EXAMPLE, inventory: EXAMPLE.replace('w11', 'farm'), procedure: 'kms-new-image' },
      farm: { name: 'HQ', site: 'Main', server: 'PVS01', servers: ['PVS01', 'PVS02'] },
      vdisk: { store: 'Store1', name: 'W11-Office', create: 'existing', sizeMiB: null, cache: { type: 9, sizeMiB: 4096 } },
      target: { host: 'W11-MASTER', device: 'W11-MASTER' },
      canaries: [{ host: 'W11-T01' }, { host: 'W11-T02' }],
      kmsHost: 'KMS1',
      windows: { key: null, activation: 'test', rearm: 'always' },
      seal: { offDwellMs: 180_000, licenseMode: 2 },
      verify: { minimum: 2, deadlineMs: 9_000_000 },
    })
    expect(Object.keys(plans[0]?.policy ?? {})).toEqual([...STEPS])
    expect(inventory.hosts['W11-T01']).toMatchObject({ role: 'target', transport: { hostKeyOf: 'W11-MASTER' } })
    expect(JSON.parse(JSON.stringify(plans))).toEqual(plans)
  })

  test('everything that a file may say arrives', () => {
    const [plan] = plansOf(
      w11(`title: Büro
server: PVS02
kms: { machine: kms9, port: 1700 }
windows: { key: nppr9-fwdcx-d2c8j-h872k-2yt43, replaceChannel: [VOLUME_MAK], activation: skip }
office: { keys: { ProPlus2021Volume: fxytk-njj8c-gb6dw-3dyqt-6f7th } }
release: { mode: assign, devices: [W11-001] }
waive: [{ check: clock.skew, reason: known }]
approvals: { sealVDisk: true, release: { anotherPerson: true, reason: Sure? }, verify: false }
policy: { default: { attempts: 7 }, activateWindows: { attempts: 9, backoff: 2m, poll: 500ms, deadline: 1h30m, tolerate: [0xc004f038] } }
hooks: { cleanTokens: { before: [{ name: U, on: pvs, run: x, parameters: { Ring: 2, Fast: true }, timeout: 2h, success: [0, 3010], effect: idempotent }] } }
`),
    )
    expect(plan).toMatchObject({
      title: 'Büro',
      farm: { server: 'PVS02' },
      kms: { machine: 'kms9', port: 1700 },
      windows: { key: 'NPPR9-FWDCX-D2C8J-H872K-2YT43', replaceChannel: ['VOLUME_MAK'], activation: 'skip' },
      office: { keys: { ProPlus2021Volume: 'FXYTK-NJJ8C-GB6DW-3DYQT-6F7TH' } },
      release: { mode: 'assign', devices: ['W11-001'] },
      waive: [{ check: 'clock.skew', reason: 'known' }],
    })
    expect(plan?.approvals).toEqual({
      sealVDisk: { anotherPerson: false, reason: null },
      release: { anotherPerson: true, reason: 'Sure?' },
    })
    expect(plan?.policy.cleanTokens.attempts).toBe(7)
    const activation = { attempts: 9, backoffMs: 120_000, pollMs: 500, deadlineMs: 5_400_000, tolerate: ['0xC004F038'] }
    expect(plan?.policy.activateWindows).toEqual(activation)
    expect(plan?.hooks.cleanTokens).toEqual({
      before: [
        {
          name: 'U',
          on: 'pvs',
          script: 'x',
          parameters: { Ring: '2', Fast: 'true' },
          timeoutMs: 7_200_000,
          success: [0, 3010],
          effect: 'idempotent',
          mayReboot: false,
        },
      ],
      after: [],
    })
  })

  test('the hash follows what is said, not how the file is written', () => {
    const [one] = plansOf(w11('verify: { deadline: 2h30m }\n'))
    space?.remove()
    const [same] = plansOf(`# the same\n${w11()}`)
    space?.remove()
    const [other] = plansOf(w11('verify: { deadline: 2h }\n'))
    expect(same?.source.hash).toBe(one?.source.hash)
    expect(other?.source.hash).not.toBe(one?.source.hash)
  })

  test('another inventory can be given beside the file', () => {
    space = workspace({
      'w11.yaml': w11().replace('farm.yaml', 'gone.yaml'),
      'other.yaml': FARM.replace('KMS1\n', 'KMS1\nlab: { speed: 9 }\n'),
    })
    const files = diskFiles(PROCEDURES)
    const { inventory } = readWorkflow(join(space.folder, 'w11.yaml'), files, { inventory: join(space.folder, 'other.yaml') })
    expect(inventory.lab).toEqual({ speed: 9, start: 0 })
  })
})

describe('several vDisks in one file', () => {
  const shared = w11().replace('vdisk: { store: Store1, name: W11-Office }', 'vdisk: { store: Store1 }')

  test('each entry of vdisks overrides the rest', () => {
    const plans = plansOf(
      `${shared}vdisks:\n  - { vdisk: { name: A } }\n  - { vdisk: { name: B, store: Store2 }, title: Two, order: officeFirst }\n`,
    )
    expect(plans.map(({ title, vdisk, order }) => [title, vdisk.store, vdisk.name, order])).toEqual([
      ['A', 'Store1', 'A', 'auto'],
      ['Two', 'Store2', 'B', 'officeFirst'],
    ])
    expect(new Set(plans.map(({ source }) => source.hash)).size).toBe(2)
  })

  test('a matrix gives every combination, and leaves scripts alone', () => {
    const hook = "hooks: { cleanTokens: { before: [{ name: U, on: pvs, run: 'echo ${os}' }] } }\n"
    const file = shared.replace('store: Store1', 'store: "Store${n}", name: "${os}-Office"')
    const plans = plansOf(`${file}${hook}matrix: { os: [W10, W11], n: [1, 2] }\n`)
    expect(plans.map(({ vdisk }) => `${vdisk.store}/${vdisk.name}`)).toEqual([
      'Store1/W10-Office',
      'Store2/W10-Office',
      'Store1/W11-Office',
      'Store2/W11-Office',
    ])
    expect(plans[0]?.hooks.cleanTokens?.before[0]?.script).toBe('echo ${os}')
  })

  test('a placeholder that nothing fills, with a matrix and without', () => {
    const file = shared.replace('store: Store1', 'store: Store1, name: "${oss}-Office"')
    expect(problemsOf(`${file}matrix: { os: [W10] }\n`).replaceAll('$', '%')).toBe(message`
      w11.yaml:3:32  nothing is known for %{oss}
        3 | vdisk: { store: Store1, name: "%{oss}-Office" }
          |                                ^^^^^^ did you mean "%{os}"?`)
    expect(problemsOf(file)).toContain('expected a matrix: that names it')
  })

  test('the same vDisk twice, however its name is cased', () => {
    const file = `${shared}vdisks:\n  - vdisk: { name: W11 }\n  - vdisk: { name: w11 }\n`
    expect(problemsOf(file)).toBe(message`
      w11.yaml:8:20  the vDisk w11 on HQ/Main/Store1 is named twice
        8 |   - vdisk: { name: w11 }
          |                    ^^^ expected each vDisk once; two runs on one would undo each other`)
  })

  test('a problem of the shared part is reported once, one of an entry at the entry', () => {
    const file = `${shared}order: article\nvdisks:\n  - vdisk: { name: A }\n  - vdisk: { name: B }\n    target: nobody\n`
    expect(problemsOf(file)).toBe(message`
      w11.yaml:6:8  order: article rearms Windows first; an Office that shares its service may then meet 0xC004D302
        6 | order: article
          |        ^^^^^^^ write "order: auto", or acceptRisk: [order] if it is meant

      w11.yaml:10:13  target names "nobody", which is no host of the inventory
        10 |     target: nobody
           |             ^^^^^^ expected one of: PVS01, PVS02, W11-MASTER, W11-T01, W11-T02, KMS1`)
  })

  test('both, none, and too many are refused', () => {
    expect(problemsOf(`${shared}vdisks: [{ vdisk: { name: A } }]\nmatrix: { a: [1] }\n`)).toContain(
      'vdisks: and matrix: exclude each other',
    )
    expect(problemsOf(`${shared}vdisks: []\n`)).toContain('vdisks is an empty list')
    const axes = Array.from({ length: 10 }, (_, index) => `a${index}: [1, 2]`).join(', ')
    expect(problemsOf(`${shared}matrix: { ${axes} }\n`)).toContain('the matrix gives more than 500 vDisks')
  })
})

describe('what is missing', () => {
  test('is named all at once, for the file as a whole', () => {
    expect(problemsOf('title: x\ntarget: W11-MASTER\n')).toBe(message`
      w11.yaml  inventory: is missing
        expected the file with the hosts: inventory: farm.yaml

      w11.yaml  no canaries are named: nothing would show that clones differ
        expected canaries: [one, two]

      w11.yaml  nothing says what to do
        expected extends: kms-new-image (or another shipped procedure)

      w11.yaml  vdisk: is missing
        expected vdisk: with store: and name:`)
  })

  test('is the fault INPUT_INVALID with every problem in its details', () => {
    space = workspace({ 'w11.yaml': w11('titel: x\norder: artikel\n') })
    const path = join(space.folder, 'w11.yaml')
    let thrown: unknown
    try {
      readWorkflow(path, diskFiles(PROCEDURES))
    } catch (error) {
      thrown = error
    }
    if (!(thrown instanceof Fault)) throw new Error('no fault')
    expect(thrown.code).toBe('INPUT_INVALID')
    expect(describeFault(thrown.code, thrown.details).says).toBe(`2 problems in ${path}.`)
    expect(thrown.details['diagnostics']).toMatchObject([
      { file: path, line: 6, col: 1, suggestion: 'did you mean "title"?' },
      { file: path, line: 7, col: 8, suggestion: 'did you mean "article"?' },
    ])
    expect(validateFile(path, diskFiles(PROCEDURES)).kind).toBe('workflow')
  })
})
