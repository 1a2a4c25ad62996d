import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { groupsOfPages, placeOf } from '../../scripts/site/navigation.ts'
import { noBrowser } from '../report/browser.ts'
import { lookAtSite } from './site/browser.ts'

const ROOT = join(import.meta.dirname, '../..')
const listed = groupsOfPages().flatMap(({ pages }) => pages)

/** Pages of the repository, whoever wrote them. */
const written = ['README.md', 'SECURITY.md', 'CHANGELOG.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md']
  .concat(readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }).map((name) => `docs/${name}`))
  .concat(readdirSync(join(ROOT, 'examples'), { recursive: true, encoding: 'utf8' }).map((name) => `examples/${name}`))
  .filter((name) => name.endsWith('.md'))

describe('the site', () => {
  let site = ''

  beforeAll(() => {
    site = join(mkdtempSync(join(tmpdir(), 'vdp-site-')), 'site')
    execFileSync(process.execPath, [join(ROOT, 'scripts/site/site.ts'), '--to', site], { cwd: tmpdir(), stdio: 'pipe' })
  }, 60_000)

  afterAll(() => {
    rmSync(dirname(site), { recursive: true, force: true })
  })

  test('has every page in its navigation, once', () => {
    expect(listed.toSorted()).toEqual(written.toSorted())
  })

  test('leads, as it was built, only to files and anchors that are there', () => {
    const pages = readdirSync(site, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.html'))
    const html = new Map(pages.map((name) => [join(site, name), readFileSync(join(site, name), 'utf8')]))
    const places = new Map(
      [...html].map(([file, text]) => [file, new Set([...text.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id))]),
    )
    const links = [...html].flatMap(([file, text]) =>
      [...text.matchAll(/ (?:href|src)="([^"]*)"/g)].map(([, to = '']) => ({ file, to: decodeURI(to) })),
    )
    const lost = links.filter(({ file, to }) => {
      if (/^(https?|mailto|data):/.test(to)) return false
      const [path = '', anchor] = to.split('#')
      const target = path === '' ? file : join(dirname(file), path)
      return (
        !existsSync(target) ||
        statSync(target).isDirectory() ||
        (anchor !== undefined && places.get(target)?.has(anchor) !== true)
      )
    })
    expect(pages.sort()).toEqual(listed.map(placeOf).sort())
    expect(links.length).toBeGreaterThan(1000)
    expect(lost.map(({ file, to }) => `${relative(site, file)}: ${to}`)).toEqual([])
  })

  test('can be searched without a network: every heading leads to its place', () => {
    const text = readFileSync(join(site, 'headings.js'), 'utf8')
    const headings = JSON.parse(text.slice(text.indexOf('['))) as readonly (readonly [string, string, string])[]
    expect(headings.find(([, , words]) => words.includes('0xC004F038'))?.[0]).toMatch(/^docs\/explain\.html#0xc004f038/)
    const lost = headings.filter(([place]) => {
      const [file = '', anchor] = place.split('#')
      return anchor !== undefined && !readFileSync(join(site, file), 'utf8').includes(`id="${anchor}"`)
    })
    expect(lost).toEqual([])
  })

  const look = noBrowser === null ? test : test.skip
  look(
    `opens from disk in a browser, light and dark, narrow and wide${noBrowser === null ? '' : ` (skipped: ${noBrowser})`}`,
    async () => {
      const seen = await lookAtSite(['index.html', 'docs/practice.html', 'docs/access.html'].map((page) => join(site, page)))
      expect(seen.findings).toEqual([])
      expect(seen.console).toEqual([])
      expect(seen.requests.filter((url) => !url.startsWith('file:') && !url.startsWith('data:'))).toEqual([])
      expect(seen.tooWide).toEqual([0, 0, 0])
      expect(seen.found).toContain('0xC004F038')
    },
    60_000,
  )
})
