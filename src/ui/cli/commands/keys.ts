import type { Composition } from '../../../compose.ts'
import { lastFive } from '../../../licensing/channel.ts'
import { findKey, keyTitle, knownMistake, listKeys, type Gvlk } from '../../../licensing/keys.ts'
import { keySlip } from '../../../licensing/keys-format.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import type { CommonOptions } from '../options.ts'
import type { Terminal } from '../terminal.ts'

/** Options of `keys`. */
export interface KeysOptions extends CommonOptions {
  readonly edition?: string
  readonly office?: boolean
  readonly key?: string
}

/** `keys`: the public KMS client keys, or what a given key is. Exit code 2 for a key that cannot be one. */
export function keys(options: KeysOptions, _composition: Composition, terminal: Terminal): Promise<ExitCode> {
  return Promise.resolve(options.key === undefined ? table(options, terminal) : explain(options.key.trim(), options, terminal))
}

function table({ edition, office, json }: KeysOptions, terminal: Terminal): ExitCode {
  const rows = listKeys(office === true ? 'office' : undefined).filter((row) => edition === undefined || answersTo(row, edition))
  if (json === true) {
    for (const row of rows) terminal.out(JSON.stringify({ title: keyTitle(row), ...row }))
    return EXIT.ok
  }
  if (rows.length === 0) terminal.out(`No public key answers to "${edition ?? ''}".  Next:  vdiskprep keys`)
  let family = ''
  for (const row of rows) {
    if (row.family !== family) terminal.out(`${family === '' ? '' : '\n'}${terminal.paint('strong', row.family)}`)
    family = row.family
    const release = row.family.includes(row.release) ? '' : ` ${row.release}`
    terminal.out(`  ${row.key}  ${row.edition}${release}`)
  }
  return EXIT.ok
}

/** Every word has to stand somewhere in the row; "Microsoft" before a name says nothing. */
function answersTo(row: Gvlk, text: string): boolean {
  const hay = `${row.family} ${row.release} ${row.edition}`.toLowerCase()
  const words = text.toLowerCase().split(/[^a-z0-9.]+/)
  return words.every((word) => word === '' || word === 'microsoft' || hay.includes(word))
}

function explain(key: string, { json }: KeysOptions, terminal: Terminal): ExitCode {
  const slip = keySlip(key)
  const row = findKey(key)
  const mistake = knownMistake(key) ?? null
  const code = slip === undefined ? EXIT.ok : EXIT.input
  if (json === true) {
    const { product = null, edition = null, release = null, source = null } = row ?? {}
    const title = row === undefined ? null : keyTitle(row)
    terminal.out(
      JSON.stringify({
        key: lastFive(key),
        wellFormed: slip === undefined,
        slip: slip ?? null,
        title,
        product,
        edition,
        release,
        source,
        mistake,
      }),
    )
    return code
  }
  if (slip !== undefined) {
    terminal.out(`${key}\n${' '.repeat(slip.at)}${'^'.repeat(slip.length)} ${slip.says}`)
    if (slip.mend !== null) terminal.out(`  Try:  ${slip.mend}`)
  } else if (row !== undefined) {
    terminal.out(`...${lastFive(key)} is the public KMS client key of ${keyTitle(row)}.`)
    if (row.note !== undefined && mistake === null) terminal.out(`  ${row.note}`)
    terminal.out(`  Source: ${row.source}`)
  } else {
    terminal.out(`...${lastFive(key)} is no public KMS client key: a MAK, a retail key, a KMS host key or a typing error.`)
    terminal.out('  A KMS client needs a public one.  Next:  vdiskprep keys')
  }
  if (mistake !== null) terminal.out(`  Mind: ${mistake}.`)
  return code
}
