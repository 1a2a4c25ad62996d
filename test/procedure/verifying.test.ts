import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { CloneMemory, HeardMemory, Memory } from '../../src/procedure/memory.ts'
import { hearOn, pageOf } from '../../src/procedure/steps/verify/hear.ts'
import { readRequests } from '../../src/procedure/steps/verify/readRequests.ts'
import { healthy } from '../diagnosis/healthy-look.ts'
import { judged } from './sight.ts'

const WINDOWS = '73111121-5638-40f6-bc11-f1d7b0d64300'
const OFFICE = 'fbdb3e18-a8ef-4fb3-9183-dffd60bd0984'
const cmid = (n: number) => `9e3c0c53-4b1e-4c0f-9ae8-ab9f2a2f4d1${String(n)}`

const clone = (n: number): CloneMemory => ({
  ...{ host: `W11-T0${String(n)}`, canary: `W11-T0${String(n)}`, booted: '2026-10-14T08:00:00.000Z', cmid: cmid(n), status: 1 },
  ...{ kms: 'kms1.hq:1688', windowsIds: [WINDOWS], officeCmids: [], answered: null, count: null },
})
const requestFor = (product: string, id: string) => ({
  ...{ id: 12288, at: '2026-10-14T08:20:00.000Z', record: 1, text: '' },
  fields: ['0x00000000', '0x00000000', 'kms1.hq:1688', id, '2026/10/14 08:20', '1', '2', '41760', product, '5'],
})
const answered = (count: number) => ({
  ...{ id: 12289, at: '2026-10-14T08:21:00.000Z', record: 2, text: '' },
  fields: ['0x00000000', '0x00000000', '1', '0', String(count), '120', '10080', '2026/10/14 08:21'],
})
type Event = ReturnType<typeof requestFor>

function verdict(logs: readonly (readonly Event[])[], more: { memory?: Partial<Memory>; heard?: readonly string[] } = {}) {
  const { plan } = healthy()
  const { heard } = more
  const kmsHostProof = heard !== undefined
  return judged(readRequests, {
    plan: { ...plan, kmsHost: 'KMS1', verify: { ...plan.verify, kmsHostProof } },
    memory: { clones: [clone(1), clone(2)], ...more.memory },
    now: {
      canaries: Object.fromEntries(logs.map((events, index) => [`W11-T0${String(index + 1)}`, { at: '', events }])),
      kms: kmsHostProof ? { KMS1: { at: '', requests: heard.map((one) => ({ cmid: one })) } } : {},
    },
  })
}

describe('what the canaries sent to the KMS host', () => {
  const windows = [1, 2].map((n) => [requestFor(WINDOWS, cmid(n)), answered(40 + n)])

  test('Office with a CMID of its own on each canary is proved, and the count of the host is told', () => {
    const logs = windows.map((events, index) => [...events, requestFor(OFFICE, cmid(index + 5))])
    expect(verdict(logs)).toMatchObject({
      is: 'done',
      because: ['Office asked with a CMID of its own on each of 2 canaries', 'the KMS host counts 42'],
      learn: {
        clones: [
          { officeCmids: [cmid(5)], count: 41 },
          { officeCmids: [cmid(6)], answered: '2026-10-14T08:21:00.000Z' },
        ],
      },
    })
  })

  test('one CMID sent for Office by two canaries fails although those of Windows differ', () => {
    const logs = windows.map((events) => [...events, requestFor(OFFICE, cmid(7).toUpperCase())])
    expect(verdict(logs)).toMatchObject({
      is: 'fail',
      fault: { code: 'DUPLICATE_CMID', details: { canaries: ['W11-T01', 'W11-T02'], cmid: cmid(7) } },
    })
  })

  test('the CMID that Office had before its rearm fails on a single canary', () => {
    const office = { cmidBefore: cmid(8).toUpperCase(), rearmsBefore: 3, rearmed: true, keys: [] }
    const logs = windows.map((events, index) => [...events, requestFor(OFFICE, cmid(8 + index))])
    expect(verdict(logs, { memory: { office } })).toMatchObject({
      is: 'fail',
      fault: { code: 'CMID_UNCHANGED', details: { canary: 'W11-T01' } },
    })
  })

  test('an Office that has asked nothing is told as not provable, where there is an Office', () => {
    const office = {
      cmidBefore: null,
      rearmsBefore: 3,
      rearmed: true,
      keys: [{ product: 'ProPlus2021Volume', lastFive: '6F7TH' }],
    }
    expect(verdict(windows, { memory: { office } }).because[0]).toBe(
      'Office has asked nothing yet on W11-T01, W11-T02: its CMIDs are not provable there before somebody opens it',
    )
    expect(verdict(windows).because).toEqual(['the KMS host counts 42'])
  })

  test('with proof on the KMS host the stage waits until it has logged each canary', () => {
    expect(verdict(windows, { heard: [cmid(1)] })).toMatchObject({
      is: 'retry',
      overdue: { code: 'KMS_HOST_HEARD_NOTHING', details: { host: 'KMS1', canaries: ['W11-T02'] } },
    })
    expect(verdict(windows, { heard: [cmid(2), cmid(1).toUpperCase()] })).toMatchObject({
      is: 'done',
      because: ['the KMS host counts 42', 'KMS1 logged a request of each canary'],
    })
  })

  test('a busy KMS host is read page by page, back to the boot of the first canary, then only what is new', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 60 }),
        fc.nat(500),
        fc.integer({ min: 2, max: 9 }),
        (minutes, own, size) => {
          const start = Date.parse('2026-10-14T08:00:00.000Z')
          const at = (minute: number) => new Date(start + minute * 60_000).toISOString()
          const strange = [...new Set(minutes)].map((minute) => ({ at: at(minute), cmid: cmid(9) }))
          const log = [...strange, { at: at(own), cmid: cmid(1) }].toSorted((a, b) => a.at.localeCompare(b.at))
          let heard: HeardMemory | null = null
          let asked = 0
          for (;;) {
            const { since, until } = pageOf([clone(1)], heard)
            const there = log.filter((one) => one.at >= since && (until === undefined || one.at <= until))
            const requests = there.slice(-size) as never
            const verdict = hearOn('KMS1', { at: '', unread: [], more: there.length >= size, requests }, [clone(1)], heard)
            if (verdict === null) break
            heard = verdict.is === 'retry' ? (verdict.learn?.heard ?? null) : null
            expect(++asked).toBeLessThanOrEqual(log.length)
          }
          expect(asked).toBeLessThanOrEqual(Math.ceil(log.length / (size - 1)))
        },
      ),
    )
  })

  test('what was read of a KMS host is not read again: after the oldest page only what came meanwhile', () => {
    const at = (minute: number) => `2026-10-14T08:${String(minute).padStart(2, '0')}:00.000Z`
    const page = (more: boolean, ...minutes: readonly number[]) => ({
      ...{ at: '', unread: [], more },
      requests: minutes.map((minute) => ({ at: at(minute), cmid: cmid(9) })) as never,
    })
    const heardOf = (seen: ReturnType<typeof page>, before: HeardMemory | null) => {
      const verdict = hearOn('KMS1', seen, [clone(1)], before)
      return verdict?.is === 'retry' ? (verdict.learn?.heard ?? null) : null
    }
    const first = heardOf(page(true, 30, 40), null)
    expect(pageOf([clone(1)], first)).toEqual({ since: '2026-10-14T04:00:00.000Z', until: '2026-10-14T08:30:00.001Z' })
    const last = heardOf(page(false, 20, 30), first)
    expect(pageOf([clone(1)], last)).toEqual({ since: at(35) })
  })

  test('a canary that does not answer is asked again: its silence says nothing', () => {
    expect(verdict(windows.slice(0, 1))).toMatchObject({ is: 'retry', waitingFor: 'the canary W11-T02 to answer' })
  })
})
