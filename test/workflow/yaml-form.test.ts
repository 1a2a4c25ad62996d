import { describe, expect, test } from '@jest/globals'
import { message, problemsOf, w11, workspace } from './workspace.ts'

describe('a file that is not YAML as we read it', () => {
  test('a key that is written twice names the line of the first', () => {
    expect(problemsOf(w11('target: W11-T01\n'))).toBe(message`
      w11.yaml:6:1  "target" is written twice; first in line 4
        6 | target: W11-T01
          | ^^^^^^ expected each key once`)
  })

  test('every line that is indented with a tab is shown', () => {
    expect(problemsOf('extends: kms-new-image\nvdisk:\n\tstore: Store1\n\tname: W11\n')).toBe(message`
      w11.yaml:3:1  this line is indented with a tab
        3 | →store: Store1
          | ^ expected spaces: YAML allows no tabs

      w11.yaml:4:1  this line is indented with a tab
        4 | →name: W11
          | ^ expected spaces: YAML allows no tabs`)
  })

  test('aliases that explode are stopped at the limit, which is named', () => {
    const letters = Array.from('abcdefghij')
    const lines = letters.map((letter, index) => {
      const inside = index === 0 ? 'x' : `*${letters[index - 1] ?? ''}`
      return `${letter}: &${letter} [${Array.from({ length: 9 }, () => inside).join(', ')}]`
    })
    expect(problemsOf(lines.join('\n'))).toBe(message`
      w11.yaml:5:8  this alias unfolds to more than 10,000 values
        5 | e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d]
          |        ^^`)
  })

  test('an anchor that contains itself, and one that does not exist', () => {
    expect(problemsOf('title: &x [*x]\n')).toBe(message`
      w11.yaml:1:12  the anchor "&x" contains itself
        1 | title: &x [*x]
          |            ^^`)
    expect(problemsOf(w11('title: *x\n'))).toBe(message`
      w11.yaml:6:8  there is no anchor "&x" above this alias
        6 | title: *x
          |        ^^`)
  })

  test('an anchor that is used within reason is fine', () => {
    expect(problemsOf(w11('policy:\n  sealVDisk: &long { deadline: 1h }\n  verify: *long\n'))).toBe('')
  })

  test('deep nesting is refused, whether the parser or we notice it', () => {
    expect(problemsOf('['.repeat(50) + ']'.repeat(50))).toContain('nested more than 40 levels deep')
    expect(problemsOf('['.repeat(30_000))).toContain('nested too deeply')
  })

  test('a second document, a lost quote, a second colon, a backslash in double quotes', () => {
    expect(problemsOf(w11('---\na: 1\n'))).toBe(message`
      w11.yaml:6:1  a second document begins here
        6 | ---
          | ^^^ expected one document; several vDisks go under "vdisks:"`)
    expect(problemsOf(w11('title: "W11\n'))).toContain('something is not closed or a ":" is missing')
    expect(problemsOf(w11('title: a: b\n'))).toBe(message`
      w11.yaml:6:8  a second ": " stands in this line
        6 | title: a: b
          |        ^ expected quotes around a text with ": ", or a new line`)
    expect(problemsOf(w11('title: "HQ\\svc"\n'))).toBe(message`
      w11.yaml:6:11  in double quotes a backslash begins an escape
        6 | title: "HQ\svc"
          |           ^ expected single quotes around paths and accounts: 'HQ\svc-pvs'`)
  })

  test('a list where a block of keys belongs says so once', () => {
    expect(problemsOf('- a\n- b\n')).toBe(message`
      w11.yaml:1:1  the file holds a list
        1 | - a
          | ^^^ expected keys such as extends:, inventory:, vdisk: and target:`)
  })
})

describe('a file that cannot be read as text', () => {
  test('UTF-16, as Windows editors save it', () => {
    expect(problemsOf(Buffer.from(`\ufeff${w11()}`, 'utf16le'))).toBe(message`
      w11.yaml  this file is saved as UTF-16 LE (what Windows editors call "Unicode")
        expected UTF-8: save it as "UTF-8" in your editor`)
    expect(problemsOf(Buffer.from(w11(), 'utf16le'))).toContain('saved as UTF-16 LE without a byte order mark')
    expect(problemsOf(Buffer.from(`\ufeff${w11()}`, 'utf16le').swap16())).toContain('saved as UTF-16 BE')
  })

  test('Latin-1 bytes are shown where they stand, as the letter that was meant', () => {
    expect(problemsOf(Buffer.from(w11('title: Büro\n'), 'latin1'))).toBe(message`
      w11.yaml:6:9  byte 0xFC is not UTF-8; the file looks saved as Windows-1252 or Latin-1 ("ü")
        6 | title: Büro
          |         ^ expected UTF-8: save it as "UTF-8" in your editor`)
  })

  test('UTF-8 is fine with a byte order mark and with letters of any script', () => {
    expect(problemsOf(`\ufeff${w11('title: Büro 事務所\n')}`)).toBe('')
  })

  test('a zero byte', () => {
    expect(problemsOf(w11('title: "a\0b"\n'))).toContain('this is not a text file (a zero byte at offset ')
  })

  test('an empty file, and one of comments only', () => {
    const empty = message`
      w11.yaml  this file is empty
        expected at least "extends: kms-new-image" and "inventory: farm.yaml"`
    expect(problemsOf('')).toBe(empty)
    expect(problemsOf('# nothing yet\n---\n')).toBe(empty)
  })

  test('50 MB are refused before anything is parsed', () => {
    const space = workspace({ 'w11.yaml': new Uint8Array(50 * 1024 * 1024).fill(0x20) })
    expect(space.problems('w11.yaml')).toBe(message`
      w11.yaml  this file has 50.0 MiB; nothing above 1 MiB is read
        expected a workflow or inventory file`)
    space.remove()
  })

  test('a file full of mistakes ends with how many more there are', () => {
    const said = problemsOf(w11(Array.from({ length: 5000 }, () => 'target: x').join('\n')))
    expect(said.split('\n').at(-1)).toBe('w11.yaml  4900 more problems are not shown')
  })

  test('a folder, and a file that does not exist', () => {
    const space = workspace({ 'sub/w11.yaml': w11() })
    expect(space.problems('sub')).toBe(message`
      sub  this is a folder
        expected a file in it, such as w11.yaml`)
    expect(space.problems('w12.yaml')).toBe('w12.yaml  there is no such file')
    expect(space.problems('farm.yaml/w12.yaml')).toBe('farm.yaml/w12.yaml  there is no such file')
    space.remove()
  })

  test.each(['sub/w11', 'sub/w11.yml', 'sub/W11'])('%s, where sub/w11.yaml was meant', (typed) => {
    const space = workspace({ 'sub/w11.yaml': w11() })
    expect(space.problems(typed)).toBe(`${typed}  there is no such file\n  did you mean "w11.yaml"?`)
    space.remove()
  })
})
