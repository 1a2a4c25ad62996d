import { afterAll, describe, expect, test } from '@jest/globals'
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDiary, type DiaryLevel } from '../../src/diary/diary.ts'
import { Fault } from '../../src/faults/fault.ts'

const folder = mkdtempSync(join(tmpdir(), 'vdp-diary-'))
afterAll(() => rmSync(folder, { recursive: true }))

let files = 0
const fresh = () => join(folder, `diary-${String((files += 1))}.jsonl`)
const bare = (text: string) => text

function linesOf(path: string): Record<string, unknown>[] {
  const text = readFileSync(path, 'utf8')
  expect(text === '' || text.endsWith('\n')).toBe(true)
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

/** The one line that a diary has of something. */
async function told(about: unknown): Promise<Record<string, unknown>> {
  const path = fresh()
  const diary = openDiary(path, { redact: bare })
  diary.info('told', about)
  await diary.close()
  const [line, ...more] = linesOf(path)
  expect(more).toEqual([])
  return line ?? {}
}

/** Runs a process that fills a diary; resolves when it is gone. */
function talker(path: string, lines: number, end: string): Promise<{ stdout: string; stderr: string }> {
  const script = join(import.meta.dirname, 'fixtures', 'talker.ts')
  return new Promise((resolve) => {
    execFile(process.execPath, [script, path, String(lines), end], (_, stdout, stderr) => resolve({ stdout, stderr }))
  })
}

describe('the diary', () => {
  test('keeps one line of JSON for each thing told, in order, with time, level and process', async () => {
    const path = fresh()
    const diary = openDiary(path, { redact: bare, level: 'debug' })
    const levels: DiaryLevel[] = ['debug', 'info', 'warn', 'error']
    for (const level of levels) diary[level](`a %s line\nof ${level}`, { host: 'M1' })
    await diary.close()
    expect(linesOf(path)).toEqual(
      levels.map((level) => ({
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        level,
        message: `a %s line\nof ${level}`,
        about: { host: 'M1' },
        pid: process.pid,
      })),
    )
  })

  test('leaves out what is below its level, and what comes after its end', async () => {
    const path = fresh()
    const diary = openDiary(path, { redact: bare })
    diary.debug('too small')
    diary.info('kept')
    await diary.close()
    diary.error('too late')
    expect(await diary.close()).toEqual({ lost: 0 })
    expect(linesOf(path).map(({ message }) => message)).toEqual(['kept'])
  })

  test('goes on where an earlier process ended', async () => {
    const path = fresh()
    for (const message of ['first', 'second']) {
      const diary = openDiary(path, { redact: bare })
      diary.info(message)
      await diary.close()
    }
    expect(linesOf(path).map(({ message }) => message)).toEqual(['first', 'second'])
  })

  test('that cannot be opened says so at once', () => {
    expect(() => openDiary(folder, { redact: bare })).toThrow('EISDIR')
  })

  const onLinux = process.platform === 'linux' ? test : test.skip
  onLinux('counts what a full disk refuses and stops nobody (skipped where there is no /dev/full)', async () => {
    const diary = openDiary('/dev/full', { redact: bare })
    diary.info('lost')
    diary.info('lost too')
    expect(await diary.close()).toEqual({ lost: 2 })
  })

  const onPosix = process.platform === 'win32' ? test.skip : test
  onPosix('is for its owner alone (skipped on Windows: no such modes)', async () => {
    const path = join(folder, 'new', 'diary.jsonl')
    await openDiary(path, { redact: bare }).close()
    expect([statSync(path).mode & 0o777, statSync(join(folder, 'new')).mode & 0o777]).toEqual([0o600, 0o700])
  })

  test.each(['exit', 'itself', 'crash', 'kill', 'nothing'])('has its last line after the process ends: by %s', async (end) => {
    const path = fresh()
    const { stdout, stderr } = await talker(path, 2000, end)
    expect(linesOf(path).map(({ message }) => message)).toEqual(Array.from({ length: 2000 }, (_, n) => `line ${String(n + 1)}`))
    expect(stdout).toBe('')
    expect(stderr.includes('nobody catches this')).toBe(end === 'crash')
  })
})

describe('a line of the diary', () => {
  test('shows an error wherever it stands, with its causes and its details', async () => {
    const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
    const fault = new Fault('HOST_UNREACHABLE', { host: 'M1' }, cause)
    const { about } = await told({ tries: [{ failed: new AggregateError([fault], 'all failed') }] })
    expect(about).toMatchObject({
      tries: [
        {
          failed: {
            name: 'AggregateError',
            message: 'all failed',
            stack: expect.stringContaining('diary.test.ts'),
            errors: [
              {
                name: 'Fault',
                code: 'HOST_UNREACHABLE',
                details: { host: 'M1' },
                cause: { name: 'Error', message: 'connect ECONNREFUSED', code: 'ECONNREFUSED' },
              },
            ],
          },
        },
      ],
    })
  })

  test('shows an error of another realm, as node gives them to a test', async () => {
    const { about } = await told(await new Promise((resolve) => execFile('/nowhere', (error) => resolve(error))))
    expect(about).toMatchObject({ message: expect.stringContaining('ENOENT'), code: 'ENOENT' })
  })

  test('is written whatever it is about', async () => {
    const circle: Record<string, unknown> = { name: 'circle' }
    circle['self'] = circle
    const odd = {
      circle,
      twice: [circle['name'], circle['name']],
      big: 10n,
      bytes: Buffer.from('not to be shown'),
      map: new Map([['a', new Set([1])]]),
      when: new Date(0),
      never: new Date(NaN),
      act: () => 1,
      get broken() {
        throw new Error('no')
      },
    }
    expect((await told(odd))['about']).toEqual({
      circle: { name: 'circle', self: '[circular]' },
      twice: ['circle', 'circle'],
      big: '10',
      bytes: '[15 bytes]',
      map: [['a', [1]]],
      when: '1970-01-01T00:00:00.000Z',
      never: 'Invalid Date',
      broken: '[unreadable: Error: no]',
    })
  })

  test('names what lies too deep instead of following it', async () => {
    let deep: unknown = 'bottom'
    for (let level = 0; level < 1000; level += 1) deep = { deep }
    expect(JSON.stringify(await told(deep))).toContain('[deeper]')
  })
})
