import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDiary } from '../../src/diary/diary.ts'
import { veiled } from '../../src/diary/veil.ts'

const CANARY = 'C4nary "pass\\word" \u00e4\u{1F426}\'<&>/+'

/** A redactor that knows its secrets only as they are: what it does not see, the diary has to. */
const knowing =
  (...secrets: string[]) =>
  (text: string) =>
    secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), text)

const json = (text: string) => JSON.stringify(text).slice(1, -1)
const hex4 = (char: string) => char.charCodeAt(0).toString(16).padStart(4, '0')

const forms: Readonly<Record<string, (secret: string) => string>> = {
  'as it is': (secret) => secret,
  'within other text': (secret) => `login with ${secret} failed`,
  'escaped for JSON': json,
  'escaped for JSON three times': (secret) => json(json(json(secret))),
  'escaped as PowerShell 5.1 does': (secret) => json(secret).replaceAll(/['<>&]/g, (char) => `\\u${hex4(char)}`),
  'escaped letter by letter': (secret) => secret.replaceAll(/[\s\S]/g, (char) => `\\u${hex4(char)}`),
  'escaped as CLIXML does': (secret) => secret.replaceAll(/[^a-z0-9]/gi, (char) => `_x${hex4(char).toUpperCase()}_`),
  'escaped for a URL': encodeURIComponent,
  'in base64': (secret) => Buffer.from(secret).toString('base64'),
  'in base64 for URLs': (secret) => Buffer.from(secret).toString('base64url'),
  'in base64 after one other byte': (secret) => Buffer.from(`x${secret}`).toString('base64'),
  'in base64 after two other bytes': (secret) => Buffer.from(`xy${secret}`).toString('base64'),
  'in base64 of UTF-16, as -EncodedCommand takes it': (secret) => Buffer.from(`$p = '${secret}'`, 'utf16le').toString('base64'),
  'in base64 of JSON, as a request travels': (secret) => Buffer.from(JSON.stringify({ args: { secret } })).toString('base64'),
  'in base64 broken over lines': (secret) =>
    Buffer.from(secret)
      .toString('base64')
      .replaceAll(/.{5}/g, (part) => `${part}\r\n`),
  'in base64 within JSON within JSON': (secret) =>
    JSON.stringify({ body: JSON.stringify({ line: Buffer.from(secret).toString('base64') }) }),
}

describe('the veil over a line', () => {
  test.each(Object.entries(forms))('hides a secret %s', (_, form) => {
    const hidden = form(CANARY)
    for (const line of [{ message: hidden }, { about: { [hidden]: [hidden] } }]) {
      const text = JSON.stringify(line)
      expect(veiled(text, knowing(CANARY)) ?? '').not.toContain(json(hidden))
    }
  })

  test('hides a secret without spaces that a terminal has broken over lines', () => {
    const secret = 'C4nary-without-spaces-0123456789'
    const broken = secret.replaceAll(/.{10}/g, (part) => `${part}\r\n`)
    expect(veiled(JSON.stringify({ message: broken }), knowing(secret))).toBeUndefined()
  })

  test('changes nothing of a line that holds no secret', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const line = JSON.stringify({ value })
        expect(veiled(line, knowing(CANARY))).toBe(line)
      }),
    )
  })

  test('leaves the rest of a line readable when a secret can be cut out', () => {
    const line = JSON.stringify({ message: `a ${Buffer.from('S3cret-word').toString('base64')} b S3cret-word c` })
    expect(veiled(line, knowing('S3cret-word'))).toBe('{"message":"a [encoded secret] b *** c"}')
  })

  test('gives JSON or nothing, whatever a secret is, and never the secret', () => {
    const secret = fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' })
    fc.assert(
      fc.property(secret, fc.constantFrom(...Object.values(forms)), fc.string(), (word, form, around) => {
        const result = veiled(JSON.stringify({ message: `${around}${form(word)}` }), knowing(word))
        if (result === undefined) return
        expect(() => JSON.parse(result) as unknown).not.toThrow()
        if (!'***'.includes(word)) expect(result).not.toContain(word)
      }),
    )
  })
})

test('a diary that is told a secret in every form keeps none of them, and keeps the rest', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vdp-veil-'))
  const path = join(folder, 'diary.jsonl')
  const diary = openDiary(path, { redact: knowing(CANARY) })
  for (const form of Object.values(forms)) {
    diary.warn(form(CANARY), { error: new Error(form(CANARY), { cause: new Error(form(CANARY)) }) })
    diary.warn('nothing special')
  }
  await diary.close()
  const text = readFileSync(path, 'utf8')
  rmSync(folder, { recursive: true })
  for (const form of Object.values(forms)) expect(text).not.toContain(json(form(CANARY)))
  const lines = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { at: string; level: string; message: string })
  expect(lines).toHaveLength(2 * Object.keys(forms).length)
  expect(lines.every(({ at, level }) => level === 'warn' && !Number.isNaN(Date.parse(at)))).toBe(true)
  expect(lines.filter(({ message }) => message === 'nothing special')).toHaveLength(Object.keys(forms).length)
})
