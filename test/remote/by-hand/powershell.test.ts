import { copyFileSync, mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import { presetFarm } from '../../../src/lab/farm-file/presets.ts'
import { startLab } from '../../../src/lab/lab.ts'
import { compose } from '../../../src/compose.ts'
import { readAnswer } from '../../../src/remote/by-hand/forms.ts'
import { readInventory } from '../../../src/workflow/read-workflow.ts'
import { pwshMissing } from '../../fixtures/powershell.ts'
import { closeLabs, lab } from '../../run/harness.ts'
import { temporaryFolder } from '../rigs.ts'
import { operator } from './operator.ts'
import { processOf } from './process.ts'

const missing = pwshMissing()
const where = missing === undefined ? describe : describe.skip
const slow = missing ?? (process.env['VDISKPREP_DEEP'] === '1' ? undefined : 'skipped: VDISKPREP_DEEP=1 runs it')
const deep = slow === undefined ? test : test.skip
const open: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
  await closeLabs()
})

/** A master that is on, its console, and people who rest. */
async function console() {
  const { path, remove } = await temporaryFolder()
  open.push(remove)
  const farm = presetFarm({ os: 'windows-11-23h2', speed: 500 })
  const [master, disk] = [farm.devices[0], farm.disks[0]]
  if (master) master.power = 'on'
  if (disk) disk.writeCacheType = 0
  const started = await startLab(farm, { agents: 'powershell', dir: join(path, 'lab') })
  open.push(() => started.close())
  const folder = join(path, 'stick')
  const person = operator(
    folder,
    () => Promise.resolve(0),
    () => 'rests',
  )
  const composition = compose('test', { HOME: path, VDISKPREP_HOME: path })
  const hosts = await composition.hosts(readInventory(started.files.inventory, composition.files), [], person.hands)
  open.push(() => hosts.close())
  const line = () => person.screens.findLast((hosts) => hosts.length > 0)?.[0]?.type ?? ''
  return {
    person,
    place: join(folder, 'W11-MASTER'),
    session: (fence: number) => hosts.open('W11-MASTER', { run: 'r1', owner: 'o1', fence }),
    asked: async (n: number) => {
      while (person.screens.at(-1)?.[0]?.questions.length !== n) await new Promise((resolve) => setTimeout(resolve, 5))
    },
    type: async (host = 'W11-MASTER', more = '') => (await started.type(host, `${line()} ${more}`))?.output,
  }
}

const STOP = { services: ['wuauserv'], state: 'stopped' as const }
const ACT = { effect: 'r1/e1' }

where(`the line that is typed on a host, in a real PowerShell ${missing ?? ''}`, () => {
  test('answers all that waits there in its order, and nothing twice', async () => {
    const { person, place, session, asked, type } = await console()
    const first = await session(3)
    const answers = [first.request('Get-VdpTargetState', { parts: ['boot'] }), first.request('Set-VdpUpdateServices', STOP, ACT)]
    await asked(2)
    const [act = ''] = readdirSync(place).filter((name) => name.includes('-act-'))
    copyFileSync(join(place, act), `${place}.copy`)
    expect(await type('PVS01')).toBe(
      '2 left out, because this is PVS01 and not W11-MASTER. If it is the one all the same, add -Anyway.\nNothing was answered for W11-MASTER on PVS01.\n',
    )
    expect(await type()).toBe(
      [
        '000001  reads Windows, its licences, Office, services and boot: answered',
        '000002  CHANGES: stops or starts the update services: answered',
        '2 answered for W11-MASTER on W11-MASTER. Take the folder back to vdiskprep.',
        '',
      ].join('\n'),
    )
    expect((await Promise.all(answers)).map(({ is }) => is)).toEqual(['facts', 'facts'])

    // A copy of the question, as a second stick would carry it: the receipt on the host keeps it from being done again. Beside it questions
    // under a newer fence, one under the old one, which is refused and keeps nothing else from its answer, and an act that bears a mark.
    const again = [
      (await session(5)).request('Get-VdpTargetState', { parts: ['boot'] }),
      (await session(4)).request('Get-VdpTargetState', { parts: ['service'] }),
      (await session(5)).request('Get-VdpTargetState', { parts: ['updates'] }),
    ]
    await asked(3)
    const marked = (await session(5)).request('Set-VdpUpdateServices', STOP, { effect: 'r1/e2' })
    await asked(4)
    const mark = readdirSync(place).find((name) => name.startsWith('000006')) ?? ''
    writeFileSync(join(place, mark.replace('request.json', 'begun')), '')
    renameSync(`${place}.copy`, join(place, act))
    const printed = ((await type('W11-MASTER', '-Show')) ?? '').split('\n')
    expect(printed.filter((text) => !text.startsWith('{')).join('\n')).toMatch(
      /^000002 .*: it was begun before, .*; its receipt will tell\n(.*: answered\n){3}000006 .*: it was begun before, .*\n5 answered/,
    )
    expect(printed.filter((text) => !('why' in readAnswer(text)))).toHaveLength(5)
    const [newer, older, last] = await Promise.all(again)
    expect(older).toMatchObject({ is: 'refused', error: { kind: 'fenced' } })
    expect(last?.is).toBe('facts')
    expect(newer).toMatchObject({ is: 'facts', facts: { act: { receipts: [{ effect: 'r1/e1' }] } } })
    expect(await marked).toMatchObject({ is: 'lost', sent: true })
    expect(person.wrong).toEqual([])
  })
})

deep(
  `in a folder that may not be written on the host what only reads is answered on the screen, also under another name; acts are left out ${slow ?? ''}`,
  async () => {
    const { person, place, session, asked, type } = await console()
    const at = await session(3)
    const reads = at.request('Get-VdpTargetState', { parts: ['boot'] })
    const acts = at.request('Set-VdpUpdateServices', STOP, ACT)
    await asked(2)
    mkdirSync(join(place, 'may-be-written'))
    expect(await type()).toMatch(/^Nothing was asked: .* cannot be written here\. .* add -Show/)
    // As where the inventory calls the machine otherwise.
    for (const name of readdirSync(place).filter((one) => one.endsWith('.json'))) {
      const text = readFileSync(join(place, name), 'utf8')
      writeFileSync(join(place, name), text.replace(/"computers":\[.*?\]/, '"computers":["W11-GOLD"]'))
    }
    expect(await type('W11-MASTER', '-Show')).toContain('2 left out, because this is W11-MASTER and not W11-GOLD.')
    const printed = (await type('W11-MASTER', '-Show -Anyway')) ?? ''
    expect(printed).toMatch(
      /^000001 .*: answered\n\{.*\n000002 .*: left out, because .*\n1 answered .* nothing was written here\.\n$/,
    )
    for (const line of printed.split('\n')) person.type(line)
    expect((await reads).is).toBe('facts')
    expect(person.wrong).toEqual([])
    rmdirSync(join(place, 'may-be-written'))
    expect(await type('W11-MASTER', '-Anyway')).toContain('answered for W11-MASTER on W11-MASTER. Take the folder back')
    expect((await acts).is).toBe('facts')
    expect(await type()).toBe('Nothing waits for W11-MASTER: every question here has its answer.\n')
  },
  60_000,
)

deep(
  `a whole run by hand over the shipped agents ends verified ${slow ?? ''}`,
  async () => {
    const farm = await lab({ os: 'windows-11-23h2', office: 'ltsc-2021' }, 'powershell')
    const { view, person } = await processOf(
      farm,
      null,
      () => false,
      (host, line) => farm.lab.type(host, line),
    )
    expect(person.wrong).toEqual([])
    expect(view.outcome).toBe('verified')
    expect(farm.lab.unmodelled()).toEqual([])
    expect(farm.ledger(farm.names.master).rearms).toEqual([
      { product: 'Office', effective: true },
      { product: 'Windows', effective: true },
    ])
  },
  600_000,
)
