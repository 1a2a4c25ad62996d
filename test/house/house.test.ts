import { describe, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { homedir, hostname } from 'node:os'
import { join, relative } from 'node:path'
import { stale } from '../../scripts/schemas.ts'
import { VERSION } from '../../src/version.ts'

const ROOT = join(import.meta.dirname, '../..')
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const manifest = JSON.parse(read('package.json')) as { version: string; scripts: Record<string, string>; files: string[] }

/** Every text that belongs to the repository. */
function ownFiles(folder = ROOT): readonly string[] {
  const foreign = ['node_modules', 'dist', 'coverage', '.git', 'package-lock.json']
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !foreign.includes(name) && !name.endsWith('.tgz'))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      return entry.isDirectory() ? ownFiles(path) : entry.isFile() ? [relative(ROOT, path)] : []
    })
}

describe('the house', () => {
  test('tests run as ES modules: as CommonJS this file would not know its own name', () => {
    expect(import.meta.filename).toBe(join(ROOT, 'test/house/house.test.ts'))
  })

  test('the program tells the version of its package', () => {
    expect(VERSION).toBe(manifest.version)
  })

  test('the schemas and the reference page are what the code says now', () => {
    expect(stale()).toEqual([])
  })

  test('nothing is left to be done later, and nothing names the machine it was written on', () => {
    // Put together here, so that this file does not hold them itself.
    const words = [
      ['TO', 'DO'],
      ['FIX', 'ME'],
      ['XX', 'X:'],
      ['/wo', 'rk/'],
      ['/ho', 'me/'],
      ['/tmp/', 'bash'],
    ].map((word) => word.join(''))
    const places = [...words, ...(homedir().length > 5 ? [homedir()] : []), ...(hostname().length > 5 ? [hostname()] : [])]
    const found = ownFiles().flatMap((path) => {
      const text = read(path)
      return places.filter((word) => text.includes(word)).map((word) => `${path}: ${word}`)
    })
    expect(found).toEqual([])
  })
})

describe('what the pages promise', () => {
  const pages = ownFiles().filter((path) => path.endsWith('.md'))

  test('every npm script they name exists', () => {
    const named = pages.flatMap((page) =>
      [...read(page).matchAll(/npm run (?:-s )?([\w:-]+)/g)].map(([, script]) => `${page}: ${script ?? ''}`),
    )
    expect(named.length).toBeGreaterThan(3)
    expect(named.filter((one) => !((one.split(': ')[1] ?? '') in manifest.scripts))).toEqual([])
  })

  test('every file they link to or name by its path exists', () => {
    const named = pages.flatMap((page) => {
      const links = [...read(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)/g)].map(([, to]) => join(page, '..', to ?? ''))
      const paths = [...read(page).matchAll(/`((?:src|test|scripts|docs|workflows|examples|agents|bin)\/[\w./-]+)`/g)].map(
        ([, path]) => path ?? '',
      )
      return [...links, ...paths].map((path) => `${page}: ${path}`)
    })
    expect(named.length).toBeGreaterThan(20)
    expect(named.filter((one) => !existsSync(join(ROOT, one.split(': ')[1] ?? '')))).toEqual([])
  })

  test('every command of the README is one that the program has', () => {
    const help = execFileSync(process.execPath, [join(ROOT, 'src/main.ts'), '--help'], { encoding: 'utf8' })
    const commands = [...help.matchAll(/^ {2}([a-z]+)[ \n]/gm)].map(([, name]) => name)
    const named = [...read('README.md').matchAll(/`vdiskprep (?:-- )?([a-z]+)\b/g)].map(([, name]) => name)
    expect(commands).toContain('run')
    expect(named.length).toBeGreaterThan(5)
    expect(named.filter((name) => !commands.includes(name))).toEqual([])
  })

  test('.ci/run runs the very lines that the README gives', () => {
    for (const line of ['npm cit', 'npm run check', 'npm start']) {
      expect(read('README.md')).toContain(line)
      expect(read('.ci/run')).toContain(` ${line}`)
    }
  })
})
