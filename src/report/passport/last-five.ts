/** A product key as Microsoft prints it. */
const KEY = /\b[A-Z0-9]{5}(?:-[A-Z0-9]{5}){3}-([A-Z0-9]{5})\b/gi

/** The same data with every whole product key cut to its last five, wherever a person or a host wrote one. */
export function withoutKeys<T>(value: T): T {
  if (typeof value === 'string') return value.replaceAll(KEY, '...$1') as T
  if (Array.isArray(value)) return value.map((one: unknown) => withoutKeys(one)) as T
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withoutKeys(one)])) as T
}
