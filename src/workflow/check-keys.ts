import { knownMistake } from '../licensing/article-keys.ts'
import { keySlip } from '../licensing/keys-format.ts'
import { officeIdNames, officeIds } from '../licensing/keys-office-ids.ts'
import { windowsNamed, windowsNames } from '../licensing/keys-names.ts'
import { findKey, keyTitle, publicOfficeKeyFor, type Gvlk } from '../licensing/keys.ts'
import { nearest } from './nearest.ts'
import { object, type PlanSubject } from './plan-subject.ts'
import { spanIn } from './source.ts'
import { isNearlyPublic } from './own-keys.ts'
import { SECRET_FORM, SECRET_REFERENCE } from './secret-reference.ts'
import { spanAt, type Path } from './tree-path.ts'

/** Checks every key that a file names: its form, and by the public catalogue whether it is for this product and edition. A key that is
 *  not public is a secret: it may only be named by a reference, and is checked when it was read (own-keys.ts). */
export function checkKeys(subject: PlanSubject): void {
  const { windows = {}, office = {} } = subject.file
  const stated = statedWindows(subject)
  if (windows.key !== undefined && windows.key !== 'auto') checkWindowsKey(subject, windows.key, stated)
  for (const [id, key] of Object.entries(office.keys ?? {})) checkOfficeKey(subject, id, key)
}

/** The catalogue's row of the Windows that the file expects; a name that nobody knows is reported. */
export function statedWindows(subject: PlanSubject): Gvlk | undefined {
  const { os } = subject.file.windows ?? {}
  return os === undefined ? undefined : windowsNamed(os)
}

/** Reports an `os:` that no Windows calls itself. */
export function checkStatedWindows(subject: PlanSubject): void {
  const { os } = subject.file.windows ?? {}
  if (os === undefined || windowsNamed(os)) return
  const near = nearest(os, windowsNames())
  object(subject, ['windows', 'os'], {
    message: `no Windows with a KMS client key is called "${os}"`,
    suggestion: near === undefined ? null : `did you mean "${near}"?`,
    expected: near === undefined ? 'its own name, such as Windows 11 Enterprise or Windows Server 2022 Datacenter' : null,
  })
}

function checkWindowsKey(subject: PlanSubject, key: string, stated: Gvlk | undefined): void {
  const path = ['windows', 'key']
  if (!wellFormed(subject, path, key)) return
  const row = findKey(key)
  if (!row) return
  const expected = stated ? `${stated.key}, or "auto"` : '"auto", or a key of Windows'
  if (row.product !== 'windows') {
    object(subject, path, {
      message: `windows.key is the key of ${keyTitle(row)}`,
      expected: `${expected}; Office keys go under office.keys`,
    })
  } else if (stated && stated.key !== row.key) {
    const mistake = knownMistake(key)
    const because = mistake === undefined ? '' : ` (${mistake})`
    object(subject, path, {
      message: `windows.key is the key of ${keyTitle(row)}, and windows.os says ${subject.file.windows?.os ?? ''}${because}`,
      expected,
    })
  }
}

function checkOfficeKey(subject: PlanSubject, id: string, key: string): void {
  const path = ['office', 'keys', id]
  if (/retail$|^o365/i.test(id)) {
    object(subject, path, {
      message: `${id} is a retail or subscription product: it takes no KMS key`,
      expected: 'a volume product, such as ProPlus2021Volume',
    })
    return
  }
  checkOfficeId(subject, path, id)
  if (!wellFormed(subject, path, key)) return
  const row = findKey(key)
  if (!row) return
  if (row.product !== 'office') {
    object(subject, path, { message: `${id} has the key of ${keyTitle(row)}`, expected: 'a key of Office' })
    return
  }
  const named = officeIds(id, '2016')
  const dated = named !== undefined && /20\d\d/.test(id)
  if (!named || (named.family === row.family && named.edition === row.edition && (!dated || named.release === row.release)))
    return
  const own = dated ? publicOfficeKeyFor(id, '2016') : undefined
  object(subject, path, {
    message: `${id} has the key of ${keyTitle(row)}`,
    expected: own ? own.key : `a key of ${named.family} ${named.edition}`,
  })
}

/** Only an id that is nearly a known one is a slip: Microsoft may name products that are not listed here. */
function checkOfficeId(subject: PlanSubject, path: Path, id: string): void {
  if (officeIds(id, '2016') ?? officeIds(id, '2010')) return
  const known = officeIdNames.flatMap((name) => [name, ...['', '2019', '2021', '2024'].map((year) => `${name}${year}Volume`)])
  const near = nearest(id, known)
  if (near !== undefined)
    object(subject, path, { message: `no Office product is called "${id}"`, suggestion: `did you mean "${near}"?` })
}

function wellFormed(subject: PlanSubject, path: Path, key: string): boolean {
  if (SECRET_REFERENCE.test(key)) return false
  if (!isNearlyPublic(key)) {
    subject.found.hide(spanAt(subject.tree, path))
    object(subject, path, {
      message: `${path.join('.')} is no public client key: a plan is kept as it is, so a key of your own must not stand here`,
      expected: `where the key is found: ${SECRET_FORM}`,
    })
    return false
  }
  const slip = keySlip(key)
  if (!slip) return true
  const whole = spanAt(subject.tree, path)
  const shift = whole.source.text.slice(whole.start, whole.end).indexOf(key)
  const start = whole.start + shift + slip.at
  const at = shift < 0 ? whole : spanIn(whole.source, start, start + slip.length)
  const known = knownMistake(key)
  const mend = slip.mend?.startsWith('look') === true ? slip.mend : slip.mend === null ? null : `did you mean ${slip.mend}?`
  subject.found.add({
    at,
    message: `${path.join('.')} is no product key: ${slip.says}${known === undefined ? '' : `; ${known}`}`,
    suggestion: mend,
    expected: mend === null ? 'five groups of five characters: XXXXX-XXXXX-XXXXX-XXXXX-XXXXX' : null,
  })
  return false
}
