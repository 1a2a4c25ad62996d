import { describe, expect, test } from '@jest/globals'
import { HOUR, stage, type Stage } from './stage.ts'

const w11 = { os: 'windows-11-23h2', office: 'ltsc-2021' } as const
const cmids = ['rearm-enough', 'rearm+prep', 'prep-order'] as const

/** Ways to prepare a disk, right and wrong, and in which worlds its clones then differ. */
const ways: Record<string, { walk: (farm: Stage) => Promise<void>; distinctIn: readonly (typeof cmids)[number][] }> = {
  'rearm, shut down, licence mode KMS, Standard': { walk: (farm) => farm.prepare(), distinctIn: cmids },
  'no rearm at all': {
    async walk(farm) {
      await farm.open()
      await farm.shutDown()
      await farm.licenseMode(2)
      await farm.toStandard()
    },
    distinctIn: [],
  },
  'rearm, but licence mode None at the change': {
    async walk(farm) {
      await farm.open()
      await farm.rearmWindows()
      await farm.shutDown()
      await farm.toStandard()
      await farm.licenseMode(2)
    },
    distinctIn: ['rearm-enough'],
  },
  'prepared once, then opened and rearmed and closed without KMS': {
    async walk(farm) {
      await farm.open()
      await farm.shutDown()
      await farm.licenseMode(2)
      await farm.toStandard()
      await farm.licenseMode(0)
      await farm.toPrivate()
      await farm.ask('PVS01', 'Start-VdpDevice', { deviceId: farm.cast.master.id })
      await farm.pass(120_000)
      await farm.rearmWindows()
      await farm.shutDown()
      await farm.toStandard()
    },
    distinctIn: ['rearm-enough', 'rearm+prep'],
  },
  'a reboot between rearm and seal': {
    async walk(farm) {
      await farm.open()
      await farm.rearmWindows()
      await farm.shutDown()
      await farm.ask('PVS01', 'Start-VdpDevice', { deviceId: farm.cast.master.id })
      await farm.pass(120_000)
      await farm.shutDown()
      await farm.licenseMode(2)
      await farm.toStandard()
    },
    distinctIn: [],
  },
}

describe('clones', () => {
  for (const [name, { walk, distinctIn }] of Object.entries(ways)) {
    test.each(cmids)(`${name}: whether clones differ in world cmid: %s is as that world says`, async (cmid) => {
      const farm = stage({ ...w11, world: { cmid } })
      const image = farm.cast.disk.versions[0]?.image
      await walk(farm)
      const drawn = await farm.bootCanaries()
      const differ = distinctIn.includes(cmid)
      expect(new Set(drawn).size).toBe(differ ? 2 : 1)
      if (!differ) expect(drawn[0]).toBe(image?.licensing.cmid)
      expect(farm.ledger('W11-T01').cmids.find((one) => one.product === 'Windows')?.drawn).toBe(differ)
    })
  }

  test('what a clone writes is gone with its power: it draws another CMID at its next boot, and the image keeps none of it', async () => {
    const farm = stage(w11)
    await farm.prepare()
    const [first] = await farm.bootCanaries()
    const canary = farm.cast.canaries[0]
    await farm.ask('W11-T01', 'Stop-VdpComputer', { reason: 'test' })
    await farm.pass(180_000)
    await farm.ask('PVS01', 'Start-VdpDevice', { deviceId: canary?.id ?? '' })
    await farm.pass(120_000)
    expect(canary?.running?.image.licensing.cmid).not.toBe(first)
    expect(farm.cast.disk.versions[0]?.image?.licensing.rearm).toBe('pending')
  })

  test('a clone begins in additional grace with 1040, 1025, 1024 and licenses itself within two hours', async () => {
    const farm = stage(w11)
    await farm.prepare()
    await farm.bootCanaries()
    const read = () => farm.ask('W11-T01', 'Get-VdpTargetState', { parts: ['windowsLicense'] })
    const since = new Date(farm.clock.now() - HOUR).toISOString()
    const events = () => farm.ask('W11-T01', 'Get-VdpActivationEvents', { since, ids: [1040, 1025, 1024, 12288, 12289, 1003] })
    expect((await events()).events.map((one) => one.id)).toEqual([1040, 1025, 1024])
    expect((await read()).windowsLicense).toMatchObject({ products: [{ status: 3 }] })

    await farm.pass(2 * HOUR)
    const later = (await events()).events
    expect(later.map((one) => one.id)).toEqual([1040, 1025, 1024, 12288, 12289, 1003])
    expect(later[3]?.fields[3]).toBe(farm.cast.canaries[0]?.running?.image.licensing.cmid)
    expect(later[3]?.fields[9]).toBe('25')
    expect(later[4]?.fields[2]).toBe('1')
    expect((await read()).windowsLicense).toMatchObject({ products: [{ status: 1 }] })
  })

  test('Office on the shared store shows its CMID only in its own 12288 event, distinct on each clone', async () => {
    const farm = stage(w11)
    await farm.open()
    const tool = (await farm.ask('W11-MASTER', 'Get-VdpTargetState', { parts: ['office'] })).office?.installs[0]
    await farm.ask('W11-MASTER', 'Set-VdpOfficeKey', {
      key: 'FXYTK-NJJ8C-GB6DW-3DYQT-6F7TH',
      folder: tool?.folder ?? '',
      service: 'sppsvc',
    })
    await farm.rearmOffice()
    await farm.rearmWindows()
    await farm.shutDown()
    await farm.licenseMode(2)
    await farm.toStandard()
    await farm.bootCanaries()
    const since = new Date(farm.clock.now() - HOUR).toISOString()
    const shown = []
    for (const name of ['W11-T01', 'W11-T02']) {
      expect((await farm.ask(name, 'Invoke-VdpOfficeActivation', {})).code).toBeNull()
      const { events } = await farm.ask(name, 'Get-VdpActivationEvents', { since, ids: [12288] })
      shown.push(events.find((one) => one.fields[9] === '5')?.fields[3])
    }
    expect(new Set(shown).size).toBe(2)
  })
})
