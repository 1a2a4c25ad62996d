import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { bareEnv, desk, lines, ROOT, type Desk } from './vdiskprep.ts'

let at: Desk

beforeEach(async () => {
  at = await desk()
})

afterEach(() => at.clear())

const ENTER = '\r'
const DOWN = '\u001B[B'
const CTRL_C = '\u0003'

const hasScript = /util-linux/.test(String(spawnSync('script', ['--version']).stdout))
const onTerminal = hasScript ? test : test.skip
const named = (what: string) => (hasScript ? what : `${what} (skipped: no util-linux "script" for a pseudo-terminal)`)

/** Runs init on a pseudo-terminal and answers each question, in this order, once it is asked. */
async function answering(args: string, answers: readonly (readonly [question: string, keys: string])[]) {
  const command = `stty cols 80 rows 24; exec '${process.execPath}' '${join(ROOT, 'src/main.ts')}' init ${args}`
  const child = spawn('script', ['-qefc', command, '/dev/null'], {
    cwd: at.home,
    env: { ...bareEnv(at.home), TERM: 'xterm' },
  })
  let [screen, answered] = ['', 0]
  child.stdout.on('data', (piece: Buffer) => {
    screen += piece.toString()
    const next = answers[answered]
    if (next === undefined || !screen.includes(next[0])) return
    answered += 1
    screen = ''
    child.stdin.write(next[1])
  })
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, answered, screen }
}

/** A host of an inventory. */
const hostOf = (role: string) => (name: string) => [name, { role, ssh: { address: name.toLowerCase() } }] as const

/** An inventory of a farm of two sites, in which the devices of the second vDisk stand behind those of the first. */
const TWO_SITES = JSON.stringify({
  farms: { HQ: { sites: { Main: { servers: ['PVS01', 'PVS02'] }, Branch: { servers: ['PVS03'] } } } },
  defaults: { ssh: { user: 'svc', auth: 'agent' } },
  hosts: Object.fromEntries([
    ...['PVS01', 'PVS02', 'PVS03'].map(hostOf('pvs')),
    ...['W11-Office-PREP', 'W11-Office-T1', 'W11-Office-T2', 'W11-New-T1', 'W11-New-T2', 'W11-New-PREP'].map(hostOf('target')),
  ]),
})

const ALL_QUESTIONS: readonly (readonly [string, string])[] = [
  ['What is to be done?', ENTER],
  ['Name of the PVS farm', `Patch Farm${ENTER}`],
  ['Site of the farm', ENTER],
  ['Store that holds', ENTER],
  ['Name of the vDisk', `W11 Büro${ENTER}`],
  ['PVS servers', `PVS01 PVS02${ENTER}`],
  ['Target device', ENTER],
  ['Canaries:', `W11-MASTER,W11-T01${ENTER}`],
  ['has to be another machine', `\u0015W11-T01,W11-T02${ENTER}`],
  ['How are these hosts reached', ENTER],
  ['Account to log in', ENTER],
  ['DNS suffix', `corp.example${ENTER}`],
  ['KMS host', `KMS1${ENTER}`],
  ['Which Windows', `${DOWN}${ENTER}`],
  ['Is Office in the image', `${DOWN}${ENTER}`],
  ['Write w11.yaml and farm.yaml?', ENTER],
]

describe('init on a terminal', () => {
  onTerminal(
    named('asks for everything, refuses a canary that is the prep device, and writes what validate accepts'),
    async () => {
      const ended = await answering('w11.yaml', ALL_QUESTIONS)
      expect(ended).toMatchObject({ code: 0, answered: ALL_QUESTIONS.length })
      expect(ended.screen).toContain('vdiskprep trust PVS01 PVS02 W11-MASTER --workflow w11.yaml')
      expect(await at.vdp('validate', 'w11.yaml', 'farm.yaml')).toMatchObject({
        code: 0,
        out: 'w11.yaml: 1 vDisk (Store1/W11 Büro), farm Patch Farm, new-base-image, 2 canaries\nfarm.yaml: inventory, 6 hosts\n',
      })
      const written = [readFileSync(join(at.home, 'w11.yaml'), 'utf8'), readFileSync(join(at.home, 'farm.yaml'), 'utf8')].join(
        '\n',
      )
      for (const words of [
        'name: "W11 Büro"',
        'os: Windows 11 Enterprise',
        'present: none',
        'address: pvs02.corp.example',
        'kmsHost: KMS1',
      ])
        expect(written).toContain(words)
    },
    60_000,
  )

  onTerminal(named('asks nothing with --non-interactive'), async () => {
    const usual = await answering('w11.yaml --non-interactive', [])
    expect(usual).toMatchObject({ code: 0, screen: expect.stringContaining('Put your own names in') })
  })

  onTerminal.each([1, 7, ALL_QUESTIONS.length])(
    named('Ctrl-C at question %i leaves nothing behind'),
    async (count) => {
      const answers = ALL_QUESTIONS.slice(0, count).map(
        ([question, keys], index) => [question, index === count - 1 ? CTRL_C : keys] as const,
      )
      const { code, screen } = await answering('w11.yaml', answers)
      expect([code, screen]).toEqual([130, expect.stringContaining('Nothing was written.')])
      expect([existsSync(join(at.home, 'w11.yaml')), existsSync(join(at.home, 'farm.yaml'))]).toEqual([false, false])
    },
    60_000,
  )

  onTerminal(
    named('takes names from an inventory that is there, and asks for no hosts'),
    async () => {
      await at.vdp('init', 'first.yaml', '--target', 'GOLD', '--canaries', 'C1,C2', '--servers', 'PVS07', '--farm', 'South')
      const short = ALL_QUESTIONS.filter(([question]) => !/PVS servers|reached|Account|DNS|KMS|another/.test(question))
      const enter = short.map(
        ([question, keys]) =>
          [
            question === 'Write w11.yaml and farm.yaml?' ? 'Write w11.yaml?' : question,
            keys.includes(DOWN) ? keys : ENTER,
          ] as const,
      )
      expect(await answering('w11.yaml', enter)).toMatchObject({ code: 0, answered: enter.length })
      expect(readFileSync(join(at.home, 'w11.yaml'), 'utf8')).toMatch(/farm: South[\s\S]*target: GOLD[\s\S]*canaries: \[C1, C2\]/)
      expect((await at.vdp('validate', 'w11.yaml')).code).toBe(0)
    },
    60_000,
  )

  onTerminal(
    named('writes what was typed also beside an inventory that is there, and proposes what fits it'),
    async () => {
      writeFileSync(join(at.home, 'farm.yaml'), TWO_SITES)
      const ended = await answering('w11-new.yaml', [
        ['What is to be done?', ENTER],
        ['Name of the PVS farm', ENTER],
        ['Site of the farm', `Branch${ENTER}`],
        ['Store that holds', `Store2${ENTER}`],
        ['Name of the vDisk', `W11-New${ENTER}`],
        ['Target device', ENTER],
        ['Canaries:', ENTER],
        ['Which Windows', ENTER],
        ['Is Office in the image', ENTER],
        ['Write w11-new.yaml?', ENTER],
      ])
      expect(ended).toMatchObject({ code: 0, screen: expect.stringContaining('vdiskprep trust PVS03 W11-New-PREP --workflow') })
      expect(readFileSync(join(at.home, 'w11-new.yaml'), 'utf8')).toMatch(
        /site: Branch[^]*store: Store2\n {2}name: W11-New\n[^]*target: W11-New-PREP [^]*canaries: \[W11-New-T1, W11-New-T2\]/,
      )
      expect((await at.vdp('validate', 'w11-new.yaml')).out).toBe(
        'w11-new.yaml: 1 vDisk (Store2/W11-New), farm HQ, new-base-image, 2 canaries\n',
      )
    },
    60_000,
  )

  onTerminal(named('asks nothing with --yes, and before a file that is there'), async () => {
    expect(await answering('w11.yaml --yes', [])).toMatchObject({ code: 0 })
    expect((await answering('w11.yaml', [])).screen).toContain('FILE_EXISTS')
  })
})

describe('init without a terminal', () => {
  test.each([
    ['ssh', ['--farm', 'Süd: 2', '--site', 'on', '--vdisk', 'Store 9/W10', '--user', 'SÜD\\o\'neil "x" # y']],
    [
      'winrm',
      ['--transport', 'winrm', '--servers', 'PVS01,PVS02', '--kms-host', 'KMS1', '--os', 'Windows Server 2022 Datacenter'],
    ],
    ['an update', ['--extends', 'kms-update-image', '--domain', 'corp.example']],
    ['a look alone', ['--extends', 'verify-only']],
  ])('takes answers as options (%s), quotes what YAML would misread, and is valid', async (_what, args) => {
    expect((await at.vdp('init', 'w11.yaml', ...args)).code).toBe(0)
    expect(await at.vdp('validate', 'w11.yaml', 'farm.yaml')).toMatchObject({ code: 0, err: '' })
  })

  test('writes nothing when what was said does not fit', async () => {
    const told = await at.vdp('init', 'w11.yaml', '--target', 'W11-T01')
    expect([told.code, told.err]).toEqual([2, expect.stringContaining('INPUT_INVALID')])
    expect((await at.vdp('init', 'w11.yaml', '--extends', 'kms-new')).err).toMatch(/OPTION_INVALID[\s\S]*kms-new-image/)
    expect([existsSync(join(at.home, 'w11.yaml')), existsSync(join(at.home, 'farm.yaml'))]).toEqual([false, false])
  })

  test('leaves no half: a workflow whose inventory cannot be written is taken back', async () => {
    symlinkSync(join(at.home, 'gone'), join(at.home, 'farm.yaml'))
    const told = await at.vdp('init', 'w11.yaml', '--json')
    expect([told.code, lines(told.out)]).toEqual([2, [expect.objectContaining({ fault: 'FILE_NOT_WRITTEN' })]])
    expect(existsSync(join(at.home, 'w11.yaml'))).toBe(false)
  })
})
