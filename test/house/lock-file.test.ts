import { describe, expect, test } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Lock {
  readonly packages: Readonly<
    Record<
      string,
      {
        readonly resolved?: string
        readonly integrity?: string
        readonly optionalDependencies?: Readonly<Record<string, string>>
      }
    >
  >
}

const text = readFileSync(join(import.meta.dirname, '../../package-lock.json'), 'utf8')
const lock = JSON.parse(text) as Lock

/** Optional packages that a locked package names and that have no entry: `npm ci` refuses such a lock on the machine that needs them. */
function missing({ packages }: Lock): readonly string[] {
  return Object.entries(packages).flatMap(([path, entry]) =>
    Object.keys(entry.optionalDependencies ?? {})
      .filter((name) => !placesFor(path, name).some((place) => place in packages))
      .map((name) => `${path} -> ${name}`),
  )
}

/** Where a package looks for another: in its own folder, then in each folder above it. */
function placesFor(path: string, name: string): readonly string[] {
  const places = [`node_modules/${name}`]
  for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1)))
    places.push(`${at}/node_modules/${name}`)
  return places
}

describe('the lock file', () => {
  test('every optional platform package that a locked package names has an entry of its own', () => {
    expect(missing(lock)).toEqual([])
  })

  test('a platform package that was dropped is noticed', () => {
    const { 'node_modules/@esbuild/win32-x64': dropped, ...rest } = lock.packages
    expect(dropped).toBeDefined()
    expect(missing({ packages: rest })).toEqual(['node_modules/esbuild -> @esbuild/win32-x64'])
  })

  test('every package is named by its content, not by where this copy was fetched', () => {
    const entries = Object.entries(lock.packages).filter(([path]) => path !== '')
    expect(entries.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([])
    expect(entries.filter(([, { integrity }]) => integrity === undefined).map(([path]) => path)).toEqual([])
  })
})
