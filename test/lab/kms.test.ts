import { describe, expect, test } from '@jest/globals'
import { countOf } from '../../src/lab/model/kms-host.ts'
import { DAY, stage } from './stage.ts'

const w11 = { os: 'windows-11-23h2', office: 'ltsc-2021' } as const

describe('KMS', () => {
  test('machines with one CMID count as one, others count each, and all are forgotten after thirty days', async () => {
    const shared = stage({ ...w11, world: { cmid: 'prep-order' }, faults: [{ fault: 'prep-does-nothing' }] })
    const distinct = stage(w11)
    const counts = []
    for (const farm of [shared, distinct]) {
      await farm.prepare()
      await farm.bootCanaries()
      for (const canary of ['W11-T01', 'W11-T02']) await farm.ask(canary, 'Invoke-VdpWindowsActivation', {})
      counts.push(countOf(farm.farm.kms, 'windows', farm.clock.now()) - 41)
      for (const name of ['W11-T01', 'W11-T02']) await farm.ask(name, 'Stop-VdpComputer', { reason: 'test' })
      await farm.pass(31 * DAY)
      expect(countOf(farm.farm.kms, 'windows', farm.clock.now())).toBe(41)
    }
    expect(counts).toEqual([1, 2])
  })

  test.each([
    ['windows-11-23h2', 23, '0xC004F038'],
    ['windows-11-23h2', 24, null],
    ['server-2022', 3, '0xC004F038'],
    ['server-2022', 4, null],
  ] as const)('%s with %i other machines counted: %s', async (os, others, code) => {
    const farm = stage({ os, faults: [{ fault: 'below-threshold', value: others }] })
    await farm.open()
    const facts = await farm.ask(farm.cast.master.name, 'Invoke-VdpWindowsActivation', {})
    expect(facts.code).toBe(code)
    expect(facts.after.products).toMatchObject([{ status: code === null ? 1 : 2 }])
    const { events } = await farm.ask(farm.cast.master.name, 'Get-VdpActivationEvents', {
      since: new Date(0).toISOString(),
      ids: [12289],
    })
    expect(events[0]?.fields.slice(1, 5)).toEqual([
      code === null ? '0x00000000' : '0x04000000',
      code === null ? '1' : '0',
      '0',
      String(others + 1),
    ])
  })

  test('more than four hours of clock difference surface as 0xC004F074, with 0xC004F06C inside event 12288', async () => {
    const farm = stage({ ...w11, faults: [{ fault: 'clock-skew', value: 5 }] })
    await farm.open()
    expect((await farm.ask('W11-MASTER', 'Invoke-VdpWindowsActivation', {})).code).toBe('0xC004F074')
    const { events } = await farm.ask('W11-MASTER', 'Get-VdpActivationEvents', {
      since: new Date(0).toISOString(),
      ids: [12288, 12289],
    })
    expect(events.map((one) => [one.id, one.fields[0]])).toEqual([[12288, '0xC004F06C']])
    const { probes } = await farm.ask('W11-MASTER', 'Test-VdpKmsReachability', { host: null, port: null })
    expect(probes).toMatchObject([{ host: 'kms1.hq', open: true, clockSkewSeconds: 5 * 3600 }])
  })

  test.each([
    ['kms-down', '0xC004F074'],
    ['no-srv-record', '0x8007232B'],
  ])('%s: the activation says %s', async (fault, code) => {
    const farm = stage({ ...w11, faults: [{ fault }] })
    await farm.open()
    expect((await farm.ask('W11-MASTER', 'Invoke-VdpWindowsActivation', {})).code).toBe(code)
  })

  test('a host set by hand overrides DNS, and clearing it clears the port too', async () => {
    const farm = stage({ ...w11, faults: [{ fault: 'no-srv-record' }] })
    await farm.open()
    const { after } = await farm.ask('W11-MASTER', 'Set-VdpKmsHost', { machine: 'kms1.hq', port: 1688 })
    expect(after.kms).toMatchObject({ machine: 'kms1.hq', port: 1688 })
    expect((await farm.ask('W11-MASTER', 'Invoke-VdpWindowsActivation', {})).code).toBeNull()
    const cleared = await farm.ask('W11-MASTER', 'Set-VdpKmsHost', { machine: null, port: null })
    expect(cleared.after.kms).toMatchObject({ machine: null, port: 0, discovered: 'kms1.hq:1688' })
  })

  test('the host tabulates who asked', async () => {
    const farm = stage(w11)
    await farm.open()
    await farm.ask('W11-MASTER', 'Invoke-VdpWindowsActivation', {})
    const { requests, more } = await farm.ask('KMS1', 'Get-VdpKmsRequests', { since: new Date(0).toISOString() })
    const own = { client: 'W11-MASTER', cmid: farm.cast.master.running?.image.licensing.cmid, minimum: 25 }
    expect([more, requests.at(-1)]).toMatchObject([false, own])
    const { products } = await farm.ask('KMS1', 'Get-VdpKmsHostState', {})
    expect(products).toMatchObject([{ count: 42 }, { count: 9 }])

    const until = requests.at(-2)?.at ?? ''
    const before = await farm.ask('KMS1', 'Get-VdpKmsRequests', { since: new Date(0).toISOString(), until })
    expect(before.requests).toEqual(requests.slice(0, -1))
  })

  test('its log has as many CMIDs of the last thirty days as it counts, also later', async () => {
    const farm = stage(w11)
    for (const days of [0, 40]) {
      await farm.pass(days * DAY)
      const since = new Date(farm.clock.now() - 30 * DAY).toISOString()
      const { requests } = await farm.ask('KMS1', 'Get-VdpKmsRequests', { since })
      const cmids = (minimum: number) => new Set(requests.filter((one) => one.minimum === minimum).map(({ cmid }) => cmid)).size
      expect([cmids(25), cmids(5)]).toEqual([41, 9])
      expect(requests.map(({ record }) => record)).toEqual(requests.map(({ record }) => record).toSorted((a, b) => a - b))
    }
  })
})
