import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import type { Session } from '../../../src/engine/ports/hosts.ts'
import { virtualClock } from '../../../src/lab/clock.ts'
import { buildFarm } from '../../../src/lab/farm-file/build.ts'
import { checkFarm } from '../../../src/lab/farm-file/load.ts'
import { presetFarm } from '../../../src/lab/farm-file/presets.ts'
import { hostsBy } from '../../../src/remote/hosts-by.ts'
import { AGENTS_FOLDER } from '../../fixtures/powershell.ts'
import { inventoryOf, secretsOf, temporaryFolder } from '../rigs.ts'
import { answerText, builtIn, strangeId } from './built-in.ts'
import { operator } from './operator.ts'

const open: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

/** The server PVS01 of a farm, and people who rest until they are told to go. */
async function stand() {
  const temporary = await temporaryFolder()
  open.push(temporary.remove)
  const { farm } = buildFarm(checkFarm(presetFarm({ os: 'windows-11-23h2' })), virtualClock(Date.UTC(2026, 9, 14, 8)))
  const { type } = builtIn(farm)
  const folder = join(temporary.path, 'stick')
  const place = join(folder, 'PVS01')
  return {
    folder,
    place,
    /** A process of the program, with a session of run r1. */
    async begin(fence: number) {
      const person = operator(folder, type, () => 'rests')
      const { hosts: entries, ...inventory } = inventoryOf({ PVS01: { by: 'local' } })
      const servers = Object.fromEntries(Object.values(entries).map((one) => [one.name, { ...one, role: 'pvs' as const }]))
      const hosts = await hostsBy(AGENTS_FOLDER, {
        inventory: { ...inventory, hosts: servers },
        secrets: secretsOf(),
        hands: person.hands,
        log: () => undefined,
      })
      open.push(() => hosts.close())
      return { person, hosts, session: await hosts.open('PVS01', { run: 'r1', owner: 'o1', fence }) }
    },
    go: (where = folder) => type('PVS01', `powershell -File ${where}/ask.ps1 PVS01`),
    files: (end: string) => (existsSync(place) ? readdirSync(place).filter((name) => name.endsWith(end)) : []),
  }
}

const state = (session: Session, signal?: AbortSignal) => session.request('Get-VdpServerState', {}, undefined, signal)

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5))
}

/** A question that lies there, with its parsed file. */
async function waiting({ place, files }: Pick<Awaited<ReturnType<typeof stand>>, 'place' | 'files'>) {
  await until(() => files('.request.json').length > 0)
  const base = join(place, files('.request.json')[0]?.replace('.request.json', '') ?? '')
  const { id } = JSON.parse(readFileSync(`${base}.request.json`, 'utf8')) as { id: string }
  return { base, id, answer: `${base}.answer.json` }
}

describe('an answer that is not the one', () => {
  const honest = (id: string, computer = 'PVS01') => answerText({ id, host: 'PVS01' }, ['VDP-HELLO nothing'], computer)
  test.each([
    ['to another question', () => honest(strangeId()), 'it answers another question'],
    ['that was edited', (id: string) => honest(id).replace('nothing', 'something'), 'its hash does not fit'],
    ['that was cut', (id: string) => honest(id).slice(0, 40), 'it is not whole'],
    ['of another form', () => '{"form": 1}', 'form of an answer'],
  ])('%s is told, and the question still waits for the right one', async (_, text, why) => {
    const here = await stand()
    const { person, session } = await here.begin(3)
    const asked = state(session)
    const { id, answer } = await waiting(here)
    writeFileSync(`${answer}.new`, text(id))
    renameSync(`${answer}.new`, answer)
    await until(() => person.wrong.length > 0)
    const details = { host: 'PVS01', file: answer, why: expect.stringContaining(why) as unknown }
    expect(person.wrong).toEqual([{ code: 'BY_HAND_ANSWER_UNFIT', details: expect.objectContaining(details) as unknown }])
    renameSync(answer, `${answer}.bad`)
    await here.go()
    expect((await asked).is).toBe('facts')
  })

  test('of a machine with another name than the one that answered before is told by name', async () => {
    const here = await stand()
    const { person, session } = await here.begin(3)
    const first = state(session)
    await waiting(here)
    await here.go()
    expect((await first).is).toBe('facts')
    const second = state(session)
    await until(() => here.files('.answer.json').length === 0 && here.files('.request.json').length === 1)
    const { id } = await waiting(here)
    person.type(honest(id, 'PVS02'))
    expect(person.wrong).toMatchObject([{ code: 'BY_HAND_OTHER_HOST', details: { host: 'PVS01', computer: 'PVS02' } }])
    await here.go()
    expect((await second).is).toBe('facts')
  })

  test('that ends in the middle leaves the act in doubt: it is lost, not refused', async () => {
    const here = await stand()
    const { session } = await here.begin(3)
    const asked = state(session)
    const { id, answer } = await waiting(here)
    writeFileSync(answer, answerText({ id, host: 'PVS01' }, [], 'PVS01'))
    expect(await asked).toMatchObject({ is: 'lost', reason: 'link', sent: true })
    expect(await state(session)).toMatchObject({ is: 'lost', sent: false })
  })
})

describe('what is typed or pasted', () => {
  /** Two questions, answered on a stick that is away, so that they can only be pasted. */
  async function away() {
    const here = await stand()
    const { person, session, hosts } = await here.begin(3)
    const asked = [state(session), session.request('Get-VdpDeviceState', { name: 'W11-MASTER' })]
    await until(() => here.files('.request.json').length === 2)
    const place = `${here.folder}-away`
    renameSync(here.folder, place)
    await here.go(place)
    const [first = '', second = ''] = readdirSync(join(place, 'PVS01'))
      .filter((name) => name.endsWith('.answer.json'))
      .map((name) => readFileSync(join(place, 'PVS01', name), 'utf8'))
    return { ...here, person, hosts, asked, first, second }
  }
  const why = (text: string) => ({
    code: 'BY_HAND_TYPED',
    details: { host: 'PVS01', why: expect.stringContaining(text) as unknown },
  })

  test('may come with all that ask.ps1 prints, and in the pieces of a console that wraps', async () => {
    const { person, asked, first, second } = await away()
    const pieces = second.match(/.{1,79}/g) ?? []
    const lines = [
      'PS C:\\> powershell -NoProfile -ExecutionPolicy Bypass -File E:\\vdp\\ask.ps1 PVS01 -Show',
      '000001  reads services, rights, drivers and mounted disks: answered',
      first,
      '000002  reads the record of a device: W11-MASTER: answered',
      ...pieces.map((piece) => piece.trimEnd()),
      '',
      '2 answered for PVS01 on PVS01. Take the folder back to vdiskprep.',
    ]
    for (const line of lines) person.type(line)
    expect((await Promise.all(asked)).map(({ is }) => is)).toEqual(['facts', 'facts'])
    expect(person.wrong).toEqual([])
  })

  test('is told by its kind when it cannot be taken, and never ends what waits', async () => {
    const { person, asked, first, second } = await away()
    person.type(first.slice(0, 90))
    await until(() => person.wrong.length === 1)
    person.type('off PVS99')
    person.type(answerText({ id: strangeId(), host: 'PVS01' }, [], 'PVS01'))
    person.type(first.replace('VDP-HELLO', 'VDP-HELL0'))
    person.type('help')
    expect(person.wrong).toEqual(
      ['does not end', 'a host PVS99', 'another run', 'was changed', 'neither an answer nor a word'].map(why),
    )
    person.type(first)
    await asked[0]
    const shown = person.screens.length
    person.type(first)
    expect(person.screens).toHaveLength(shown + 1)
    person.type(second)
    expect((await Promise.all(asked)).map(({ is }) => is)).toEqual(['facts', 'facts'])
    expect(person.wrong).toHaveLength(5)
  })

  test.each([
    ['what still waits is lost', false],
    ['also where all of it was given up right before', true],
  ])('is waited for by nobody once the program has closed its hosts: %s', async (_, givenUp) => {
    const here = await stand()
    const { person, session, hosts } = await here.begin(3)
    const gone = new AbortController()
    const asked = state(session, gone.signal)
    await waiting(here)
    if (givenUp) gone.abort()
    await hosts.close()
    expect(await asked).toMatchObject({ is: 'lost', reason: 'cancelled' })
    expect(person.screens.at(-1)).toEqual([])
  })
})

test('a folder is made only in one that is there: a stick that is not plugged in is told', async () => {
  const { path, remove } = await temporaryFolder()
  open.push(remove)
  const { hands } = operator(join(path, 'stick', 'vdp'), () => Promise.resolve(0))
  const made = hostsBy(AGENTS_FOLDER, { inventory: inventoryOf({}), secrets: secretsOf(), hands, log: () => undefined })
  await expect(made).rejects.toMatchObject({ code: 'BY_HAND_FOLDER', details: { why: `there is no ${join(path, 'stick')}` } })
})

describe('ways of an answer', () => {
  test('a pasted answer is as good as its file', async () => {
    const here = await stand()
    const { person, session } = await here.begin(3)
    const asked = state(session)
    const { answer } = await waiting(here)
    const away = `${here.folder}-away`
    renameSync(here.folder, away)
    await here.go(away)
    person.type(readFileSync(answer.replace(here.folder, away), 'utf8'))
    expect((await asked).is).toBe('facts')
  })

  test('a stick that comes back empty, or another one, gets the same question again', async () => {
    const here = await stand()
    const { session } = await here.begin(3)
    const asked = state(session)
    const { id } = await waiting(here)
    renameSync(here.place, join(here.folder, 'done', 'lost'))
    await until(() => here.files('.request.json').length > 0)
    expect((await waiting(here)).id).toBe(id)
    await here.go()
    expect((await asked).is).toBe('facts')
  })

  test('a host that people call off is lost at once, and is asked anew in a new session', async () => {
    const here = await stand()
    const { person, hosts, session } = await here.begin(3)
    const asked = state(session)
    await waiting(here)
    person.type('off pvs01')
    expect(await asked).toMatchObject({ is: 'lost', reason: 'link', sent: true })
    expect(here.files('.request.json')).toEqual([])
    const again = state(await hosts.open('PVS01', { run: 'r1', owner: 'o1', fence: 4 }))
    await waiting(here)
    await here.go()
    expect((await again).is).toBe('facts')
  })

  test.each([
    ['of the same run, driven by nobody else since, is asked on', 5, true],
    ['of a run that somebody else has driven since is withdrawn', 6, false],
  ])('a question that was left %s', async (_, fence, same) => {
    const here = await stand()
    const before = await here.begin(3)
    const leaving = new AbortController()
    const left = state(before.session, leaving.signal)
    const { id } = await waiting(here)
    leaving.abort()
    expect(await left).toMatchObject({ is: 'lost', reason: 'cancelled' })
    await before.hosts.close()
    await here.go()
    const after = await here.begin(fence)
    const asked = state(after.session)
    if (!same) {
      expect((await waiting(here)).id).not.toBe(id)
      await here.go()
    }
    expect((await asked).is).toBe('facts')
    expect(after.session.welcome.fence).toBe(same ? 3 : fence)
  })
})
