import { describe, expect, test } from '@jest/globals'
import { installWindowsKey } from '../../src/procedure/steps/installWindowsKey.ts'
import { healthy } from '../diagnosis/healthy-look.ts'
import { judged } from './sight.ts'

const { plan, target } = healthy()
const own = { ...plan, windows: { ...plan.windows, key: 'file:key.txt ...MAK99' } }

/** After the installation Windows shows the key of the site's own, of this channel. */
function shown(channel: string) {
  const { windowsLicense } = target
  const products = (windowsLicense.products as { partialKey: string | null; description: string; status: number }[]).map(
    (one) => ({
      ...one,
      partialKey: 'MAK99',
      status: 1,
      description: `Windows(R) Operating System, ${channel} channel`,
    }),
  )
  return { target: { ...target, windowsLicense: { ...windowsLicense, products } } }
}

describe("step 3, with a key of the site's own", () => {
  test('that turns out to be a KMS host key is refused as such, not as a key that was not taken', () => {
    const verdict = judged(installWindowsKey, { plan: own, now: shown('VOLUME_KMS_W'), intent: { key: 'windows-key' } })
    expect(verdict).toMatchObject({ is: 'hold', fault: { code: 'KMS_HOST_KEY_IN_IMAGE', details: { key: 'MAK99' } } })
  })

  test.each(['VOLUME_MAK', 'RETAIL'])('that turns out to be of channel %s says so', (channel) => {
    const verdict = judged(installWindowsKey, { plan: own, now: shown(channel), intent: { key: 'windows-key' } })
    expect(verdict).toMatchObject({
      is: 'hold',
      fault: {
        code: 'KEY_NOT_TAKEN',
        details: { why: expect.stringMatching(/^it is of channel (VOLUME_MAK|OTHER), no KMS client key$/) },
      },
    })
  })

  test('that is a KMS client key is done', () => {
    const verdict = judged(installWindowsKey, { plan: own, now: shown('VOLUME_KMSCLIENT'), intent: { key: 'windows-key' } })
    expect(verdict.is).toBe('done')
  })
})
