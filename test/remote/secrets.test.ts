import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { createRedactor, REDACTED } from '../../src/remote/redaction.ts'
import { createSecrets } from '../../src/remote/secrets.ts'

describe('secrets', () => {
  test('each is read where its reference points, when it is needed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vdp-secrets-'))
    await writeFile(join(folder, 'pw'), 'from file\r\n')
    const env: Record<string, string> = {}
    const secrets = createSecrets({ env, prompt: null, redactor: createRedactor() })
    expect(await secrets.read({ from: 'file', path: join(folder, 'pw') }, 'W11')).toBe('from file')
    const late = { from: 'env', name: 'PW' } as const
    await expect(secrets.read(late, 'W11')).rejects.toMatchObject({
      code: 'SECRET_MISSING',
      details: { reference: 'env:PW', host: 'W11' },
    })
    env['PW'] = 'set later'
    expect(await secrets.read(late, 'W11')).toBe('set later')
    env['PW'] = ''
    await expect(secrets.read(late, 'W11')).rejects.toMatchObject({ code: 'SECRET_MISSING', details: { why: 'it is empty' } })
    await rm(folder, { recursive: true })
  })

  test('a person is asked once, also by two hosts at a time, and again after an answer that failed', async () => {
    const asked: string[] = []
    const prompt = (label: string) => {
      asked.push(label)
      return asked.length === 1 ? Promise.reject(new Error('the terminal went away')) : Promise.resolve(`pw ${asked.length}`)
    }
    const secrets = createSecrets({ env: {}, prompt, redactor: createRedactor() })
    const reference = { from: 'prompt', label: 'HQ password' } as const
    await expect(secrets.read(reference, 'W11')).rejects.toMatchObject({ code: 'SECRET_MISSING' })
    expect(await Promise.all([secrets.read(reference, 'W11'), secrets.read(reference, 'PVS01')])).toEqual(['pw 2', 'pw 2'])
    expect(asked).toEqual(['HQ password', 'HQ password'])
  })

  test('with nobody to ask, a prompt is a secret that is missing', async () => {
    const secrets = createSecrets({ env: {}, prompt: null, redactor: createRedactor() })
    const read = secrets.read({ from: 'prompt', label: 'HQ' }, 'W11')
    await expect(read).rejects.toMatchObject({ code: 'SECRET_MISSING', details: { reference: 'prompt:HQ' } })
  })

  test('what was read once is redacted in every form it may take', async () => {
    const redactor = createRedactor()
    const secret = 'canary "quoted"\\ ünd'
    const secrets = createSecrets({ env: { PW: secret, KEY: 'line one is long\nshort\nline three too' }, prompt: null, redactor })
    await secrets.read({ from: 'env', name: 'PW' }, 'W11')
    await secrets.read({ from: 'env', name: 'KEY' }, 'W11')
    expect(redactor.redact(`a ${secret} b`)).toBe(`a ${REDACTED} b`)
    expect(redactor.redact(JSON.stringify({ said: `x${secret}` }))).toBe(`{"said":"x${REDACTED}"}`)
    expect(redactor.redact(Buffer.from(secret).toString('base64'))).toBe(REDACTED)
    expect(redactor.redact('and line three too.')).toBe(`and ${REDACTED}.`)
    expect(redactor.redact('nothing short here')).toBe('nothing short here')
  })
})
