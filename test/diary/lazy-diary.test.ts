import { afterAll, describe, expect, test } from '@jest/globals'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lazyDiary } from '../../src/diary/lazy-diary.ts'

const folder = mkdtempSync(join(tmpdir(), 'vdp-lazy-'))
afterAll(() => rmSync(folder, { recursive: true }))

const redactor = { redact: (text: string) => text.replaceAll('S3cret', '***') }

describe('a diary opened with its first line', () => {
  test('makes no file when nothing is told', async () => {
    const diary = lazyDiary(join(folder, 'silent.log'), redactor)
    await diary.close()
    expect(existsSync(diary.path)).toBe(false)
  })

  test('has every line in order when it is closed, without secrets', async () => {
    const diary = lazyDiary(join(folder, 'told.log'), redactor)
    for (let n = 0; n < 100; n += 1) diary[n % 2 === 0 ? 'info' : 'error'](`line ${String(n)}`, { key: 'S3cret' })
    await diary.close()
    const lines = readFileSync(diary.path, 'utf8').trim().split('\n')
    expect(lines.map((line) => (JSON.parse(line) as { message: string }).message)).toEqual(
      Array.from({ length: 100 }, (_, n) => `line ${String(n)}`),
    )
    expect(lines.join()).not.toContain('S3cret')
  })

  test('that cannot be opened stops nobody', async () => {
    const diary = lazyDiary(folder, redactor)
    diary.info('to nobody')
    await expect(diary.close()).resolves.toBeUndefined()
  })
})
