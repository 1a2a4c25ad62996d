import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { faultTable } from '../../src/faults/table.ts'

const ROOT = join(import.meta.dirname, '../..')

const help = (...command: string[]) =>
  execFileSync(process.execPath, [join(import.meta.dirname, '../../src/main.ts'), ...command, '--help'], {
    encoding: 'utf8',
    timeout: 60_000,
  })

interface Typed {
  readonly code: string
  readonly words: string
}

/** Commands of the faults' remedies as they are typed: what follows `vdiskprep` up to the end of the remedy. */
const ofFaults = Object.entries(faultTable).flatMap(([code, { remedy }]) => remedy.flatMap((line) => commandsIn(code, line)))

/** Commands of the pages: in quotes, or on an indented line of their own. */
const ofPages = readdirSync(join(ROOT, 'docs'))
  .filter((name) => name.endsWith('.md'))
  .map((name) => `docs/${name}`)
  .concat('README.md', 'SECURITY.md', 'CONTRIBUTING.md')
  .flatMap((name) => {
    const text = readFileSync(join(ROOT, name), 'utf8')
    const quoted = [...text.matchAll(/`(vdiskprep [^`]*)`/g)].map(([, words = '']) => words.replaceAll(/\s+/g, ' '))
    const indented = [...text.matchAll(/^ {4,}(?:\$ )?(vdiskprep .*)$/gm)].map(([, words = '']) => words)
    return [...quoted, ...indented].flatMap((line) => commandsIn(name, line))
  })

function commandsIn(code: string, line: string): Typed[] {
  return [...line.matchAll(/vdiskprep ([a-z].*)/g)].map(([, words = '']) => ({ code, words }))
}

const typed = [...ofFaults, ...ofPages]

describe('what a fault or a page tells a person to type', () => {
  const commands = [...help().matchAll(/^ {2}([a-z]+)[ \n]/gm)].map(([, name]) => name ?? '')
  const named = [...new Set(typed.map(({ words }) => words.split(' ')[0] ?? ''))]
  // A word before commands does nothing itself: the options stand in the help of the command under it.
  const headings = named.filter((name) => commands.includes(name) && help(name).includes('\nCommands:'))
  const commandOf = (words: string) => {
    const [first = '', second = ''] = words.split(' ')
    return headings.includes(first) && /^[a-z]/.test(second) ? [first, second] : [first]
  }
  const asked = [...new Set(typed.map(({ words }) => commandOf(words).join(' ')))]

  test('is a command that the program has', () => {
    expect(named.length).toBeGreaterThan(8)
    expect(named.filter((name) => !commands.includes(name))).toEqual([])
  })

  test.each(asked.filter((name) => commands.includes(name.split(' ')[0] ?? '')))('names only options that %s has', (name) => {
    const text = help(...name.split(' '))
    const unknown = typed
      .filter(({ words }) => commandOf(words).join(' ') === name)
      .flatMap(({ code, words }) => (words.match(/--[a-z-]+/g) ?? []).map((option) => ({ code, option })))
      .filter(({ option }) => !text.includes(`${option} `) && !text.includes(`${option}\n`))
    expect(unknown).toEqual([])
  })
})
