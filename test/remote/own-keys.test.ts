import { describe, expect, test } from '@jest/globals'
import type { Answer, Session } from '../../src/engine/ports/hosts.ts'
import { withOwnKeys } from '../../src/remote/own-keys.ts'
import { createRedactor } from '../../src/remote/redaction.ts'
import { createSecrets } from '../../src/remote/secrets.ts'

const KEY = 'BBBBB-CCCCC-DDDDD-FFFFF-GGGGG'

/** A session that notes what was sent, and says it back in an error. */
function over(env: Record<string, string>) {
  const sent: unknown[] = []
  const bare = {
    host: 'W11',
    request: (_: string, args: unknown): Promise<Answer<never>> => {
      sent.push(args)
      const error = { kind: 'native', hresult: null, returnCode: 1, details: JSON.stringify(args), at: null } as const
      return Promise.resolve({ is: 'refused', error: { ...error, message: `slmgr /ipk ${KEY}` } })
    },
  } as unknown as Session
  return { sent, session: withOwnKeys(bare, createSecrets({ env, prompt: null, redactor: createRedactor() })) }
}

describe('a product key of a site of its own', () => {
  test('is put into the request, however it is cased, and taken out of what the host says', async () => {
    const { sent, session } = over({ SITE: ` ${KEY.toLowerCase()}\n` })
    const answer = await session.request('Set-VdpWindowsKey', { key: 'env:SITE ...GGGGG' }, { effect: 'key' })
    expect(sent).toEqual([{ key: KEY }])
    expect(JSON.stringify(answer)).not.toContain('CCCCC')
    expect(answer).toMatchObject({ is: 'refused', error: { message: 'slmgr /ipk [secret]', details: '{"key":"[secret]"}' } })
    const later = await session.request('Get-VdpActivationEvents', { since: '2026-01-02T03:04:05Z', ids: [1] })
    expect(JSON.stringify(later)).not.toContain('CCCCC')
  })

  test.each([
    ['is not there', {}, 'SECRET_MISSING'],
    [
      'is another one than the plan was made with',
      { SITE: 'BBBBB-CCCCC-DDDDD-FFFFF-HHHHH' },
      'not the one that the plan was made with',
    ],
  ])('that %s is not sent', async (_, env, why) => {
    const { sent, session } = over(env)
    const answer = await session.request('Set-VdpWindowsKey', { key: 'env:SITE ...GGGGG' }, { effect: 'key' })
    expect(answer).toMatchObject({ is: 'refused', error: { message: expect.stringContaining(`not sent: env:SITE: `) } })
    expect(answer).toMatchObject({ error: { message: expect.stringContaining(why) } })
    expect(sent).toEqual([])
  })

  test('leaves numbers and names of an answer alone, whatever passwords were read', async () => {
    const facts = { changed: true, count: 1234, mode: 'Private' }
    const bare = { host: 'W11', request: () => Promise.resolve({ is: 'facts', facts }) } as unknown as Session
    const secrets = createSecrets({ env: { SITE: KEY, PW: '1234', WORD: 'facts' }, prompt: null, redactor: createRedactor() })
    for (const name of ['PW', 'WORD']) await secrets.read({ from: 'env', name }, 'W11')
    const answer = await withOwnKeys(bare, secrets).request('Set-VdpWindowsKey', { key: 'env:SITE ...GGGGG' }, { effect: 'key' })
    expect(answer).toEqual({ is: 'facts', facts })
  })

  test('was on its way when sending failed: that is never told as not sent', async () => {
    const bare = { host: 'W11', request: () => Promise.reject(new TypeError('torn')) } as unknown as Session
    const secrets = createSecrets({ env: { SITE: KEY }, prompt: null, redactor: createRedactor() })
    const answer = withOwnKeys(bare, secrets).request('Set-VdpWindowsKey', { key: 'env:SITE ...GGGGG' }, { effect: 'key' })
    await expect(answer).rejects.toThrow('torn')
  })

  test('a public key goes as it stands', async () => {
    const { sent, session } = over({})
    await session.request('Set-VdpWindowsKey', { key: 'NPPR9-FWDCX-D2C8J-H872K-2YT43' }, { effect: 'key' })
    expect(sent).toEqual([{ key: 'NPPR9-FWDCX-D2C8J-H872K-2YT43' }])
  })
})
