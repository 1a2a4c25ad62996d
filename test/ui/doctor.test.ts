import { readFileSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { join } from 'node:path'
import type { ChildProcess } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { checks } from '../../src/diagnosis/diagnose.ts'
import { doctorReport } from '../../src/report/doctor/report-schema.ts'
import { desk, EXAMPLE, lines, printed, type Desk, type Ended } from './vdiskprep.ts'

const WORKFLOW = join(EXAMPLE, 'w11.yaml')
let at: Desk
let lab: ChildProcess & { readonly ended: Promise<Ended> }

beforeAll(async () => {
  at = await desk({ NO_COLOR: '1' })
  lab = at.begin('lab', '--farm', join(EXAMPLE, 'lab.yaml'), '--dir', 'lab', '--json')
  await printed(lab, '"ready":true')
  const healthy = readFileSync(join(at.home, EXAMPLE, 'lab.yaml'), 'utf8')
  const fault = 'faults: [{ fault: missing-privilege, server: PVS02, service: StreamService }]\n'
  writeFileSync(join(at.home, 'no-privilege.yaml'), healthy + fault)
}, 60_000)

afterAll(async () => {
  lab.kill('SIGTERM')
  await lab.ended
  await at.clear()
})

const doctor = (...args: string[]) => at.vdp('doctor', ...args)
const onLab = (...args: string[]) => doctor(WORKFLOW, '--inventory', 'lab/inventory.yaml', ...args)

/** The lab's inventory with another port for PVS02. */
function elsewhere(port: number): string {
  const text = readFileSync(join(at.home, 'lab/inventory.yaml'), 'utf8')
  const own = /PVS02:[\s\S]*?port: (\d+)/.exec(text)?.[1]
  if (own === undefined) throw new Error(`no port of PVS02 in ${text}`)
  writeFileSync(join(at.home, 'lab/elsewhere.yaml'), text.replace(`port: ${own}`, `port: ${String(port)}`))
  return 'lab/elsewhere.yaml'
}

describe('doctor', () => {
  test('says in a few lines that nothing stands in the way of a run, and changes nothing', async () => {
    const { code, out, err } = await onLab()
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(
      /^ HQ: 2 PVS servers, 1 target, 2 canaries, 1 KMS host\n W11-Office in Store1: new-base-image\n \d+ checks in /,
    )
    expect(out).toMatch(/\n\n Nothing would hold a run\. \d+ checks gave \d+ results: \d+ pass, \d+ not\s+applicable/)
    expect((await at.vdp('lab', 'ledger', '--dir', 'lab', '--json')).out).toBe('')
  })

  test('tells a missing privilege first, in every form at once, and its exit code says that a check failed', async () => {
    const { code, out, err } = await doctor(
      WORKFLOW,
      '--lab',
      'no-privilege.yaml',
      '--json',
      '--junit',
      'r.xml',
      '--sarif',
      'r.sarif',
    )
    expect([code, err]).toEqual([5, ''])
    const report = doctorReport.parse(lines(out)[0])
    expect(report).toMatchObject({ file: WORKFLOW, exitCode: 5, tally: { fail: 1, unknown: 0 } })
    expect(report.findings[0]).toMatchObject({ check: 'privilege.stream', host: 'PVS02', verdict: 'fail' })
    expect(readFileSync(join(at.home, 'r.xml'), 'utf8')).toContain('<failure message="HQ\\svc-pvs lacks SE_MANAGE_VOLUME_NAME')
    const sarif = JSON.parse(readFileSync(join(at.home, 'r.sarif'), 'utf8')) as { runs: { results: { ruleId: string }[] }[] }
    expect(sarif.runs[0]?.results[0]).toMatchObject({ ruleId: 'privilege.stream', kind: 'fail', level: 'error' })
  })

  test('asks only what is named, by id, word, group or topic, and leaves out what is not wanted', async () => {
    const { out } = await onLab('--only', 'map,rearm.skip', '--skip', 'server', '--skip', 'driver.filter', '--json')
    const asked = new Set(doctorReport.parse(lines(out)[0]).findings.map(({ check }) => check))
    for (const check of ['privilege.stream', 'privilege.soap', 'driver.bus', 'mount.slot', 'disk.locks', 'rearm.skip'])
      expect(asked).toContain(check)
    for (const check of ['server.role', 'driver.filter', 'device.type']) expect(asked).not.toContain(check)
  })

  test('names every check that it does not know at once, each with the nearest it does', async () => {
    const { code, out, err } = await onLab('--only', 'privelege.stream,driver', '--skip', 'mout')
    expect([code, out]).toEqual([2, ''])
    expect(err.replaceAll(/\s+/g, ' ')).toContain(
      'No check answers to: privelege.stream (did you mean privilege.stream?), mout (did you mean mount?).',
    )
  })

  test('explains a check without a farm, and lists all of them', async () => {
    const one = await doctor('--explain', 'privilege.stream')
    expect(one.code).toBe(0)
    expect(one.out).toMatch(/privilege\.stream {2}privilege of the Stream service[\s\S]*unexpected MAP error[\s\S]*secpol\.msc/)
    const all = await doctor('--explain')
    expect(all.out.trim().split('\n')).toHaveLength(checks.length)
  })

  test('without a file says what it wants', async () => {
    const { code, err } = await doctor()
    expect(code).toBe(2)
    expect(err).toMatch(/NO_WORKFLOW_FILE[\s\S]*vdiskprep doctor FILE/)
  })
})

describe('doctor --fix', () => {
  test('offers what is safe, asks for approval in a run of its own, and proves it by the same check', async () => {
    const farm = readFileSync(join(at.home, EXAMPLE, 'lab.yaml'), 'utf8')
      .replace('writeCacheType: 9', 'writeCacheType: 0')
      .replace('role: master,', 'role: master, power: on,')
    writeFileSync(join(at.home, 'open.yaml'), `${farm}faults: [{ fault: skip-rearm-left-over }]\n`)
    const open = at.begin('lab', '--farm', 'open.yaml', '--dir', 'open', '--json')
    await printed(open, '"ready":true')
    const onOpen = (...args: string[]) => doctor(WORKFLOW, '--inventory', 'open/inventory.yaml', ...args)
    try {
      const found = await onOpen()
      expect(found.code).toBe(5)
      expect(found.out).toContain(`vdiskprep doctor ${WORKFLOW} --fix rearm.skip`)
      const asked = await onOpen('--fix', 'rearm.skip')
      expect([asked.code, asked.out]).toEqual([
        4,
        expect.stringContaining('WAITS FOR APPROVAL  remove the registry value SkipRearm'),
      ])
      const run = /vdiskprep decide ([\w@]+) approve/.exec(asked.out)?.[1] ?? ''
      expect((await at.vdp('decide', run, 'approve', '--reason', 'seen')).code).toBe(0)
      const ended = await at.vdp('resume', run)
      expect([ended.code, ended.out]).toEqual([0, expect.stringMatching(/MENDED {2}the check rearm\.skip passes on W11-MASTER/)])
      const again = await onOpen('--fix', 'rearm.skip')
      expect([again.code, again.out]).toEqual([0, 'Nothing to mend: rearm.skip is in order.\n'])
    } finally {
      open.kill('SIGTERM')
      await open.ended
    }
  }, 60_000)

  test('refuses what is for a person to mend', async () => {
    const { code, err } = await onLab('--fix', 'driver.bus')
    expect(code).toBe(2)
    expect(err).toMatch(/NOT_MENDABLE[\s\S]*rearm\.skip, tokens\.store, disk\.locks, mount\.slot/)
  })
})

describe('a server that is not there', () => {
  test('fails by name, and what only it could tell is unknown', async () => {
    const closed = createServer().listen(0, '127.0.0.1')
    await once(closed, 'listening')
    const { port } = closed.address() as AddressInfo
    await new Promise((done) => closed.close(done))
    const { code, out } = await doctor(WORKFLOW, '--inventory', elsewhere(port))
    expect(code).toBe(5)
    expect(out).toMatch(/ PVS02 {2}PVS server\n FAIL {2}server\.reachable +PVS02 cannot be reached/)
    expect(out).toMatch(/\?\?\?\? {2}\d+ checks[\s\S]*Not known for this reason: [\s\S]*privilege\.stream/)
  })

  test('and one that says nothing: Ctrl-C ends it at once', async () => {
    const sockets: Socket[] = []
    const mute = createServer((socket) => void sockets.push(socket.on('error', () => undefined))).listen(0, '127.0.0.1')
    await once(mute, 'listening')
    const child = at.begin('doctor', WORKFLOW, '--inventory', elsewhere((mute.address() as AddressInfo).port))
    await once(mute, 'connection')
    child.kill('SIGINT')
    const { code, out, err } = await child.ended
    for (const socket of sockets) socket.destroy()
    await new Promise((done) => mute.close(done))
    expect([code, out, err]).toEqual([130, '', 'Stopped. Nothing was changed.\n'])
  })
})
