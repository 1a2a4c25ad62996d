/** Fields whose words name no one: what Windows, Office, PVS or this program call things. */
const PLAIN = new Set(
  [
    'accountKind action agents bitLocker caption channel code culture delivery description editionId effect field fileVersion form folder hresult kind',
    'login office operation otherRearmTool ownerKind partialKey path pathKind pendingReboot platform powershell problem products pvsVersion',
    'reached rearmTool release result role running service staged startMode state statusReason type uiLanguage vdiskprep version node about',
  ].flatMap((line) => line.split(' ')),
)

/** Words that name a person or a machine wherever they stand; a version with four parts looks like an address. */
const TELLING =
  /\bS-1-5-21(?:-\d+){3,4}\b|\b(?:\d{1,3}\.){3}\d{1,3}\b|\b[0-9A-F]{2}(?:[-:][0-9A-F]{2}){5}\b|(?<=\\Users\\)[^\\"]+|\\\\[\w.$-]+/gi

/** Names that are products or parts of them and so stay. */
const PRODUCT =
  /^(?:windows|office|microsoft|visio|project|cvhdmp|cvhdbusp6|cfsdep2|streamservice|soapserver|sppsvc|wuauserv|usosvc|trustedinstaller|bits)\b/i

/** Values that name nobody: numbers, codes, GUIDs, moments, hashes. */
const VALUE =
  /^(?:0x[0-9a-f]+|-?\d+(?:[.,]\d+)*|\d{4}-\d\d-\d\dT[\d:.]+Z|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{40}|[0-9a-f]{64})$/i

/** A value of JSON without names of hosts, users, devices, disks and the like: each becomes `name-1`, `name-2` ..., the same one everywhere, also
 *  inside other texts. `names` are those that are known beforehand. What is not known to be harmless counts as a name. */
export function anonymous<T>(value: T, names: readonly string[]): T {
  const given = new Map<string, string>()
  const aliasOf = (name: string) => {
    const alias = given.get(name.toLowerCase()) ?? `name-${String(given.size + 1)}`
    given.set(name.toLowerCase(), alias)
    return alias
  }
  for (const name of names.flatMap(partsOf)) aliasOf(name)
  walk(value, '', (text, field) => {
    if (isName(text, field)) for (const name of partsOf(text)) aliasOf(name)
    return text
  })
  const known = [...given.keys()].filter((name) => name.length > 2).sort((a, b) => b.length - a.length)
  const anywhere = known.length === 0 ? /(?!)/ : new RegExp(`(?<![\\w-])(?:${known.map(escaped).join('|')})(?![\\w-])`, 'gi')
  return walk(value, '', (text, field) => {
    if (isName(text, field)) return aliasOf(text)
    return (field.endsWith('ersion') ? text : text.replace(TELLING, aliasOf)).replace(anywhere, aliasOf)
  }) as T
}

/** Free texts keep their words and lose the names in them. */
function isName(text: string, field: string): boolean {
  if (text === '' || (VALUE.test(text) && !/^(?:\d{1,3}\.){3}\d{1,3}$/.test(text))) return false
  return !PLAIN.has(field) && !PRODUCT.test(text) && !FREE.has(field)
}

const FREE = new Set(['why', 'unknown', 'message', 'details', 'at', 'says', 'text'])

/** DOMAIN\name and name.domain are known by their parts too. */
function partsOf(name: string): readonly string[] {
  const parts = name.split(/[\\@]/).flatMap((part) => [part, part.split('.')[0] ?? ''])
  return [...new Set([name, ...parts])].filter((part) => part.length > 2 && !VALUE.test(part))
}

function walk(value: unknown, field: string, change: (text: string, field: string) => string): unknown {
  if (typeof value === 'string') return change(value, field)
  if (Array.isArray(value)) return value.map((item) => walk(item, field, change))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item, key, change)]))
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
