import { ARTICLE_MISTAKES, knownMistake } from '../../../licensing/article-keys.ts'
import { lastFive } from '../../../licensing/channel.ts'
import { findKey, keyTitle, listKeys, type Gvlk } from '../../../licensing/keys.ts'
import { keySlip } from '../../../licensing/keys-format.ts'
import { buildsOf } from '../../../licensing/keys-windows-releases.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import type { CommonOptions } from '../options.ts'
import { hanging } from '../screens/wrap.ts'
import type { Terminal } from '../terminal.ts'

/** Options of `keys`. */
export interface KeysOptions extends CommonOptions {
  readonly product?: string
  readonly edition?: string
  readonly build?: string
  readonly office?: boolean
  readonly key?: string
  readonly mistakes?: boolean
}

/** `keys WHAT`: the public KMS client keys, what a given key is, or what is wrong in the source article. A word that may be meant as a key is
 *  one; others are words of a product. Exit code 2 for a key that cannot be one. */
export function keys(what: readonly string[], options: KeysOptions, terminal: Terminal): ExitCode {
  if (options.mistakes === true) return mistakes(options, terminal)
  const said = what.join(' ').trim()
  const key = options.key ?? (MEANT_AS_KEY.test(said) ? said : undefined)
  if (key !== undefined) return explain(key.trim(), options, terminal)
  return table({ ...options, product: [options.product ?? '', said].join(' ').trim() }, terminal)
}

/** Some five groups, or one long word. */
const MEANT_AS_KEY = /^[A-Z0-9]{3,7}(?:[- ][A-Z0-9]{3,7}){3,5}$|^[A-Z0-9]{20,30}$/i

function table(options: KeysOptions, terminal: Terminal): ExitCode {
  const { product = '', edition = '', build, office, json } = options
  const rows = listKeys(office === true ? 'office' : undefined).filter(
    (row) => answersTo(row, `${product} ${edition}`) && (build === undefined || serves(row, Number(build))),
  )
  if (json === true) {
    for (const row of rows)
      terminal.out(JSON.stringify({ title: keyTitle(row), channel: 'VOLUME_KMSCLIENT', ...buildsOf(row), ...row }))
    return EXIT.ok
  }
  if (rows.length === 0) {
    const asked = [product, edition, build === undefined ? '' : `build ${build}`].filter((word) => word !== '').join(' ')
    terminal.out(`No public key answers to "${asked}".  Next:  vdiskprep keys`)
    return EXIT.ok
  }
  for (const [heading, group] of Map.groupBy(rows, headingOf)) {
    terminal.out(terminal.paint('strong', heading))
    for (const row of group)
      terminal.out(
        `  ${row.key}  ${row.edition}${row.family.includes(row.release) || row.release.startsWith('all ') ? '' : ` ${row.release}`}`,
      )
    terminal.out('')
  }
  for (const line of FOOT.flatMap((text) => hanging('', text, terminal.width))) terminal.out(line)
  return EXIT.ok
}

const FOOT = [
  `${String(listKeys().length)} keys of channel VOLUME_KMSCLIENT; --json names the source of each. By the facts of a machine: vdiskprep keys --for HOST`,
  'A key of your own goes into the workflow: windows.key: file:PATH (or env:NAME, prompt:LABEL), office.keys likewise.',
]

function headingOf(row: Gvlk): string {
  const { builds, from } = buildsOf(row)
  if (from !== undefined) return `${row.family}   from build ${String(from)}`
  return builds === undefined ? row.family : `${row.family}   build ${builds.join(', ')}`
}

/** Every word has to stand somewhere in the row; "Microsoft" before a name says nothing. */
function answersTo(row: Gvlk, text: string): boolean {
  const hay = `${row.product} ${row.family} ${row.release} ${row.edition}`.toLowerCase()
  const words = text.toLowerCase().split(/[^a-z0-9.]+/)
  return words.every((word) => word === '' || word === 'microsoft' || hay.includes(word))
}

function serves(row: Gvlk, build: number): boolean {
  const { builds = [], from = Infinity } = buildsOf(row)
  return builds.includes(build) || build >= from
}

function mistakes({ json }: KeysOptions, terminal: Terminal): ExitCode {
  for (const one of ARTICLE_MISTAKES) {
    if (json === true) terminal.out(JSON.stringify(one))
    else {
      terminal.out(`${one.printed.padEnd(29)}  ${one.kind.padEnd(11)}  ${one.listedAs}`)
      for (const line of hanging('    ', one.key === one.printed ? one.wrong : `${one.wrong}: ${one.key}`, terminal.width))
        terminal.out(line)
    }
  }
  return EXIT.ok
}

function explain(key: string, { json }: KeysOptions, terminal: Terminal): ExitCode {
  const slip = keySlip(key)
  const row = findKey(key)
  const mistake = knownMistake(key) ?? null
  const code = slip === undefined ? EXIT.ok : EXIT.input
  if (json === true) {
    const { product = null, edition = null, release = null, source = null } = row ?? {}
    const title = row === undefined ? null : keyTitle(row)
    const form = { wellFormed: slip === undefined, slip: slip ?? null }
    terminal.out(JSON.stringify({ key: lastFive(key), ...form, title, product, edition, release, source, mistake }))
    return code
  }
  const say = (head: string, text: string) => {
    for (const line of hanging(head, text, terminal.width)) terminal.out(line)
  }
  if (slip !== undefined) {
    terminal.out(`${key}\n${' '.repeat(slip.at)}${'^'.repeat(slip.length)} ${slip.says}`)
    if (slip.mend !== null) terminal.out(`  Try:  ${slip.mend}`)
  } else if (row !== undefined) {
    say('', `...${lastFive(key)} is the public KMS client key of ${keyTitle(row)}.`)
    if (row.note !== undefined && mistake === null) say('  ', row.note)
    say('  Source: ', row.source)
  } else for (const line of STRANGE) say(line === STRANGE[0] ? '' : '  ', line.replace('KEY', `...${lastFive(key)}`))
  if (mistake !== null) say('  Mind: ', `${mistake}.`)
  return code
}

const STRANGE = [
  'KEY is no public KMS client key: a MAK, a retail key, a KMS host key or a typing error. Which, only Windows can tell.',
  'A run takes it from windows.key: file:PATH and holds after its installation when Windows shows another channel than VOLUME_KMSCLIENT: a KMS host key would make every clone a KMS host, a MAK would be spent by every clone.',
  'The public keys: vdiskprep keys',
] as const
