import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { desk, EXAMPLE, expectScreen, lines, ROOT, type Desk } from './vdiskprep.ts'

let at: Desk

beforeAll(async () => {
  at = await desk()
})

afterAll(() => at.clear())

describe('what an operator types wrong', () => {
  test.each([
    ['a command that does not exist', ['runn', 'w11.yaml'], 2, /unknown command 'runn'[\s\S]*Did you mean run/],
    ['an option that does not exist', ['list', '--jsn'], 2, /unknown option '--jsn'[\s\S]*Did you mean --json/],
    ['no file', ['run'], 2, /missing required argument 'file'/],
    ['a file that is not there', ['run', 'nope.yaml'], 2, /nope\.yaml {2}there is no such file/],
    ['a folder instead of a file', ['plan', '.'], 2, /this is a folder/],
    ['the inventory instead of the workflow', ['run', join(EXAMPLE, 'farm.yaml')], 2, /this is an inventory[\s\S]*1 problem/],
    ['a workflow instead of the farm', ['run', 'w11.yaml', '--lab', join(EXAMPLE, 'w11.yaml')], 2, /this is a workflow file/],
    ['a folder instead of the farm', ['run', 'w11.yaml', '--lab', '.'], 2, /this is a folder/],
    ['a run before there is any', ['resume'], 2, /NO_RUN_YET[\s\S]*vdiskprep run FILE/],
    ['hosts to trust, and no inventory', ['trust', 'PVS01'], 2, /--inventory[\s\S]*--workflow FILE/],
    ['a secret that is not there', ['run', join(EXAMPLE, 'w11.yaml')], 2, /SECRET_MISSING[\s\S]*VDISKPREP_/],
    ['words that nobody knows', ['explain', 'nothing', 'like', 'it'], 2, /NOT_KNOWN[\s\S]*docs\/faults\.md/],
    ['a key where a code is asked', ['explain', 'NPPR9-FWDCX-D2C8J-H872K-2YT43'], 2, /NOT_KNOWN[\s\S]*vdiskprep keys\s+KEY/],
    ['a run where a code is asked', ['explain', '8739k'], 2, /NOT_KNOWN[\s\S]*vdiskprep explain --run\s+8739k/],
    ['a run that nobody began', ['status', 'zzzzz'], 2, /UNKNOWN_RUN[\s\S]*vdiskprep list/],
    ['a decision that does not exist', ['decide', 'zzzzz', 'allow'], 2, /Allowed choices are approve, retry/],
    ['a farm file that is not there', ['run', 'w11.yaml', '--lab', 'nope.yaml'], 2, /FARM_FILE_INVALID/],
    ['a lab that cannot be that fast', ['lab', '--speed', 'fast'], 2, /OPTION_INVALID[\s\S]*a number above 0/],
    ['the ledger of no lab', ['lab', 'ledger', '--dir', 'nowhere'], 2, /LAB_NOT_THERE/],
    [
      'a host that the inventory does not name',
      ['trust', 'PVS77', '--inventory', join(EXAMPLE, 'farm.yaml')],
      2,
      /UNKNOWN_HOST[\s\S]*PVS01/,
    ],
    ['a doctor without a vDisk', ['doctor'], 2, /NO_WORKFLOW_FILE[\s\S]*vdiskprep init NEW\.yaml[\s\S]*vdiskprep kms check/],
    ['a report of no KMS host', ['kms', 'report'], 2, /NO_INVENTORY[\s\S]*inventory\.yaml[\s\S]*vdiskprep init NEW\.yaml/],
    [
      'a workflow instead of the inventory',
      ['plan', join(EXAMPLE, 'w11.yaml'), '--inventory', join(EXAMPLE, 'w11.yaml')],
      2,
      /this is a workflow file\s+expected the inventory[\s\S]*1 problem/,
    ],
    [
      'a workflow as the inventory of no workflow',
      ['agents', 'check', '--host', 'PVS01', '--inventory', join(EXAMPLE, 'w11.yaml')],
      2,
      /this is a workflow file\s+expected the inventory[\s\S]*1 problem/,
    ],
    [
      'a check to mend that does not exist',
      ['doctor', join(EXAMPLE, 'w11.yaml'), '--fix', 'rearm.skp'],
      2,
      /CHECK_UNKNOWN[\s\S]*did you mean\s+rearm\.skip\?/,
    ],
    [
      'a KMS report of a server',
      ['kms', 'report', '--host', 'PVS01', '--inventory', join(EXAMPLE, 'farm.yaml')],
      2,
      /its role is\s+pvs[\s\S]*KMS1/,
    ],
  ])('%s is told in words', async (_what, args, code, words) => {
    const ended = await at.vdp(...args)
    expect(ended.err).toMatch(words)
    expect(ended.err).not.toMatch(/\n {4}at /)
    expect(ended.code).toBeGreaterThanOrEqual(code)
    expect(ended.out).toBe('')
  })

  test('the same fault is JSON on stdout with --json', async () => {
    const { code, out, err } = await at.vdp('status', 'zzzzz', '--json')
    expect([code, err]).toEqual([2, ''])
    expect(lines(out)).toMatchObject([{ v: 1, type: 'fault', fault: 'UNKNOWN_RUN', details: { run: 'zzzzz' } }])
  })

  test('an error of the program tells where its diary is, and the stack stands there and not on the screen', async () => {
    mkdirSync(join(at.home, 'state'), { recursive: true })
    mkdirSync(join(at.home, 'deep'))
    // A state folder in the place of the diary's file makes nothing else fail: the program's own error comes from a plans folder that is a file.
    writeFileSync(join(at.home, 'state', 'plans'), 'not a folder')
    const { code, err } = await at.vdp('plan', join(EXAMPLE, 'w11.yaml'), '--lab', join(EXAMPLE, 'lab.yaml'))
    expect(err).toMatch(/INTERNAL {2}An error of this program/)
    expect(err).toContain(join(at.home, 'state', 'diary.log'))
    expect(err).not.toMatch(/\n {4}at /)
    expect(code).toBe(1)
    expect(readFileSync(join(at.home, 'state', 'diary.log'), 'utf8')).toMatch(/"stack":".*kept-plans/)
  })
})

describe('help', () => {
  test('tells every command and every exit code', async () => {
    const { code, out } = await at.vdp('--help')
    expect(code).toBe(0)
    expectScreen('help', out, at.home)
  })

  test.each([
    'plan',
    'run',
    'resume',
    'status',
    'list',
    'show',
    'decide',
    'validate',
    'keys',
    'explain',
    'trust',
    'audit verify',
    'diagram',
    'lab',
    'lab ledger',
    'agents export',
    'agents verify',
    'agents check',
    'init',
  ])('of %s has an example', async (command) => {
    const { code, out } = await at.vdp(...command.split(' '), '--help')
    expect(code).toBe(0)
    expect(out).toMatch(new RegExp(`Example:\\n  vdiskprep ${command}`))
  })
})

describe('init and validate', () => {
  test('what init writes is valid, and is never written twice', async () => {
    const first = await at.vdp('init', 'new.yaml')
    expect(first.code).toBe(0)
    const checked = await at.vdp('validate', 'new.yaml', 'farm.yaml')
    expect(checked).toEqual({
      code: 0,
      out: 'new.yaml: 1 vDisk (Store1/W11-Office), farm HQ, new-base-image, 2 canaries\nfarm.yaml: inventory, 4 hosts\n',
      err: '',
    })
    const again = await at.vdp('init', 'new.yaml')
    expect(again.code).toBe(2)
    expect(again.err).toContain('FILE_EXISTS')
    const other = await at.vdp('init', 'new-2.yaml', '--json')
    expect(lines(other.out)).toEqual([{ workflow: 'new-2.yaml', inventory: 'farm.yaml', inventoryKept: true }])
  })

  test('an inventory that the site has is named and not written, and no path of this machine stands in the file', async () => {
    mkdirSync(join(at.home, 'site', 'hosts'), { recursive: true })
    mkdirSync(join(at.home, 'site', 'disks'))
    await at.vdp('init', join('site', 'hosts', 'first.yaml'))
    const { code, out } = await at.vdp(
      'init',
      join('site', 'disks', 'w11.yaml'),
      '--inventory',
      join('site', 'hosts', 'farm.yaml'),
    )
    expect([code, out]).toEqual([0, expect.stringContaining('written: ')])
    const written = readFileSync(join(at.home, 'site', 'disks', 'w11.yaml'), 'utf8')
    expect(written).toContain('inventory: "../hosts/farm.yaml"')
    expect(written).toContain('$schema=node_modules/vdiskprep/workflows/workflow.schema.json\n')
    expect(existsSync(join(at.home, 'site', 'disks', 'farm.yaml'))).toBe(false)
    expect((await at.vdp('validate', join('site', 'disks', 'w11.yaml'))).code).toBe(0)
    const missing = await at.vdp('init', 'more.yaml', '--inventory', 'nowhere.yaml')
    expect([missing.code, existsSync(join(at.home, 'more.yaml'))]).toEqual([2, false])
  })

  test('all problems of all files come at once', async () => {
    writeFileSync(join(at.home, 'bad.yaml'), 'extends: kms-new-imag\nsitee: Main\n')
    const { code, out, err } = await at.vdp('validate', 'bad.yaml', 'nope.yaml', join(ROOT, 'workflows/kms-repair.yaml'))
    expect(code).toBe(2)
    expect(out).toBe(`${join(ROOT, 'workflows/kms-repair.yaml')}: procedure, to be extended\n`)
    for (const words of ['did you mean "kms-new-image"?', 'did you mean "site"?', 'nope.yaml  there is no such file'])
      expect(err).toContain(words)
    const json = lines((await at.vdp('validate', 'bad.yaml', 'nope.yaml', '--json')).out)
    expect(json.map(({ file, ok }) => [file, ok])).toEqual([
      ['bad.yaml', false],
      ['nope.yaml', false],
    ])
  })
})

test('the lab tells its faults, each with what a correct run says', async () => {
  const faults = lines((await at.vdp('lab', '--list-faults', '--json')).out)
  expect(faults.length).toBeGreaterThan(20)
  expect(faults.find(({ name }) => name === 'skip-rearm-left-over')).toMatchObject({ expect: expect.any(String) })
})
