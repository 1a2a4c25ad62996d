import type { LedgerEntry } from '../../src/lab/model/ledger.ts'

/** What may happen more often than in an undisturbed run without harm: the test activation of step 4 is repeatable. */
const REPEATABLE = new Set(['activation'])

/** One happening without its number, its time and what is drawn by chance. */
function plain(entry: LedgerEntry): string {
  return JSON.stringify({ ...entry, n: 0, at: '', ...('cmid' in entry ? { cmid: '(drawn)' } : {}) })
}

function counted(ledger: readonly LedgerEntry[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const entry of ledger) counts.set(plain(entry), (counts.get(plain(entry)) ?? 0) + 1)
  return counts
}

/** How the ledger of a disturbed run differs from that of an undisturbed one: nothing is missing, nothing happened more often, two clones
 *  drew CMIDs of their own. One sentence per difference. */
export function differences(undisturbed: readonly LedgerEntry[], ledger: readonly LedgerEntry[]): readonly string[] {
  const [wanted, found] = [counted(undisturbed), counted(ledger)]
  const kinds = [...new Set([...wanted.keys(), ...found.keys()])]
  const uneven = kinds.flatMap((kind) => {
    const [before, now] = [wanted.get(kind) ?? 0, found.get(kind) ?? 0]
    const { did } = JSON.parse(kind) as { did: string }
    return now < before || (now > before && !REPEATABLE.has(did))
      ? [`${kind}: ${String(now)} times instead of ${String(before)}`]
      : []
  })
  const drawn = ledger.flatMap((one) => (one.did === 'cmid' && one.drawn && one.product === 'Windows' ? [one.cmid] : []))
  return new Set(drawn).size === drawn.length ? uneven : [...uneven, 'two clones share a CMID']
}
