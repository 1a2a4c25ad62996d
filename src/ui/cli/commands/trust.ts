import type { Composition } from '../../../compose.ts'
import { askYes } from '../asking.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { entryOf, inventoryOf, type InventoryOptions } from '../inventory-option.ts'
import type { CommonOptions } from '../options.ts'
import type { Terminal } from '../terminal.ts'

/** Options of `trust`. */
export interface TrustOptions extends CommonOptions, InventoryOptions {
  readonly replace?: boolean
  readonly yes?: boolean
}

/** `trust HOST...`: shows the fingerprint of each host key and writes those a person agrees to into known_hosts. Exit code 2 when nobody
 *  could agree. */
export async function trust(
  hosts: readonly string[],
  options: TrustOptions,
  composition: Composition,
  terminal: Terminal,
): Promise<ExitCode> {
  const inventory = inventoryOf(options, composition)
  for (const host of hosts) entryOf(host, inventory)
  let refused = 0
  for (const host of new Set(hosts)) {
    const key = await composition.hostKey(host, inventory)
    const { fingerprint, type, name, verdict } = key
    if (options.json !== true) terminal.out(`${host}  ${name}  ${type}\n  ${fingerprint}${WORDS[verdict]}`)
    const taken = verdict === 'known' || (await agreed(host, verdict, options, terminal))
    if (!taken) refused += 1
    const became = taken ? await key.trust(options.replace === true) : 'refused'
    if (options.json === true) terminal.out(JSON.stringify({ host, name, type, fingerprint, before: verdict, became }))
    else terminal.out(`  ${became === 'present' ? 'known already' : became}${taken ? ` in ${inventory.knownHosts}` : ''}`)
  }
  if (refused > 0 && !terminal.attended && options.json !== true)
    terminal.err('Nobody could be asked here. Compare the fingerprints on the hosts themselves, then repeat with --yes.')
  return refused > 0 ? EXIT.input : EXIT.ok
}

const WORDS = {
  known: '',
  unknown: '',
  changed: '   NOT the key that was trusted before',
  revoked: '   REVOKED in the file',
} as const

/** A changed key is never taken by --yes alone. */
async function agreed(
  host: string,
  verdict: 'unknown' | 'changed' | 'revoked',
  options: TrustOptions,
  { attended }: Terminal,
): Promise<boolean> {
  if (verdict !== 'unknown' && options.replace !== true) return true
  if (options.yes === true) return true
  return attended && (await askYes(`  Is this the key of ${host}? Compare it on the host itself.`))
}
