import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { kmsReport } from '../../src/kms/report-shape.ts'
import { cmid, eventXml, OFFICE, request } from '../kms/events.ts'
import { presetFarm } from '../../src/lab/farm-file/presets.ts'
import { startLab } from '../../src/lab/lab.ts'
import { desk, EXAMPLE, expectScreen, type Desk } from './vdiskprep.ts'

const DAY = 86_400_000
const BEGIN = Date.parse('2026-09-01T08:00:00Z')

/** Sixty days of a host: 30 machines that renew weekly, ten clones that share a CMID from day 40 on, one that was not seen since day 3. */
function log(): string {
  const events = Array.from({ length: 60 }, (_, day) => {
    const at = BEGIN + day * DAY
    const renewing = Array.from({ length: 30 }, (__, n) => n)
      .filter((n) => n % 7 === day % 7)
      .map((n) => request({ at: at + n, client: `pc-${n}.contoso.com`, cmid: cmid(n), status: 1 }))
    const office =
      day % 7 === 0 ? [request({ at, client: 'pc-7.contoso.com', cmid: cmid(7), activationId: OFFICE, minimum: 5 })] : []
    const clones =
      day < 40 ? [] : [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => request({ at: at + n, client: `W11-T0${n}`, cmid: cmid(500) }))
    const gone = day === 3 ? [request({ at, client: 'old-1', cmid: cmid(600) })] : []
    const refused = day === 50 ? [request({ at, client: 'srv25', cmid: cmid(700), code: '0xC004F042', minimum: 5 })] : []
    return [...renewing, ...office, ...clones, ...gone, ...refused].map((one) => `${eventXml(one)}\r\n`).join('')
  })
  return `${events.join('')}<Event xmlns='cut`
}

let own: Desk
beforeAll(async () => {
  own = await desk()
  writeFileSync(join(own.home, 'kms.xml'), `\uFEFF${log()}`, 'utf16le')
})
afterAll(() => own.clear())

describe('kms report', () => {
  test('the shared CMID stands first, on a screen of 80 columns', async () => {
    const { out, code } = await own.vdp('kms', 'report', 'kms.xml')
    expect(code).toBe(0)
    expectScreen('kms-report', out, own.home)
  })

  test('JSON has the promised form; the table of requests is read back to the same report; page and table are written', async () => {
    const { out } = await own.vdp(
      'kms',
      'report',
      'kms.xml',
      '--json',
      '--events',
      'all.csv',
      '--html',
      'r.html',
      '--csv',
      'r.csv',
    )
    const report = kmsReport.parse(JSON.parse(out))
    expect([report.shared.length, report.shared[0]?.machines, report.read.damaged]).toEqual([1, 10, 1])
    expect(readFileSync(join(own.home, 'r.csv'), 'utf8').trim().split('\r\n').length).toBe(report.cmids + 1)
    expect(readFileSync(join(own.home, 'r.html'), 'utf8')).toContain('One CMID is used by several machines')
    const again = kmsReport.parse(JSON.parse((await own.vdp('kms', 'report', 'all.csv', '--json')).out))
    expect({ ...again, sources: [], read: {} }).toEqual({ ...report, sources: [], read: {} })
    const over = await own.vdp('kms', 'report', 'all.csv', '--events', './all.csv')
    expect([over.code, readFileSync(join(own.home, 'all.csv'), 'utf8').length > 1000]).toEqual([2, true])
  })

  test('a log in binary form is answered with the command that exports it', async () => {
    writeFileSync(join(own.home, 'kms.evtx'), 'ElfFile\0')
    const { err, code } = await own.vdp('kms', 'report', 'kms.evtx')
    expect(code).toBe(2)
    expect(err).toContain('wevtutil qe kms.evtx /lf:true /f:xml > kms.xml')
  })

  test('a file without a request says so', async () => {
    writeFileSync(join(own.home, 'other.xml'), eventXml(request(), 'one', 12_294))
    const { err, code } = await own.vdp('kms', 'report', 'other.xml')
    expect([code, err]).toEqual([2, expect.stringMatching(/KMS_NO_REQUESTS.*1\s+other events/s)])
  })

  test('the KMS host of a lab is asked itself, page by page: its log names as many as it has counted, each request once', async () => {
    const farm = readFileSync(join(own.home, EXAMPLE, 'lab.yaml'), 'utf8').replace('count: 41', 'count: 1500')
    writeFileSync(join(own.home, 'many.yaml'), farm)
    const { out } = await own.vdp('kms', 'report', '--lab', 'many.yaml', '--json')
    const { pools, read, editions } = kmsReport.parse(JSON.parse(out))
    expect(pools.map(({ host, pool, cmids }) => [host, pool, cmids])).toEqual([
      ['KMS1', 'windows', 1500],
      ['KMS1', 'office', 9],
    ])
    expect(editions.map(({ machines }) => machines)).toEqual([1500, 9])
    expect(read).toMatchObject({ repeated: 0, damaged: 0 })
    expect(read.requests).toBeGreaterThan(2 * 5000)
  })

  test('a KMS host whose clock is ahead of ours loses no machine that has just asked', async () => {
    const lab = await startLab(presetFarm({ os: 'windows-11-23h2', office: 'ltsc-2024' }))
    try {
      Object.assign(lab.model.kms, { clockOffsetMs: 3 * 3_600_000, others: { windows: 1500, office: 9 } })
      const { out } = await own.vdp('kms', 'report', '--inventory', lab.files.inventory, '--json')
      const { pools } = kmsReport.parse(JSON.parse(out))
      expect(pools.map(({ cmids }) => cmids)).toEqual([1500, 9])
    } finally {
      await lab.close()
    }
  })
})
