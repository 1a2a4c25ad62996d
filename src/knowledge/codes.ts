/** What a text names by number, in the order in which it stands there. */
export interface Named {
  /** HRESULTs and NTSTATUS values as `0xC004F074`, however they were written. */
  readonly hresults: readonly string[]
  readonly events: readonly number[]
  /** Error numbers of PVS, where the text speaks of PVS or says nothing else. */
  readonly numbers: readonly number[]
  /** Names of errors, as the PVS snap-in and the Windows SDK have them. */
  readonly names: readonly string[]
}

const PREFIXED = /0x([0-9a-f]{8})(?![0-9a-f])/gi
/** Eight digits without 0x: only those that begin like an error and are no part of a GUID, a date or a longer number. */
const BARE = /(?<![\w-])((?:c0|80|87|40|e0|a0)[0-9a-f]{6})(?![\w]|-[0-9a-f]{4}-)/gi
/** An HRESULT as scripts print it, decimal: the severity bit makes it negative, or at least 2^31. */
const DECIMAL = /(?<![\w.-])(?:-\d{9,10}|[234]\d{9})(?![\w.])/g
const EVENT = /(?:\bevent|\bereignis|\bereigniskennung)[\s-]*(?:ids?|kennung|code)?\D{0,3}?(\d{1,5})\b|<EventID[^>]*>(\d{1,5})</gi
const NUMBER =
  /(?:\berror|\bcode|\breturncode|\bfehler(?:code)?|\bmapi)\b[\s:=#(]*(?:(?:code|number|nr\.?|nummer|no\.?)[\s:=#]*)?(\d{1,4})(?![\w.x])/gi
/** A number alone, or after the words that people put before one. */
const ALONE = /^\W*(?:(?:an?|the|error|returned?|code|status|number|event|id|pvs|fehler|ereignis)\W+)*(\d{1,5})\W*$/i
const SNAPIN = /Citrix\.PVS\.SnapIn\.(?!dll\b)([A-Z]\w+)/g
const SYMBOL = /\b[A-Z]{2,}_[A-Z][A-Z0-9_]+\b/g
const PVS = /\b(?:pvs|citrix|vdisks?|provisioning|mcli|mapi|soapserver|streamservice|pvsexception|eaexception)\b/i

/** Finds every number and name of an error in a text. Hexadecimal, decimal and negative forms are one code. */
export function namedIn(text: string): Named {
  const found = [
    ...[...text.matchAll(PREFIXED)].map((match) => ({ at: match.index, code: hexOf(match[1] ?? '') })),
    ...[...text.matchAll(BARE)].map((match) => ({ at: match.index, code: hexOf(match[1] ?? '') })),
    ...[...text.matchAll(DECIMAL)].map((match) => ({ at: match.index, code: hexOf((Number(match[0]) >>> 0).toString(16)) })),
  ].sort((one, other) => one.at - other.at)
  const alone = ALONE.exec(text)?.[1]
  const events = [...text.matchAll(EVENT)].map((match) => Number(match[1] ?? match[2]))
  const numbers = PVS.test(text) ? [...text.matchAll(NUMBER)].map((match) => Number(match[1])) : []
  return {
    hresults: unique(found.map(({ code }) => code)),
    events: unique(alone === undefined ? events : [Number(alone)]),
    numbers: unique(alone === undefined ? numbers : [Number(alone)]),
    names: unique([...[...text.matchAll(SNAPIN)].map((match) => match[1] ?? ''), ...(text.match(SYMBOL) ?? [])]),
  }
}

function hexOf(digits: string): string {
  return `0x${digits.toUpperCase().padStart(8, '0')}`
}

function unique<T>(list: readonly T[]): readonly T[] {
  return [...new Set(list)]
}
