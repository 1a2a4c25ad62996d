import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { desk, EXAMPLE, type Desk } from './vdiskprep.ts'

const KEY = 'BBBBB-CCCCC-DDDDD-FFFFF-GGGGG'
/** What of the key nobody may see, as it is, in base64 at any offset, and without its case. */
const TRACES = [0, 1, 2].map((offset) =>
  Buffer.from(`${' '.repeat(offset)}${KEY}`)
    .toString('base64')
    .slice(4, -4),
)
const holds = (text: string) => text.toUpperCase().includes('BBBBB-CCCCC') || TRACES.some((trace) => text.includes(trace))

let at: Desk
beforeAll(async () => {
  at = await desk({ NO_COLOR: '1', SITE_KEY: KEY, TERM: 'dumb' })
  writeFileSync(join(at.home, EXAMPLE, 'own.yaml'), 'extends: ./w11.yaml\nwindows: { key: env:SITE_KEY }\n')
  writeFileSync(join(at.home, EXAMPLE, 'literal.yaml'), `extends: ./w11.yaml\nwindows: { key: ${KEY} }\n`)
})
afterAll(async () => {
  await at.clear()
})

describe('a product key that is not public', () => {
  test('shows by its last five alone in a whole run on a lab: not on the screens, in the record, the journal or the diary', async () => {
    const lab = ['--lab', join(EXAMPLE, 'lab.yaml')]
    const file = join(EXAMPLE, 'own.yaml')
    const ended = [
      await at.vdp('validate', file),
      await at.vdp('plan', file, ...lab),
      await at.vdp('run', file, ...lab),
      await at.vdp('list'),
      await at.vdp('show', '--json'),
    ]
    const said = ended.map(({ out, err }) => out + err).join('\n')
    expect(said).toContain('GGGGG')
    expect(said).toContain('KEY_NOT_TAKEN')
    expect(holds(said)).toBe(false)
    const files = readdirSync(at.home, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    const kept = files.map((entry) => join(entry.parentPath, entry.name)).filter((path) => holds(readFileSync(path, 'latin1')))
    expect(kept).toEqual([join(at.home, EXAMPLE, 'literal.yaml')])
    expect(readFileSync(join(at.home, 'state', 'runs.db'), 'latin1')).toContain('env:SITE_KEY ...GGGGG')
  })

  test('is refused as a literal, with what to write instead', async () => {
    const { code, out, err } = await at.vdp('validate', join(EXAMPLE, 'literal.yaml'))
    expect(code).not.toBe(0)
    expect(out + err).toContain('env:NAME')
    expect(holds(out + err)).toBe(false)
  })

  test('that is not there, or has no form of a key, stops a run before it begins', async () => {
    const other = await desk({ SITE_KEY: 'BBBBB-CCCCC' })
    writeFileSync(join(other.home, EXAMPLE, 'own.yaml'), 'extends: ./w11.yaml\nwindows: { key: env:SITE_KEY }\n')
    const { code, err } = await other.vdp('run', join(EXAMPLE, 'own.yaml'), '--lab', join(EXAMPLE, 'lab.yaml'))
    expect(code).not.toBe(0)
    expect(err).toContain('KEY_UNUSABLE')
    expect((await other.vdp('list')).out).toContain('No runs yet')
    await other.clear()
  })
})
