import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { bareScript } from '../../src/remote/bare-script.ts'
import { AGENTS_FOLDER, pwshMissing } from '../fixtures/powershell.ts'

/** What PowerShell's own parser says of each pair: the same tokens but for comments, or not. */
function judged(pairs: readonly (readonly [before: string, after: string])[]): readonly string[] {
  const script = join(import.meta.dirname, '../fixtures/same-tokens.ps1')
  const said = execFileSync('pwsh', ['-NoProfile', '-NonInteractive', '-File', script], {
    input: JSON.stringify(pairs),
    maxBuffer: 2 ** 26,
    timeout: 120_000,
  })
  return JSON.parse(said.toString('utf8')) as string[]
}

const agents = readdirSync(AGENTS_FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ps1'))
  .map((file) => [file, readFileSync(join(AGENTS_FOLDER, file), 'utf8')] as const)

/** Whatever may stand beside a #, in any order. */
const PIECES = [
  ...[
    '# note',
    '#',
    '<# one #>',
    '<# two\n lines #>',
    ' ',
    '    ',
    '\n',
    '\n\n',
    '`\n',
    '` ',
    '`#',
    '`"',
    "`'",
    ';',
    ',',
    '|',
    '&',
  ],
  ...["'a # b'", "'it''s'", "'two\n  # lines'", '"a # b"', '"say ""no"" # b"', '"`" # b"', '"$(f "# g") # b"', '"$( \'#\' )"'],
  ...[
    "@'\n  # kept\n'@",
    '@"\n  $(f "x") # kept\n"@',
    '${a b}',
    '${a}#b',
    '$a',
    '$a[0]',
    '$a#b',
    'word',
    'wo#rd',
    '-not',
    '5',
    '=',
    '+',
  ],
  ...[
    '(',
    ')',
    '{',
    '}',
    '[int]',
    '.Name',
    '$(',
    '@(',
    '--%',
    '<',
    '#>',
    "'",
    '"',
    "@'",
    '"@',
    '\u2019',
    'if ($a) { 1 } # end',
    '$a = 1',
  ],
]

describe('what a host does not need of a PowerShell file', () => {
  test('comments, indentation and empty lines go; strings stay to the byte', () => {
    const text = [
      '# A file.',
      'function Get-It {',
      '    <#',
      '    .SYNOPSIS',
      '    Says # it.',
      '    #>',
      '    [CmdletBinding()]',
      '    param([string] $A <# in #> = "a # $(f "# b") c") # why',
      '',
      "    $b = 'it''s # no comment'",
      "    @'",
      '    # kept',
      '',
      "'@ # gone",
      '    $a `',
      '',
      '}',
    ]
    const bare = [
      'function Get-It {',
      '[CmdletBinding()]',
      'param([string] $A   = "a # $(f "# b") c")',
      "$b = 'it''s # no comment'",
      "@'",
      '    # kept',
      '',
      "'@",
      '$a `',
      '',
      '}',
    ]
    expect(bareScript(`${text.join('\n')}\n`)).toBe(`${bare.join('\n')}\n`)
    expect(bareScript(text.join('\r\n'))).toBe(`${bare.join('\n')}\n`)
  })

  test.each([
    ['a # inside a word', 'Get-It a#b'],
    ['a # behind a braced name', 'Get-It ${a}#b'],
    ['an escaped line end before a comment', 'Get-It `\n# b'],
    ['arguments that PowerShell does not parse', 'cmd --% # b'],
    ['a demand on the engine', '#Requires -Version 5.1'],
    ['a typographic quote', '\u2018a # b\u2019'],
    ['a string without end', "'a # b"],
    ['a comment without end', '<# a'],
    ['a comment in an expanded string', '"$(f # b\n)"'],
    ['a here-string that begins on its line', "@'a\n'@"],
  ])('%s is not touched', (_what, text) => {
    expect(bareScript(text)).toBeUndefined()
  })

  test('every agent is understood', () => {
    expect(agents.length).toBeGreaterThan(100)
    expect(agents.filter(([, text]) => bareScript(text) === undefined).map(([file]) => file)).toEqual([])
  })

  test('what is bare already stays as it is', () => {
    for (const [, text] of agents) expect(bareScript(bareScript(text) ?? '')).toBe(bareScript(text))
  })

  const missing = pwshMissing()
  const proof = missing === undefined ? test : test.skip
  proof(`PowerShell reads the same tokens in every agent ${missing ?? ''}`, () => {
    const verdicts = judged(agents.map(([, text]) => [text, bareScript(text) ?? '']))
    expect(agents.map(([file], at) => [file, verdicts[at]]).filter(([, verdict]) => verdict !== 'same')).toEqual([])
  })

  proof(`PowerShell reads the same tokens in whatever can be put together ${missing ?? ''}`, () => {
    const texts = fc.sample(fc.array(fc.constantFrom(...PIECES), { maxLength: 9 }), { numRuns: 20_000, seed: 5 })
    const pairs = texts.flatMap((pieces): [string, string][] => {
      const text = pieces.join('')
      const bare = bareScript(text)
      return bare === undefined ? [] : [[text, bare]]
    })
    const verdicts = judged(pairs)
    expect(verdicts.filter((verdict) => verdict === 'same').length).toBeGreaterThan(1000)
    expect(pairs.map((pair, at) => [...pair, verdicts[at]]).filter(([, , verdict]) => verdict?.startsWith('differs'))).toEqual([])
  })
})
