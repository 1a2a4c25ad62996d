import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { compare } from '../../../src/procedure/drift/compare.ts'
import { recordOf, SUBJECTS, type SealRecord, type Subject } from '../../../src/procedure/drift/seal-record.ts'
import { driftLines } from '../../../src/ui/cli/screens/drift.ts'
import { emptyMemory } from '../../../src/procedure/memory.ts'
import type { Stamped } from '../../../src/procedure/fold.ts'
import { healthy, windowsProduct } from '../../diagnosis/healthy-look.ts'

const subjects = Object.keys(SUBJECTS) as Subject[]
const list = fc.option(
  fc.uniqueArray(fc.constantFrom('a', 'b', 'c')).map((texts) => texts.toSorted()),
  { nil: null },
)
const record = fc.record(Object.fromEntries(subjects.map((subject) => [subject, list]))) as fc.Arbitrary<SealRecord>
const isCmid = (subject: Subject) => subject === 'windowsCmids' || subject === 'officeCmids'

describe('what has drifted', () => {
  test('is unknown exactly where one side recorded nothing, and changed where the lists differ; CMIDs apart', () => {
    fc.assert(
      fc.property(record, record, (then, now) => {
        const drifts = compare(then, now)
        const noOffice = then.office?.length === 0 && now.office?.length === 0
        const wantedOnes = subjects.filter((subject) => subject !== 'officeCmids' || !noOffice)
        expect(drifts.map(({ subject }) => subject).toSorted()).toEqual(wantedOnes.toSorted())
        for (const { subject, is } of drifts) {
          const [was, has] = [then[subject], now[subject]]
          const wanted = was === null || has === null ? 'unknown' : was.join() === has.join() ? 'same' : 'changed'
          if (!isCmid(subject) || wanted === 'unknown') expect(is).toBe(wanted)
        }
      }),
    )
  })

  test('is nothing between a record and itself, and what has changed comes first', () => {
    fc.assert(fc.property(record, (one) => compare(one, one).every(({ is }) => is === 'same' || is === 'unknown')))
    fc.assert(
      fc.property(record, record, (then, now) => {
        const order = compare(then, now).map(({ is }) => ['changed', 'unknown', 'expected', 'same'].indexOf(is))
        expect(order).toEqual(order.toSorted((one, other) => one - other))
      }),
    )
  })

  test('has no CMIDs of Office where neither look found an Office, and keeps them where one did', () => {
    const without = { ...withCmids('T01 c1'), office: [] }
    const of = (then: SealRecord, now: SealRecord) => compare(then, now).map(({ subject }) => subject)
    expect(of(without, without)).not.toContain('officeCmids')
    expect(of(without, { ...without, office: ['ProPlus'] })).toContain('officeCmids')
  })

  test('says of CMIDs that were drawn anew that it has to be so', () => {
    const drifts = compare(withCmids('T01 c1'), withCmids('T01 n1'))
    const screen = { width: 120, paint: (_style: unknown, text: string) => text }
    const told = driftLines('W11', { run: '8k2', at: 0, version: null }, drifts, screen).join('\n')
    expect(told).toMatch(/new {6}CMIDs of Windows {2}as it has to be: each clone draws its own/)
  })

  const withCmids = (...windowsCmids: readonly string[]): SealRecord => ({
    ...(Object.fromEntries(subjects.map((subject) => [subject, null])) as unknown as SealRecord),
    windowsCmids,
  })
  test.each([
    ['other CMIDs of their own', ['T01 n1', 'T02 n2'], 'expected'],
    ['the same ones on the same canaries', ['T01 c1', 'T02 c2'], 'same'],
    ['one that another canary had', ['T01 n1', 'T02 c1'], 'changed'],
    ['the one of the image before its rearm', ['T01 n1', 'T02 before'], 'changed'],
  ])('is, of canaries with %s: %3$s', (_title, now, is) => {
    const [first] = compare(withCmids('T01 c1', 'T02 c2'), withCmids(...now), ['before', null]).filter(
      ({ then }) => then !== null,
    )
    expect(first).toMatchObject({ subject: 'windowsCmids', is })
  })
})

describe('what a journal recorded of a vDisk', () => {
  const looked = (place: string, facts: unknown) =>
    ({ event: { type: 'looked', place, facts, missing: {} } }) as unknown as Stamped
  const { plan, target, disk } = healthy()
  const clone = (description: string) => ({
    ...target,
    office: undefined,
    os: undefined,
    windowsLicense: { ...target.windowsLicense, products: [windowsProduct({ description, partialKey: 'AAAAA' })] },
  })

  test('is what its canaries showed, and what they did not show as the prep device had it last', () => {
    const lines = [
      looked('createVDisk.inspect', { target }),
      looked('rearmWindows.rearmWindows', {
        target: { windowsLicense: { query: { answers: false, code: '0xC004D302', message: '' } } },
      }),
      looked('sealVDisk.confirmSeal', { disk: { ...disk, disk: { ...disk.disk, licenseMode: 2 } }, servers: {} }),
      looked('verify.watchCanaries', { canaries: { 'W11-T01': clone('Windows, VOLUME_MAK channel') }, devices: {} }),
      looked('verify.readRequests', { canaries: { 'W11-T01': { at: 'x', events: [] } }, images: {} }),
    ]
    expect(recordOf(lines, plan, emptyMemory)).toEqual({
      ...{
        licenseMode: ['KMS'],
        build: ['Windows 11 Enterprise (build 22631)'],
        windowsKey: ['...AAAAA'],
        channel: ['VOLUME_MAK'],
      },
      ...{ licence: ['licensed'], kms: ['kms1.hq:1688'], office: ['ProPlus2021Volume', 'VisioPro2021Volume'], officeKeys: [] },
      ...{ windowsCmids: null, officeCmids: null },
    })
  })

  test('is nothing of what another form of the facts says, and nothing at all of an empty journal', () => {
    const odd = [
      looked('createVDisk.inspect', { target: { os: { caption: 7 }, windowsLicense: 'none', office: [] }, disk: { disk: {} } }),
    ]
    for (const lines of [[], odd])
      expect(Object.values(recordOf(lines, plan, emptyMemory)).every((one) => one === null)).toBe(true)
  })
})
