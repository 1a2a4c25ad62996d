import { describe, expect, test } from '@jest/globals'
import { stage } from './stage.ts'

describe('keys and the licence store', () => {
  test.each([
    ['another edition of the same release', 'W269N-WFGWX-YVC9B-4J6C9-T83GX', '0xC004F069'],
    ['another release', 'VDYBN-27WPP-V4HQT-9VMD4-VMK7H', '0xC004F050'],
    ['a typing error', 'NPPR9-FWDCX-D2C8J-H872K-2YT44', '0xC004F050'],
    ['a dash that is none', 'NPPR9\u2013FWDCX-D2C8J-H872K-2YT43', '0xC004F050'],
  ])('Windows refuses a key of %s', async (_, key, hresult) => {
    const farm = stage({ os: 'windows-11-23h2' })
    await farm.open()
    await expect(farm.ask('W11-MASTER', 'Set-VdpWindowsKey', { key })).rejects.toMatchObject({ error: { hresult } })
    expect(farm.ledger('W11-MASTER').keys).toEqual([{ product: 'Windows', partial: key.slice(-5), taken: false }])
  })

  test('an evaluation edition takes no key at all', async () => {
    const farm = stage({ os: 'server-2022', faults: [{ fault: 'evaluation-edition' }] })
    await farm.open()
    const { os } = await farm.ask('S22-MASTER', 'Get-VdpTargetState', { parts: ['os'] })
    expect(os).toMatchObject({ evaluation: true, editionId: 'ServerStandardEval' })
    await expect(farm.ask('S22-MASTER', 'Set-VdpWindowsKey', { key: 'VDYBN-27WPP-V4HQT-9VMD4-VMK7H' })).rejects.toMatchObject({
      error: { hresult: '0xC004F069' },
    })
  })

  test('Visio takes its own key beside the suite; without the volume product the key finds nothing', async () => {
    const visio = 'KNH8D-FGHT4-T8RK3-CTDYJ-K2HT4'
    const farm = stage({ os: 'windows-11-23h2', office: 'ltsc-2021' })
    await farm.open()
    const { office } = await farm.ask('W11-MASTER', 'Get-VdpTargetState', { parts: ['office'] })
    const where = { folder: office?.installs[0]?.folder ?? '', service: 'sppsvc' as const }
    const { after } = await farm.ask('W11-MASTER', 'Set-VdpOfficeKey', { key: visio, ...where })
    expect(after).toMatchObject([{ partialKey: 'K2HT4', description: 'Office 21, VOLUME_KMSCLIENT channel' }])
    await expect(
      farm.ask('W11-MASTER', 'Set-VdpOfficeKey', { key: 'XJ2XN-FW8RK-P4HMP-DKDBV-GCVGB', ...where }),
    ).rejects.toMatchObject({ error: { kind: 'licensing' } })

    const retail = stage({ os: 'windows-11-23h2', office: 'ltsc-2021', faults: [{ fault: 'c2r-without-volume' }] })
    await retail.open()
    await expect(retail.ask('W11-MASTER', 'Set-VdpOfficeKey', { key: visio, ...where })).rejects.toMatchObject({
      error: { hresult: '0xC004F069' },
    })
  })

  test('ospp.vbs on Windows 7 exits 0 whatever happened: only its output tells', async () => {
    const farm = stage({ os: 'windows-7', office: '2010' })
    await farm.open()
    const { office } = await farm.ask('W7-MASTER', 'Get-VdpTargetState', { parts: ['office'] })
    const where = { folder: office?.installs[0]?.folder ?? '', service: 'osppsvc' as const }
    const bad = await farm.ask('W7-MASTER', 'Set-VdpOfficeKey', { key: 'FXYTK-NJJ8C-GB6DW-3DYQT-6F7TH', ...where })
    expect(bad.program).toMatchObject({ exitCode: 0, output: expect.stringContaining('ERROR CODE: 0xC004F050') })
    const good = await farm.ask('W7-MASTER', 'Set-VdpOfficeKey', { key: 'VYBBJ-TRJPB-QFQRF-QFT4D-H3GVB', ...where })
    expect(good.program?.output).toContain('<Product key installation successful>')
    expect(good.cmid).toBe(farm.cast.master.running?.image.office?.cmid)
  })

  test('rebuilding the store on Windows 11 loses the Office licences, and the backup brings them back', async () => {
    const farm = stage({ os: 'windows-11-23h2', office: 'ltsc-2021', image: { officeKeys: 'gvlk' } })
    await farm.open()
    const look = async () => await farm.ask('W11-MASTER', 'Get-VdpTargetState', { parts: ['tokens', 'office', 'windowsLicense'] })
    const before = await look()
    const store = before.tokens?.stores.find((one) => one.file !== null)
    expect(store?.folder).toBe('C:\\Windows\\System32\\spp\\store\\2.0')
    const { renamedTo } = await farm.ask('W11-MASTER', 'Reset-VdpTokenStore', {
      folder: store?.folder ?? '',
      sha256: store?.file?.sha256 ?? '',
    })
    const after = await look()
    expect(after.office?.products).toEqual([])
    expect(after.windowsLicense?.products).toMatchObject([{ partialKey: null, status: 0 }])
    const backup = after.tokens?.stores.flatMap((one) => one.backups)[0]
    expect(backup?.path).toBe(renamedTo)
    await farm.ask('W11-MASTER', 'Restore-VdpTokenStore', { backup: renamedTo, sha256: backup?.sha256 ?? '' })
    const restored = await look()
    expect(restored.office?.products).toEqual(before.office?.products)
    expect(restored.windowsLicense?.products).toMatchObject([{ partialKey: '2YT43', status: 2 }])
  })

  test('on Windows 7 the store lies in the service profile, Office has its own, and the rearm counter stays', async () => {
    const farm = stage({ os: 'windows-7', office: '2010', image: { officeKeys: 'gvlk' }, faults: [{ fault: 'broken-store' }] })
    await farm.open()
    const { tokens, office, windowsLicense } = await farm.ask('W7-MASTER', 'Get-VdpTargetState', {
      parts: ['tokens', 'office', 'windowsLicense'],
    })
    expect(windowsLicense?.query).toMatchObject({ answers: false, code: '0xC004E015' })
    expect(office?.query).toEqual({ answers: true })
    const store = tokens?.stores.find((one) => one.file !== null)
    expect(store?.folder).toContain('ServiceProfiles')
    await farm.ask('W7-MASTER', 'Reset-VdpTokenStore', { folder: store?.folder ?? '', sha256: store?.file?.sha256 ?? '' })
    const after = await farm.ask('W7-MASTER', 'Get-VdpTargetState', { parts: ['office', 'windowsLicense'] })
    expect(after.windowsLicense).toMatchObject({ query: { answers: true }, rearmsLeft: 3 })
    expect(after.office?.products).toEqual(office?.products)
  })
})
