import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { faultTable } from '../../src/faults/table.ts'

const ROOT = join(import.meta.dirname, '../..')

/** What people read, made by hand or by a script. */
const pages = ['README.md', 'SECURITY.md', 'CONTRIBUTING.md', 'ARCHITECTURE.md', 'examples/README.md']
  .concat(readdirSync(join(ROOT, 'docs')).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])))
  .map((name) => ({ name, text: readFileSync(join(ROOT, name), 'utf8') }))

/** Anchors as the usual renderers make them of headings. */
const anchorsOf = (text: string) =>
  [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )

describe('the pages', () => {
  test.each(pages)('$name leads only to files and headings that are there', ({ name, text }) => {
    const links = [...text.matchAll(/\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]*))?\)/g)]
    const lost = links.filter(([, to = '', anchor]) => {
      try {
        const file = to === '' ? name : join(dirname(name), to)
        if (anchor === undefined) return !exists(file)
        return !anchorsOf(readFileSync(join(ROOT, file), 'utf8')).includes(anchor)
      } catch {
        return true
      }
    })
    expect(lost.map(([link]) => link)).toEqual([])
  })

  test('of the steps and of access name only faults that there are', () => {
    const named = pages
      .filter(({ name }) =>
        ['docs/eight-steps.md', 'docs/access.md', 'docs/operations.md', 'docs/diagnosis.md', 'docs/proved.md'].includes(name),
      )
      .flatMap(({ text }) => [...text.matchAll(/`([A-Z]{3,}(?:_[A-Z]+)+)`/g)].map(([, code = '']) => code))
      .filter((code) => !code.startsWith('VDISKPREP_') && code !== 'VOLUME_KMSCLIENT')
    expect(named.length).toBeGreaterThan(20)
    expect([...new Set(named)].filter((code) => !Object.hasOwn(faultTable, code))).toEqual([])
  })
})

function exists(file: string): boolean {
  return readdirSync(join(ROOT, dirname(file))).includes(file.split('/').at(-1) ?? '') || file.endsWith('/')
}
