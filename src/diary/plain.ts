/** How deep a value is followed; what lies deeper is named, not shown. */
const DEPTH = 8

/** What an error has that is not enumerable. */
const ERROR_FIELDS = ['name', 'message', 'code', 'cause', 'errors', 'stack']

/** Any value as plain JSON, for a line of the diary: errors with message, code, details, stack, causes and errors within, wherever they stand
 *  (JSON alone makes {} of an error); bytes only by their number; cycles and what throws while it is read by name. Never throws. */
export function plain(value: unknown, above: readonly object[] = []): unknown {
  if (typeof value === 'bigint' || typeof value === 'symbol') return String(value)
  if (typeof value === 'function') return undefined
  if (typeof value !== 'object' || value === null) return value
  if (above.includes(value)) return '[circular]'
  if (above.length >= DEPTH) return '[deeper]'
  return opened(value, [...above, value])
}

function opened(value: object, above: readonly object[]): unknown {
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString()
  if (value instanceof URL) return value.href
  if (value instanceof Map || value instanceof Set) return plain([...value], above.slice(0, -1))
  if (Array.isArray(value)) return value.map((item) => plain(item, above))
  const hidden = isError(value) ? ERROR_FIELDS.filter((name) => name in value) : []
  return Object.fromEntries([...hidden, ...Object.keys(value)].map((name) => [name, field(value, name, above)]))
}

function field(of: object, name: string, above: readonly object[]): unknown {
  try {
    return plain((of as Record<string, unknown>)[name], above)
  } catch (thrown) {
    return `[unreadable: ${String(thrown)}]`
  }
}

/** Told by its tag: an error of another realm is no instance of this one's Error. */
function isError(value: object): boolean {
  return value instanceof Error || Object.prototype.toString.call(value) === '[object Error]'
}
