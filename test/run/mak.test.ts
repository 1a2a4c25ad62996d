import { afterEach, describe, expect, test } from '@jest/globals'
import { closeLabs, lab } from './harness.ts'

afterEach(closeLabs)

const flagship = { os: 'windows-11-23h2', office: 'ltsc-2021' } as const
const forMak = { seal: { licenseMode: 'mak' } }

describe('a disk that is sealed for MAK', () => {
  test('gets LicenseMode 1 and no key, no rearm, no test activation, and nobody says that it is proved', async () => {
    const farm = await lab({ ...flagship, image: { windowsKey: 'mak' } })
    const run = await farm.run('kms-new-image', forMak)

    expect(run.outcome).toBe('sealed-unverified')
    expect(farm.disk.licenseMode).toBe(1)
    expect(farm.ledger(farm.names.master)).toMatchObject({ rearms: [], keys: [], activations: [] })
    expect(run.story()).toContain('rearmWindows: left out: sealed for MAK')
    expect(run.story()).toContain('LicenseMode 1; each of 2 canaries has a MAK')
    expect(run.story()).toMatch(/PVS says: W11-T01 (not )?activated, W11-T02 (not )?activated/)
    expect(run.view.ending?.because).toContain('how many activations are left')
  })

  test('is not sealed over a Windows with a KMS client key', async () => {
    const farm = await lab(flagship)
    const run = await farm.run('kms-new-image', forMak)

    expect(run.held?.fault).toMatchObject({ code: 'NO_MAK_IN_IMAGE', details: { channel: 'VOLUME_KMSCLIENT' } })
    expect(farm.disk.licenseMode).not.toBe(1)
  })
})
