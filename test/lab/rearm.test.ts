import { describe, expect, test } from '@jest/globals'
import { stage } from './stage.ts'

const w11 = { os: 'windows-11-23h2', office: 'ltsc-2021' } as const

describe('rearm', () => {
  test('a rearm spends one count at once and is completed by the next boot of the master, which spends it on the image', async () => {
    const farm = stage(w11)
    await farm.open()
    const image = farm.cast.disk.versions[0]?.image
    const before = image?.licensing.cmid
    const { before: facts, after } = await farm.rearmWindows()
    expect(facts).toMatchObject({ query: { answers: true }, rearmsLeft: 1001, cmid: before })
    expect(after).toMatchObject({ query: { answers: false, code: '0xC004D302' } })
    expect(image?.licensing).toMatchObject({ rearmsLeft: 1000, cmid: before, rearm: 'pending' })

    await farm.shutDown()
    await farm.ask('PVS01', 'Start-VdpDevice', { deviceId: farm.cast.master.id })
    await farm.pass(120_000)
    expect(image?.licensing.rearm).toBe('none')
    expect(image?.licensing.cmid).not.toBe(before)
    await farm.shutDown()
    await farm.licenseMode(2)
    await farm.toStandard()
    expect(new Set(await farm.bootCanaries())).toEqual(new Set([image?.licensing.cmid]))
    expect(farm.ledger('W11-MASTER').rearms).toEqual([{ product: 'Windows', effective: true }])
  })

  test('with SkipRearm the rearm answers success and the ledger knows that nothing happened', async () => {
    const farm = stage({ ...w11, faults: [{ fault: 'skip-rearm-left-over' }] })
    await farm.open()
    const { returnValue, before, after } = await farm.rearmWindows()
    expect(returnValue).toBe(0)
    expect(after).toEqual(before)
    expect(after.skipRearm).toBe(1)
    expect(farm.ledger('W11-MASTER').rearms).toEqual([{ product: 'Windows', effective: false }])
    await farm.ask('W11-MASTER', 'Clear-VdpSkipRearm', {})
    await farm.rearmWindows()
    expect(farm.ledger('W11-MASTER').rearms).toHaveLength(2)
  })

  test('a second rearm before the reboot is refused with 0xC004D302', async () => {
    const farm = stage(w11)
    await farm.open()
    await farm.rearmWindows()
    await expect(farm.rearmWindows()).rejects.toMatchObject({ error: { kind: 'licensing', hresult: '0xC004D302' } })
  })

  test('Windows 7 has three rearms; with none left it says 0xC004D307, and a KMS activation gives one back', async () => {
    const farm = stage({ os: 'windows-7', image: { rearmsLeft: 0 } })
    expect(stage({ os: 'windows-7' }).cast.disk.versions[0]?.image?.licensing.rearmsLeft).toBe(3)
    await farm.open()
    await expect(farm.rearmWindows()).rejects.toMatchObject({ error: { hresult: '0xC004D307' } })
    const { code, after } = await farm.ask('W7-MASTER', 'Invoke-VdpWindowsActivation', {})
    expect(code).toBeNull()
    expect(after.rearmsLeft).toBe(1)
    await farm.rearmWindows()
  })

  test.each([
    ['all', { query: false, cmid: false }, '0xC004D302'],
    ['spp-functions', { query: false, cmid: true }, '0xC004D302'],
    ['reads-only', { query: false, cmid: false }, null],
    ['persists', { query: false, cmid: false }, '0xC004D302'],
  ] as const)('in world d302: %s the store is closed after a rearm in its own way', async (d302, reads, keyInstall) => {
    const farm = stage({ ...w11, world: { d302 } })
    await farm.open()
    await farm.rearmWindows()
    const { windowsLicense } = await farm.ask('W11-MASTER', 'Get-VdpTargetState', { parts: ['windowsLicense'] })
    expect(windowsLicense?.query.answers).toBe(reads.query)
    expect(typeof windowsLicense?.cmid === 'string').toBe(reads.cmid)
    const install = farm.ask('W11-MASTER', 'Set-VdpWindowsKey', { key: 'NPPR9-FWDCX-D2C8J-H872K-2YT43' })
    if (keyInstall === null) await install
    else await expect(install).rejects.toMatchObject({ error: { hresult: keyInstall } })
  })

  test('in world d302: persists the clones of a rearmed image never answer', async () => {
    const farm = stage({ ...w11, world: { d302: 'persists' } })
    await farm.prepare()
    await farm.bootCanaries()
    const { windowsLicense } = await farm.ask('W11-T01', 'Get-VdpTargetState', { parts: ['windowsLicense'] })
    expect(windowsLicense?.query).toMatchObject({ answers: false, code: '0xC004D302' })
  })

  test('after the Windows rearm OSPPREARM fails on the shared store, unless the world says it works; osppsvc does not care', async () => {
    for (const [wish, works] of [
      [{ ...w11, world: { ospprearmAfterWindows: 'fails', d302: 'reads-only' } }, false],
      [{ ...w11, world: { ospprearmAfterWindows: 'works', d302: 'reads-only' } }, true],
      [{ os: 'windows-7', office: '2010' }, true],
    ] as const) {
      const farm = stage(wish)
      await farm.open()
      const { office } = await farm.ask(farm.cast.master.name, 'Get-VdpTargetState', { parts: ['office'] })
      await farm.rearmWindows()
      const { successLine, marker } = await farm.ask(farm.cast.master.name, 'Invoke-VdpOfficeRearm', {
        tool: office?.installs[0]?.rearmTool ?? '',
      })
      expect([successLine, marker]).toEqual([works, works])
    }
  })

  test('after the Office rearm the agent refuses everything of Office, and answers Windows', async () => {
    const farm = stage(w11)
    await farm.open()
    await farm.rearmOffice()
    await expect(farm.ask('W11-MASTER', 'Get-VdpTargetState', { parts: ['boot', 'office'] })).rejects.toMatchObject({
      error: { kind: 'refused' },
    })
    await expect(farm.ask('W11-MASTER', 'Invoke-VdpOfficeActivation', {})).rejects.toMatchObject({ error: { kind: 'refused' } })
    await expect(farm.ask('W11-MASTER', 'Restart-VdpComputer', { reason: 'test' })).rejects.toMatchObject({
      error: { kind: 'refused' },
    })
    const state = await farm.ask('W11-MASTER', 'Get-VdpTargetState', { parts: ['windowsLicense'] })
    expect(state.officeRearmed).toBe(true)
    expect(state.windowsLicense?.query).toEqual({ answers: true })
    expect(farm.farm.ledger.entries.some((one) => one.did === 'office-touched')).toBe(false)
  })

  test('with Word open the Office rearm says success and is worth nothing', async () => {
    const farm = stage({ ...w11, faults: [{ fault: 'office-app-open' }] })
    await farm.open()
    const { office } = await farm.ask('W11-MASTER', 'Get-VdpTargetState', { parts: ['office'] })
    expect(office?.running).toContain('WINWORD')
    expect((await farm.rearmOffice()).successLine).toBe(true)
    expect(farm.ledger('W11-MASTER').rearms).toEqual([{ product: 'Office', effective: false }])
  })
})
