import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { ChildProcess } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { machineLine } from '../../src/report/events/event-schema.ts'
import { desk, EXAMPLE, expectScreen, lines, printed, type Desk, type Ended } from './vdiskprep.ts'

const WORKFLOW = join(EXAMPLE, 'w11.yaml')
let at: Desk
let lab: ChildProcess & { readonly ended: Promise<Ended> }
let agreed = ''
let verified: Ended

/** One lab and one run that all tests here look at, in the order of an operator's day. */
beforeAll(async () => {
  at = await desk({ NO_COLOR: '1' })
  lab = at.begin('lab', '--farm', join(EXAMPLE, 'lab.yaml'), '--dir', 'lab', '--speed', '500', '--json')
  await printed(lab, '"ready":true')
  await at.vdp('init', 'unused.yaml')
}, 60_000)

afterAll(async () => {
  lab.kill('SIGTERM')
  await lab.ended
  await at.clear()
})

const onLab = (...args: string[]) => at.vdp(...args, '--inventory', 'lab/inventory.yaml')

describe('a plan', () => {
  test('tells what a run would do, with which values, and what cannot be known yet', async () => {
    const { code, out, err } = await onLab('plan', WORKFLOW)
    expect([code, err]).toEqual([0, ''])
    expectScreen('plan', out, at.home)
  })

  test('changes nothing', async () => {
    expect((await at.vdp('lab', 'ledger', '--dir', 'lab', '--json')).out).toBe('')
    expect((await at.vdp('list')).out).toContain('No runs yet')
  })

  test('has the same hash whenever the facts that decide are the same', async () => {
    const [first, second] = [
      lines((await onLab('plan', WORKFLOW, '--json')).out)[0],
      (await onLab('plan', WORKFLOW, '--quiet')).out.trim(),
    ]
    expect(first).toMatchObject({ plan: second, vdisks: [{ scenario: 'new-base-image' }] })
    agreed = second
  })
})

describe('trust', () => {
  test('writes host keys in the form of OpenSSH once somebody agreed to the fingerprint', async () => {
    const inventory = readFileSync(join(at.home, 'lab/inventory.yaml'), 'utf8').replace('known_hosts', 'other_hosts')
    writeFileSync(join(at.home, 'lab/other.yaml'), inventory)
    const asked = await at.vdp('trust', 'PVS01', '--inventory', 'lab/other.yaml')
    expect(asked.code).toBe(2)
    expect(asked.out).toMatch(/PVS01 {2}\[127\.0\.0\.1\]:\d+ {2}ssh-ed25519\n {2}SHA256:[\w+/]{43}\n {2}refused/)
    expect(asked.err).toContain('repeat with --yes')

    const told = lines((await at.vdp('trust', 'PVS01', '--inventory', 'lab/other.yaml', '--yes', '--json')).out)
    expect(told).toMatchObject([{ host: 'PVS01', before: 'unknown', became: 'added' }])
    const line = readFileSync(join(at.home, 'lab/other_hosts'), 'utf8').trim()
    expect(readFileSync(join(at.home, 'lab/known_hosts'), 'utf8').split('\n')).toContain(line)
  })

  test('does not replace a key that has changed unless it is told to', async () => {
    const file = join(at.home, 'lab/other_hosts')
    const [port] = /:\d+/.exec(readFileSync(file, 'utf8')) ?? []
    const stranger = readFileSync(join(at.home, 'lab/known_hosts'), 'utf8')
      .split('\n')
      .find((line) => !line.includes(port ?? ''))
    writeFileSync(file, `[127.0.0.1]${port ?? ''} ${stranger?.split(' ').slice(1).join(' ') ?? ''}\n`)
    const refused = await at.vdp('trust', 'PVS01', '--inventory', 'lab/other.yaml', '--yes')
    expect(refused.code).toBe(9)
    expect(refused.out).toContain('NOT the key that was trusted before')
    expect(refused.err).toMatch(/HOST_KEY_CHANGED[\s\S]*vdiskprep trust PVS01 --replace/)
    const replaced = await at.vdp('trust', 'PVS01', '--inventory', 'lab/other.yaml', '--yes', '--replace', '--json')
    expect(lines(replaced.out)).toMatchObject([{ before: 'changed', became: 'replaced' }])
  })
})

describe('a run', () => {
  test('of an agreed plan ends verified, with a screen that fits 80 columns', async () => {
    verified = await onLab('run', WORKFLOW, '--plan', agreed)
    expect([verified.code, verified.err]).toEqual([0, ''])
    const screen = verified.out.slice(verified.out.indexOf(' W11-Office  farm'))
    expectScreen('verified', screen, at.home)
    expect(verified.out).not.toContain('\u001B')
    const counts = [...verified.out.matchAll(/licensed by .*, count (\d+)/g)].map(([, count]) => count)
    expect(counts.toSorted()).toEqual(['43', '44'])
  }, 120_000)

  test('is told again by status, list and show', async () => {
    const status = await at.vdp('status')
    expect(status.out).toContain('VERIFIED')
    expect(lines((await at.vdp('status', '--json')).out)).toMatchObject([{ state: 'ended', outcome: 'verified' }])
    expect((await at.vdp('list')).out).toMatch(/^ done {7}\w{5} {2}W11-Office +verified .* \S+\n$/)
    expect((await at.vdp('list', 'w11-office', '--json')).out).toContain('verified')
    expect((await at.vdp('list', '--open')).out).toBe('No run is open.\n')
    expect(await at.vdp('list', 'W11-Offfice')).toMatchObject({ code: 2, err: expect.stringContaining('W11-Office') })
    const journal = lines((await at.vdp('show', '--json')).out)
    expect(journal[0]).toMatchObject({ seq: 1, type: 'run.started' })
    expect(journal.filter((line) => !machineLine.safeParse(line).success)).toEqual([])
    expect(journal.at(-1)).toMatchObject({ type: 'run.ended', outcome: 'verified' })
  })

  test('spent by the ledger of the lab what its screen claims', async () => {
    const entries = lines((await at.vdp('lab', 'ledger', '--dir', 'lab', '--json')).out)
    expect(entries.filter(({ did }) => did === 'rearm')).toMatchObject([
      { product: 'Office', left: 4 },
      { product: 'Windows', left: 1000 },
    ])
    expect((await at.vdp('lab', 'ledger', '--dir', 'lab')).out).toMatch(/^W11-MASTER\n/m)
  })

  test('that has ended takes no decision and is not resumed', async () => {
    const run = String(lines((await at.vdp('list', '--json')).out)[0]?.['run'])
    for (const args of [
      ['decide', run, 'retry'],
      ['decide', run, 'take-over', '--reason', 'x'],
      ['resume', run],
    ]) {
      const { code, err } = await at.vdp(...args)
      expect([code, err.split(' ')[0]]).toEqual([2, 'RUN_ENDED'])
    }
  })

  test('is refused when the plan has moved, with what has moved', async () => {
    const { code, err } = await onLab('run', WORKFLOW, '--plan', agreed)
    expect(code).toBe(2)
    expect(err).toMatch(/^PLAN_MOVED/)
    expect(err.replaceAll(/\s+/g, ' ')).toMatch(
      /createVDisk: was "will act: open W11-Office in Private mode, start W11-MASTER", is "blocked by VDISK_ASSIGNED"/,
    )
    expect((await onLab('run', WORKFLOW, '--plan', 'ffffffff')).err).toContain('not made with this state folder')
    expect(lines((await at.vdp('list', '--json')).out)).toHaveLength(1)
  })
})

describe('the plan of an update of the sealed disk', () => {
  test('keeps production devices off the disk, cycles the licence mode, tells where sources contradict each other, and what the workflow leaves out', async () => {
    const update = `extends: kms-update-image
inventory: lab/inventory.yaml
farm: HQ
site: Main
vdisk: { store: Store1, name: W11-Office, open: in-place }
target: W11-MASTER
canaries: [W11-T01, W11-T02]
office: { present: none }
release: { mode: reenable }
`
    writeFileSync(join(at.home, 'update.yaml'), update)
    const { code, out } = await at.vdp('plan', 'update.yaml')
    expect(code).toBe(0)
    expectScreen('plan-update', out, at.home)
  })

  test('tells each vDisk of a file, and is blocked when one of them is not there', async () => {
    const both = readFileSync(join(at.home, 'update.yaml'), 'utf8').replace(/vdisk: .*/, 'vdisk: { store: Store1 }')
    writeFileSync(
      join(at.home, 'both.yaml'),
      `${both}vdisks:\n  - vdisk: { name: W11-Office }\n  - vdisk: { name: W11-Nowhere }\n`,
    )
    const { code, out } = await at.vdp('plan', 'both.yaml', '--json')
    const [told] = lines(out)
    expect([code, told?.['vdisks']]).toEqual([4, [expect.anything(), expect.anything()]])
    const screen = (await at.vdp('plan', 'both.yaml')).out
    expect(screen).toMatch(/BLOCKED {4}VDISK_NOT_FOUND/)
    expect(screen).toMatch(
      /\n 2 vDisks: 2 BLOCKED\n {3}BLOCKED {2}W11-Office {3}step \d[^]*\n {3}BLOCKED {2}W11-Nowhere {2}step \d/,
    )
  })
})

describe('audit verify', () => {
  test('finds every record intact', async () => {
    const { code, out } = await at.vdp('audit', 'verify')
    expect(code).toBe(0)
    expect(out).toMatch(/^intact {2}\w{5} {2}W11-Office: \d+ events, head [0-9a-f]{16}\n$/)
  })

  test('names the first event that was altered and exits with 8', async () => {
    const file = join(at.home, 'altered.db')
    const db = new DatabaseSync(join(at.home, 'state', 'runs.db'))
    db.exec(`vacuum into '${file}'`)
    db.close()
    const copy = new DatabaseSync(file)
    const seq = Number(copy.prepare("select min(seq) as seq from journal where type = 'intended'").get()?.['seq'])
    copy.prepare("update journal set body = '{}' where seq = ?").run(seq)
    copy.close()
    const { code, out } = await at.vdp('audit', 'verify', '--store', file)
    expect(code).toBe(8)
    expect(out).toContain(`W11-Office: event ${seq}: its content does not fit`)
    expect(lines((await at.vdp('audit', 'verify', '--store', file, '--json')).out)).toMatchObject([{ ok: false, broken: seq }])
  })
})

describe('the lab', () => {
  test('ends cleanly on SIGTERM and leaves its ledger', async () => {
    lab.kill('SIGTERM')
    const { code, err } = await lab.ended
    expect([code, err]).toEqual([0, ''])
    expect(lines((await at.vdp('lab', 'ledger', '--dir', 'lab', '--json')).out).length).toBeGreaterThan(20)
  })
})
