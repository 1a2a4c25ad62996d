import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { pageMarkdown } from '../../src/report/page/markdown.ts'
import { writeNamed } from '../../src/ui/cli/writing.ts'

const folder = mkdtempSync(join(tmpdir(), 'vdp-write-'))
const at = (name: string) => join(folder, name)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Why a file was not written. */
function refused(file: string): unknown {
  try {
    writeNamed(file, '<!doctype html>')
  } catch (thrown) {
    return (thrown as { readonly details: { readonly why: unknown } }).details.why
  }
  return null
}

describe('a report', () => {
  test.each(['extends: kms-new-image\n', '# my workflow\nextends: kms-new-image\n', 'SQLite format 3\0'])(
    'leaves a file alone that holds something else: %j',
    (text) => {
      writeFileSync(at('w11.yaml'), text)
      expect(refused(at('w11.yaml'))).toContain('something else than a report')
      expect(readFileSync(at('w11.yaml'), 'utf8')).toBe(text)
    },
  )

  test.each([
    ['<?xml version="1.0"?>'],
    ['cmid,machines\r\n'],
    ['at,host,record\r\n'],
    [''],
    ['{\n "$schema": "https://json.schemastore.org/sarif-2.1.0.json",'],
    ['<svg xmlns="http://www.w3.org/2000/svg">'],
    ['# TYPE vdiskprep_runs gauge\n'],
    [pageMarkdown({ title: 'A', headline: { text: 'b', as: 'plain' }, about: [], sections: [] })],
  ])('replaces one of an earlier time, and an empty file: %j', (text) => {
    writeFileSync(at('r.html'), text)
    expect(refused(at('r.html'))).toBeNull()
    expect(readFileSync(at('r.html'), 'utf8')).toBe('<!doctype html>')
  })

  test('that cannot be written says why in words', () => {
    mkdirSync(at('folder'))
    expect(refused(at('none/r.html'))).toBe(`there is no folder ${at('none')}`)
    expect(refused(at('folder'))).toBe('it is a folder')
    expect(refused(at('r.html/x.html'))).toBe(`${at('r.html')} is no folder`)
  })
})
