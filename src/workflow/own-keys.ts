import { Fault } from '../faults/fault.ts'
import { keySlip } from '../licensing/keys-format.ts'
import { findKey, keyTitle, listKeys } from '../licensing/keys.ts'
import { ownKey, ownKeyText } from '../wire/own-key.ts'
import { editDistance } from './nearest.ts'
import type { Plan } from './plan.ts'

/** So many slips still make a public key mistyped; what is further away may be a secret. */
const SLIPS = 4

/** Whether a text is a public client key, perhaps mistyped: only such a key may stand in a file, or be shown. */
export function isNearlyPublic(text: string): boolean {
  const key = text.trim().toUpperCase()
  return key.length <= 40 && (findKey(key) !== undefined || listKeys().some((row) => editDistance(key, row.key) <= SLIPS))
}

/** Where a plan names keys of a site's own: `at` as in the file, `reference` as it was written (env:, file:, prompt:). */
export function ownKeysOf(plan: Plan): readonly { readonly at: string; readonly reference: string }[] {
  const named = [
    ['windows.key', plan.windows.key ?? ''],
    ...Object.entries(plan.office.keys).map(([id, key]) => [`office.keys.${id}`, key]),
  ]
  return named.flatMap(([at = '', text = '']) => {
    const own = ownKey(text)
    return own === undefined ? [] : [{ at, reference: own.reference }]
  })
}

/** The plan with the last five characters of each key that was read, by its reference; what turns out to be a public key stands there in
 *  clear. Throws KEY_UNUSABLE, never naming the key. */
export function withOwnKeys(plan: Plan, values: ReadonlyMap<string, string>): Plan {
  const settled = (at: string, text: string) => {
    const own = ownKey(text)
    const value = own && values.get(own.reference)
    return own === undefined || value === undefined ? text : checked(at, own.reference, value)
  }
  const { key } = plan.windows
  const keys = Object.entries(plan.office.keys).map(([id, text]) => [id, settled(`office.keys.${id}`, text)] as const)
  return {
    ...plan,
    windows: { ...plan.windows, key: key === null ? null : settled('windows.key', key) },
    office: { ...plan.office, keys: Object.fromEntries(keys) },
  }
}

function checked(at: string, reference: string, value: string): string {
  const slip = keySlip(value)
  // The words of a slip may quote a group of the key.
  if (slip) throw new Fault('KEY_UNUSABLE', { at, reference, why: slip.says.replace(/ \("[^"]*"\)/, '') })
  const row = findKey(value)
  if (row === undefined) return ownKeyText(reference, value)
  const product = at.startsWith('office') ? 'office' : 'windows'
  if (row.product !== product) throw new Fault('KEY_UNUSABLE', { at, reference, why: `it is the key of ${keyTitle(row)}` })
  return row.key
}
