import { describe, expect, test } from '@jest/globals'
import { officeAdvice, windowsAdvice } from '../../src/licensing/key-advice.ts'
import type { LicensedProduct, OfficeInstall } from '../../src/wire/operations/target-state.ts'

const os = {
  kind: 'client',
  build: 22631,
  editionId: 'Enterprise',
  caption: 'Microsoft Windows 11 Enterprise',
  evaluation: false,
} as const

function product(partialKey: string, channel: string, name = 'Windows(R), Enterprise edition'): LicensedProduct {
  const ids = { activationId: '94ac08ac-bd28-445e-8635-1dee332844c2', applicationId: '55c92734-d682-4d71-983e-d6ec3f16059f' }
  const state = { status: 1, statusReason: '0x00000000', graceMinutes: 0, vlActivationType: 0, isAddon: false }
  return { ...ids, ...state, name, description: `Windows(R) Operating System, ${channel} channel`, partialKey }
}

describe('the key of a Windows', () => {
  test.each([
    ['is right when the public one of its edition is in', '2YT43', 'VOLUME_KMSCLIENT', 'fits'],
    ['of another edition is to be replaced', 'T83GX', 'VOLUME_KMSCLIENT', 'install'],
    ['that is a MAK is told as one', 'MAK99', 'VOLUME_MAK', 'mak'],
    ['that is a KMS host key is refused', 'HOST1', 'VOLUME_KMS_2012', 'hostKey'],
    ['that is a retail key is held', '3V66T', 'RETAIL', 'other'],
    ['of an evaluation is none', '66666', 'TIMEBASED_EVAL', 'evaluation'],
  ])('%s', (_what, end, channel, verdict) => {
    expect(windowsAdvice(os, [product(end, channel)])).toMatchObject({ verdict, has: { lastFive: end } })
  })

  test('is to be installed when there is none, and none is guessed for an edition without a public key', () => {
    expect(windowsAdvice(os, [])).toMatchObject({
      verdict: 'install',
      has: null,
      wants: { key: 'NPPR9-FWDCX-D2C8J-H872K-2YT43' },
    })
    expect(windowsAdvice({ ...os, editionId: 'ServerRdsh' }, [])).toMatchObject({ verdict: 'none', wants: null })
  })

  test('of a mixed estate is told apart machine by machine, a MAK with what the program does for it', () => {
    const [kms, mak] = [product('2YT43', 'VOLUME_KMSCLIENT'), product('MAK99', 'VOLUME_MAK')].map((one) =>
      windowsAdvice(os, [one]),
    )
    expect([kms?.verdict, mak?.verdict]).toEqual(['fits', 'mak'])
    expect(mak?.why).toMatch(/seal\.licenseMode: mak, without a rearm/)
  })
})

describe('the keys of Office', () => {
  const install: OfficeInstall = {
    ...{
      release: '2021',
      delivery: 'click-to-run',
      bits: 64,
      volume: true,
      service: 'sppsvc',
      folder: 'C:\\Office16',
      rearmTool: null,
    },
    products: ['ProPlus2021Volume', 'VisioPro2021Volume'],
  }

  test('are one for each volume product, and each is found by its own end', () => {
    const office = product('6F7TH', 'VOLUME_KMSCLIENT', 'Office 21, Office21ProPlus2021VL_KMS_Client_AE edition')
    const advice = officeAdvice([install], [office])
    expect(advice.map(({ product: id, verdict }) => [id, verdict])).toEqual([
      ['ProPlus2021Volume', 'fits'],
      ['VisioPro2021Volume', 'install'],
    ])
  })

  test('are none for retail and subscription installs', () => {
    expect(officeAdvice([{ ...install, volume: false }], [])).toEqual([])
  })
})
