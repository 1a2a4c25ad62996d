import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { kmsReport } from '../../src/kms/report-shape.ts'
import { fold, type Stamped } from '../../src/procedure/fold.ts'
import { emptyView } from '../../src/procedure/view-changes.ts'
import { comparison } from '../../src/report/compare/compare-shape.ts'
import { lackingOf } from '../../src/report/passport/lacking.ts'
import { passport as schema, type Passport } from '../../src/report/passport/passport-shape.ts'
import { passportOf } from '../../src/report/passport/passport.ts'
import { passportIn } from '../../src/report/passport/render.ts'
import { closeLabs } from '../run/harness.ts'
import { lookAt, noBrowser } from './browser.ts'
import { linesOf, MARKUP, ofRealFarm, SECRET, toldRuns, typed, WHOLE_KEY, type ToldRuns } from './told-runs.ts'

let told: ToldRuns
let lines: Readonly<Record<'verified' | 'aborted' | 'unverified', readonly Stamped[]>>
let folder = ''
const at = (name: string) => join(folder, name)

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vdp-report-'))
  told = await toldRuns()
  const of = (run: ToldRuns['verified']) => linesOf(told.farm, run)
  lines = { verified: await of(told.verified), aborted: await of(told.aborted), unverified: await of(told.unverified) }
  const forms = ['--html', at('v.html'), '--md', at('v.md'), '--junit', at('v.xml'), '--json']
  writeFileSync(at('v.json'), (await vdp('report', told.verified.id, ...forms)).out)
  await vdp('report', told.aborted.id, '--html', at('aborted.html'))
  await vdp('report', '--compare', told.verified.id, told.unverified.id, '--html', at('c.html'))
  await vdp('report', '--fleet', '--html', at('f.html'), '--md', at('f.md'))
}, 120_000)

afterAll(async () => {
  await closeLabs()
  rmSync(folder, { recursive: true, force: true })
})

const passportOfRun = (which: keyof typeof lines): Passport => passportOf(told[which].id, lines[which], 'test')

/** The command line in this process, on the store of the runs. */
async function vdp(...args: readonly string[]) {
  return await typed(told.farm.composition, ...args, '--store', told.farm.storeFile)
}

describe('the passport of a verified run', () => {
  test('says what really happened, by the ledger of the farm', () => {
    const { rearms, cmids, keys, vdisk, order, path, kms } = passportOfRun('verified')
    const master = told.farm.ledger(told.farm.names.master)
    expect([rearms.office.asked, rearms.windows.asked]).toEqual([1, 1])
    expect(master.rearms.map(({ product }) => product)).toEqual(['Office', 'Windows'])
    expect(rearms.windows.before).toBe(1001)
    expect(rearms.windows.after).toMatchObject([
      { value: 1000, host: 'W11-T01' },
      { value: 1000, host: 'W11-T02' },
    ])
    expect(rearms.office.before).toBe(5)
    expect(rearms.office.after.filter(({ value }) => value !== 4)).toEqual([])
    expect(new Set([cmids.windowsBefore, ...cmids.clones.map(({ windowsCmid }) => windowsCmid)]).size).toBe(3)
    expect(cmids.clones.every(({ licensed, count }) => licensed && count !== null)).toBe(true)
    expect(kms).toEqual({ activatedBy: 'kms1.hq:1688', activation: 'licensed' })
    expect(keys.map(({ lastFive }) => lastFive)).toEqual(['2YT43', '6F7TH', 'K2HT4'])
    expect(vdisk).toMatchObject({ guid: told.farm.disk.guid, version: { number: 0, known: 'streamed by every canary' } })
    expect(order?.steps).toBe('6-7-5')
    expect(path.slice(4, 8)).toEqual(['activateWindows', 'installOfficeKey', 'rearmOffice', 'rearmWindows'])
    expect(path.at(-1)).toBe('verified')
  })

  test('names every person with the question, the way and the reason, and what became of the hold', () => {
    const { decisions, troubles, agreed } = passportOfRun('verified')
    expect(decisions).toMatchObject([
      { by: { login: 'maria' }, answers: 'hold: SKIP_REARM_SET', option: 'remove-skip-rearm' },
      { by: { login: 'jonas' }, answers: 'approval: rearm Windows', decision: 'approve' },
    ])
    expect(troubles.find(({ is }) => is === 'held')).toMatchObject({
      code: 'SKIP_REARM_SET',
      says: expect.stringContaining('SkipRearm is 1'),
      end: { says: expect.stringContaining('both rearms can be made') },
    })
    expect(agreed).toMatchObject([
      { what: 'the check target.address is waived' },
      { what: 'rearmWindows needs an approval of another person', why: 'four eyes' },
    ])
  })

  test('gives every fact that decided its hosts and times, and the values with the line that holds them', () => {
    const { evidence, readings, agents } = passportOfRun('verified')
    const local = evidence.filter(({ hosts }) => hosts.length === 0).map(({ place }) => place)
    expect(local.filter((place) => !/\.(before|after)$/.test(place))).toEqual([])
    expect(evidence.find(({ place }) => place === 'verify.watchCanaries')?.hosts.map(({ host }) => host)).toContain('W11-T02')
    const mode = readings.filter(({ what }) => what === 'W11-Office: LicenseMode')
    expect(mode.map(({ value }) => value)).toEqual(['0', '2'])
    for (const { seq } of mode) expect(lines.verified[seq - 1]?.event.type).toBe('looked')
    expect(agents.find(({ host }) => host === 'PVS01')?.bundle).toMatch(/^[0-9a-f]{64}$/)
  })

  test('of a simulated farm is no proof, in its first line; of a real one it is', () => {
    expect(passportOfRun('verified')).toMatchObject({
      proof: false,
      says: expect.stringMatching(/^PRACTICE on a simulated farm/),
    })
    expect(passportOf(told.verified.id, ofRealFarm(lines.verified), 'test')).toMatchObject({
      proof: true,
      kind: 'passport',
      says: 'VERIFIED: two canaries drew distinct CMIDs',
    })
  })
})

describe('a run that proved nothing', () => {
  test('but sealed has a passport that denies the proof in its first line', () => {
    const data = passportOf(told.unverified.id, ofRealFarm(lines.unverified), 'test')
    expect(data).toMatchObject({
      kind: 'unverified',
      proof: false,
      says: expect.stringMatching(/^NOT VERIFIED: .*skipped by jonas/),
    })
    expect(data.cmids.clones).toEqual([])
    expect(data.rearms.windows).toEqual({ before: 1000, after: [], asked: 0 })
    expect(data.cmids.windowsBefore).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('and is held has a report that names the hold', () => {
    const end = lines.verified.findIndex(({ event }) => event.type === 'held') + 1
    const data = passportOf(told.verified.id, ofRealFarm(lines.verified).slice(0, end), 'test')
    expect(data).toMatchObject({
      kind: 'report',
      says: expect.stringMatching(/^NO PASSPORT: the run is held: SKIP_REARM_SET: .*SkipRearm is 1/),
    })
    expect(data.troubles.at(-1)).toMatchObject({ is: 'held', end: null })
  })

  test('and was aborted has a report', () => {
    const data = passportOf(told.aborted.id, ofRealFarm(lines.aborted), 'test')
    expect(data).toMatchObject({ kind: 'report', proof: false, says: 'NO PASSPORT: the run was aborted: a person ended the run' })
    const page = readFileSync(at('aborted.html'), 'utf8')
    expect(page).toContain('<h1>Run report, no passport: W11-Office</h1>')
    expect(page).not.toContain('Licence passport')
    expect(page).toContain('Missing for a proof: a run of this vDisk that ends verified.')
  })

  test('says what is missing, what that means and what to type, in every form', async () => {
    const { unverified, aborted } = told
    const { out } = await vdp('report', unverified.id, '--md', at('u.md'), '--junit', at('u.xml'), '--html', at('u.html'))
    expect(out.replaceAll(/\s+/g, ' ')).toMatch(
      /missing two canaries, .* means The vDisk is sealed\. .* Next: vdiskprep verify \S+w/,
    )
    for (const name of ['u.md', 'u.xml', 'u.html'])
      expect([name, readFileSync(at(name), 'utf8')]).toEqual([
        name,
        expect.stringMatching(/Missing for a proof: two canaries[^]*Next: vdiskprep verify /),
      ])
    expect((await vdp('report', aborted.id)).out).toMatch(
      /means +This run changed nothing on any host[^]*Next: {2}vdiskprep plan /,
    )
  })

  test('and is held says what the hold means for the vDisk, and where to decide', () => {
    const end = lines.verified.findIndex(({ event }) => event.type === 'held') + 1
    const data = passportOf(told.verified.id, ofRealFarm(lines.verified).slice(0, end), 'test')
    expect(lackingOf(data)).toMatchObject({
      missing: expect.stringMatching(/^the end of the run: it stands at step 7, /),
      next: [{ type: `vdiskprep status ${told.verified.id}` }],
    })
    expect(lackingOf(passportOf(told.verified.id, ofRealFarm(lines.verified), 'test'))).toBeNull()
  })

  test('at any line of any journal claims no more than its fold, and never throws', () => {
    const all = Object.values(lines).map(ofRealFarm)
    const ended = all.map((one) => one.length)
    const somewhere = fc.constantFrom(...all).chain((one) => fc.record({ one: fc.constant(one), end: fc.nat(one.length) }))
    const holds = ({ one, end }: { one: readonly Stamped[]; end: number }) => {
      const [prefix, run] = [one.slice(0, end), one[0]?.run ?? '']
      const view = prefix.reduce(fold, emptyView(run))
      const data = schema.parse(passportOf(run, prefix, 'test'))
      expect(data.proof).toBe(view.state === 'ended' && view.outcome === 'verified')
      expect(data.says.startsWith('VERIFIED')).toBe(data.proof)
      if (!ended.includes(end)) expect(data.kind).toBe('report')
      expect(data.journal).toEqual({ run, lines: end, head: prefix.at(-1)?.hash ?? '' })
      expect(data.cmids.clones.map(({ windowsCmid }) => windowsCmid)).toEqual(view.memory.clones.map(({ cmid }) => cmid))
      expect([data.rearms.windows.before, null]).toContain(view.memory.windows.rearmsBefore)
      expect(data.decisions.length).toBe(view.decisions.length)
      expect(lackingOf(data) === null).toBe(data.proof)
      for (const { seq } of [...data.evidence, ...data.readings, ...data.troubles]) expect(seq).toBeLessThanOrEqual(end)
    }
    for (const one of all) holds({ one, end: one.length })
    fc.assert(fc.property(somewhere, holds), { numRuns: 40 })
  })
})

describe('the forms of a report', () => {
  test('hold no secret, no whole key and no markup of others', () => {
    const texts = ['v.html', 'v.md', 'v.xml', 'v.json'].map((name) => readFileSync(at(name), 'utf8'))
    for (const text of texts) {
      expect(text).not.toContain(SECRET)
      expect(text).not.toContain(WHOLE_KEY)
      expect(text.includes(MARKUP) && !text.startsWith('{')).toBe(false)
    }
    expect(texts[0]).toContain('key ...T83GX &lt;script&gt;alert(1)')
    expect(texts[0]).not.toMatch(/<script|<img|https?:\/\/(?!www\.w3\.org)/)
    expect(texts[1]).toContain('&lt;script\\>alert(1)')
    expect(statSync(at('v.html')).size).toBeLessThan(500_000)
  })

  test('as HTML and as JSON hold the same data', () => {
    const html = passportIn(readFileSync(at('v.html'), 'utf8'))
    const json = passportIn(readFileSync(at('v.json'), 'utf8'))
    expect([html?.form, json?.form]).toEqual(['html', 'json'])
    expect(html?.data).toEqual(json?.data)
  })

  test('as JUnit fail where the run proved nothing', async () => {
    for (const [which, failures] of [
      ['verified', 0],
      ['unverified', 1],
      ['aborted', 2],
    ] as const) {
      await vdp('report', told[which].id, '--junit', at('j.xml'))
      const counted = { testcase: 0, failure: 0, skipped: 0 }
      const parser = new SaxesParser()
      parser.on('opentag', ({ name }) => {
        if (name in counted) counted[name as keyof typeof counted] += 1
      })
      const text = readFileSync(at('j.xml'), 'utf8')
      parser.write(text).close()
      expect([which, counted.failure]).toEqual([which, failures])
      expect(text).toContain(
        `tests="${String(counted.testcase)}" failures="${String(failures)}" errors="0" skipped="${String(counted.skipped)}"`,
      )
    }
  })

  test('on the screen say the first line, the counters and where it was written', async () => {
    const { out } = await vdp('report', told.verified.id, '--html', at('v.html'))
    expect(out).toMatch(/^PRACTICE on a simulated farm, verified there: two canaries/)
    expect(out).toContain('Windows 1001 before, one rearm begun; 1000 after, read on W11-T01,')
    expect(out).toMatch(/Office 5 before, one rearm begun; (after: not recorded|4 after, read on)/)
    expect(out).toContain(`vdiskprep audit verify ${at('v.html')}`)
    expect(out.split('\n').filter((line) => line.replaceAll(folder, '').length > 80 && !line.includes(' vdiskprep '))).toEqual([])
  })
})

describe('audit verify of a passport', () => {
  test('finds both forms to be what the journal says, also after redaction', async () => {
    for (const name of ['v.html', 'v.json']) {
      const { code, out } = await vdp('audit', 'verify', at(name))
      expect([name, code]).toEqual([name, 0])
      expect(out).toMatch(/^intact {2}.*: it is what the[^]*It says: +PRACTICE on a simulated farm/)
    }
  })

  test('names what was altered in the data, and a page that says other than its data', async () => {
    const json = readFileSync(at('v.json'), 'utf8')
    writeFileSync(at('x.json'), json.replace('"before":1001', '"before":1002'))
    const data = await vdp('audit', 'verify', at('x.json'))
    expect([data.code, data.out]).toEqual([8, expect.stringContaining('rearms.windows.before says 1002, the journal says 1001')])

    writeFileSync(at('x.json'), json.replaceAll(/the KMS host counts \d+/g, 'the KMS host counts 9999'))
    const facts = (await vdp('audit', 'verify', at('x.json'))).out.replaceAll(/\s+/g, ' ')
    expect(facts).toMatch(/^ALTERED .*step 9, prove it on canaries: it says "the KMS host counts 9999"/)
    expect(facts).toMatch(/"Facts that decided", 20[\d-]+ [\d:]+ verify\.\w+: it says "the KMS host counts 9999"/)

    writeFileSync(
      at('x.html'),
      readFileSync(at('v.html'), 'utf8').replace('PRACTICE on a simulated farm, verified there', 'VERIFIED'),
    )
    const page = await vdp('audit', 'verify', at('x.html'))
    expect([page.code, page.out]).toEqual([8, expect.stringContaining('the page: what a person reads on it')])

    writeFileSync(at('y.json'), json.replace(/"head":"[0-9a-f]{4}/, '"head":"0000'))
    const other = await vdp('audit', 'verify', at('y.json'))
    expect(other).toMatchObject({ code: 8, out: expect.stringMatching(/another one than[^]*cannot be told/) })
  })

  test('takes several; says which side was changed, what opened the vDisk later, and on what it rests', async () => {
    writeFileSync(at('bad.json'), readFileSync(at('v.json'), 'utf8').replace('"before":1001', '"before":1002'))
    const { code, out } = await vdp('audit', 'verify', at('v.html'), at('bad.json'))
    const [good, bad] = out.replaceAll(/\s+/g, ' ').split('ALTERED ')
    expect([code, good]).toEqual([8, expect.stringContaining(`opened or sealed this vDisk: ${told.unverified.id}, begun on 20`)])
    expect(bad).toMatch(/is whole \(\d+ events\) .*so the page was changed.*in one place alone: .*page claims.*not signed\. $/)
    const { out: found } = await vdp('audit', 'verify', at('bad.json'), '--json')
    expect(JSON.parse(found)).toMatchObject({ is: 'altered', changed: 'page', differs: 1, later: null })
  })

  test('of another version decides only what it can: the same data are intact, others a person has to compare', async () => {
    const json = readFileSync(at('v.json'), 'utf8').replace('"program":"test"', '"program":"0.0.1"')
    writeFileSync(at('old.json'), json)
    expect((await vdp('audit', 'verify', at('old.json'))).code).toBe(0)
    writeFileSync(at('old.json'), json.replace('"asked":1', '"asked":2'))
    expect(await vdp('audit', 'verify', at('old.json'))).toMatchObject({
      code: 4,
      out: expect.stringContaining('version 0.0.1 wrote it'),
    })
  })

  test('refuses what is no passport, and one whose run is not in this store', async () => {
    expect(await vdp('audit', 'verify', at('v.md'))).toMatchObject({ code: 2, err: expect.stringContaining('FILE_NOT_READ') })
    const json = readFileSync(at('v.json'), 'utf8')
    writeFileSync(at('away.json'), json.replace(`"run":"${told.verified.id}"`, '"run":"zzzzz"'))
    expect(await vdp('audit', 'verify', at('away.json'))).toMatchObject({ code: 2, err: expect.stringContaining('UNKNOWN_RUN') })
  })
})

describe('several runs', () => {
  test('side by side show what differs first, and nothing of one and the same', async () => {
    const same = await vdp('report', '--compare', told.verified.id, 'W11-Office@0', '--json')
    expect(comparison.parse(JSON.parse(same.out))).toMatchObject({
      one: { run: told.verified.id },
      other: { run: told.unverified.id },
    })
    expect((await vdp('report', told.verified.id, '--compare', told.verified.id)).out).toMatch(/ 0 differ, \d+ are the same/)
    const other = await vdp('report', '--compare', told.verified.id, told.unverified.id)
    expect(other.out.split('\n').filter((line) => line.length > 80)).toEqual([])
    expect(other.out).toMatch(/what it proves\n {3}A {2}PRACTICE[\s\S]*kind\n {3}A {2}passport\n {3}B {2}unverified/)
    expect(readFileSync(at('c.html'), 'utf8')).toContain('What differs')
    expect((await vdp('report', '--compare', told.verified.id)).code).toBe(2)
    expect((await vdp('report', told.verified.id, '--fleet')).code).toBe(2)
  })

  test('as a fleet show each vDisk with its last passport and the rearms that are left', async () => {
    const { out } = await vdp('report', '--fleet', '--json')
    expect(JSON.parse(out)).toMatchObject({
      runs: 3,
      vdisks: [
        {
          name: 'W11-Office',
          guid: told.farm.disk.guid,
          passport: { run: told.verified.id },
          changedBy: told.unverified.id,
          last: { run: told.unverified.id, kind: 'unverified' },
          rearms: { windows: { value: 1000, nearEnd: false }, office: { value: 4 } },
        },
      ],
    })
    const screen = await vdp('report', '--fleet')
    expect(screen.out).toMatch(/^ W11-Office .* 1000\/4 .*CHANGED SINCE by /m)
    expect(screen.out.split('\n').filter((line) => line.replaceAll(folder, '').length > 80)).toEqual([])
    expect(readFileSync(at('f.md'), 'utf8')).toContain('1 vDisk, 0 without a passport, 1 changed since, 0 near the end')
  })
})

describe('kms report', () => {
  test('tells which run met a shared CMID and which silent machines serve runs; without a store it stands alone', async () => {
    const { cmids } = passportOfRun('verified')
    const [clone] = cmids.clones
    const asked = (day: string, client: string, cmid: string, record = 1) =>
      `${day}T08:00:00Z,KMS1,${String(record)},0x00000000,25,${client},${cmid},,,1,,73111121-5638-40f6-bc11-f1d7b0d64300`
    const table = [
      'at,host,record,code,minimum,client,cmid,clientTime,virtual,status,minutes,activationId',
      asked('2026-08-01', String(clone?.canary), '00000000-0000-4000-8000-000000000001'),
      ...['D-01', 'D-02'].map((client, at) => asked('2026-10-01', client, String(clone?.windowsCmid), at + 2)),
    ]
    writeFileSync(at('asked.csv'), `${table.join('\r\n')}\r\n`)
    const flat = async (...args: string[]) => (await vdp('kms', 'report', at('asked.csv'), ...args)).out.replaceAll(/\s+/g, ' ')
    const { id } = told.verified
    const seen = await flat()
    expect(seen).toContain(`seen in run ${id}, vDisk W11-Office: drawn by ${String(clone?.canary)}; not among these 2 machines: `)
    expect(seen).toMatch(new RegExp(`2026-08-01 ${String(clone?.canary)}, canary of W11-Office \\(run \\w+\\)`))
    expect(seen).toContain(`vdiskprep show ${id}`)
    const { shared, unseen } = kmsReport.parse(JSON.parse(await flat('--json', '--html', at('k.html'))))
    expect(shared[0]?.seenIn).toMatchObject({ run: id, vdisk: 'W11-Office', says: `drawn by ${String(clone?.canary)}` })
    expect(unseen[0]?.role).toMatch(/^canary of W11-Office \(run \w+\)$/)
    expect(readFileSync(at('k.html'), 'utf8')).toContain(`seen in run ${id}, vDisk W11-Office: drawn by ${String(clone?.canary)}`)

    writeFileSync(at('damaged.db'), 'no database')
    const composition = { ...told.farm.composition, openStore: () => told.farm.composition.openStore(at('damaged.db'), true) }
    const alone = await typed(composition, 'kms', 'report', at('asked.csv'))
    expect([alone.code, alone.out]).toEqual([0, expect.not.stringContaining('seen in run')])
  })
})

describe('a page in Chromium', () => {
  const pages = process.env['VDISKPREP_DEEP'] === '1' ? ['v.html', 'aborted.html', 'f.html', 'c.html'] : ['v.html']
  const looked = noBrowser === null ? test : test.skip
  looked.each(pages)(
    `%s: axe finds nothing serious in light and dark, no network, no console, it prints${noBrowser === null ? '' : ` (skipped: ${noBrowser})`}`,
    async (name) => {
      const { findings, console, requests, tooWide, pdf } = await lookAt(at(name))
      expect({ findings, console, requests, tooWide }).toEqual({ findings: [], console: [], requests: [], tooWide: 0 })
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    },
    60_000,
  )
})

describe('an altered journal', () => {
  test('bears no report, and its passport no longer holds', async () => {
    const db = new DatabaseSync(told.farm.storeFile)
    db.prepare(
      `update journal set body = replace(body, '"login":"jonas"', '"login":"maria"') where run = ? and type = 'decided'`,
    ).run(told.verified.id)
    db.close()
    expect(await vdp('report', told.verified.id)).toMatchObject({ code: 8, err: expect.stringContaining('JOURNAL_BROKEN') })
    const { code, out } = await vdp('audit', 'verify', at('v.html'))
    expect([code, out]).toEqual([8, expect.stringMatching(/the journal of run \w+: event \d+: its content/)])
  })
})
