import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'

const ROOT = join(import.meta.dirname, '../..')
const files = readdirSync(join(ROOT, 'examples'), { recursive: true, encoding: 'utf8' })
const readmes = files.filter((file) => file.endsWith('/README.md') && file !== 'callers/README.md').map((file) => dirname(file))

/** What tests name: the folder itself, or all folders that promise something in expected.yaml. */
const tests = ['test/examples.test.ts', 'test/examples/callers.test.ts', 'test/api/example.test.ts']
  .map((file) => readFileSync(join(ROOT, file), 'utf8'))
  .join('\n')

describe('the folders of examples', () => {
  test('are all there, each with a README of its own', () => {
    const folders = files.filter((file) => !file.includes('/roles/')).map((file) => dirname(file))
    expect(new Set(readmes)).toEqual(
      new Set(folders.filter((folder) => folder !== '.' && folder !== 'callers' && folder !== 'callers/ansible/roles')),
    )
    expect(readmes.length).toBeGreaterThan(14)
  })

  test.each(readmes)('%s says in a few lines what it is and what comes of it, and has its test', (folder) => {
    const readme = readFileSync(join(ROOT, 'examples', folder, 'README.md'), 'utf8')
    const own = files.filter((file) => dirname(file) === folder && !file.endsWith('README.md')).map((file) => basename(file))
    const text = readme
      .replaceAll(/```[^]*?```/g, '')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
    expect(text.length).toBeLessThanOrEqual(15)
    expect(readme).toMatch(/Expected|It ends|exit code is/)
    const named = [basename(folder), ...own].filter((name) => tests.includes(name))
    expect(own.includes('expected.yaml') ? ['expected.yaml'] : named).not.toEqual([])
  })
})
