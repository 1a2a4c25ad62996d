/** One text per JSON value whatever the order of its keys: keys sorted by code unit, no spaces. What JSON leaves out (undefined, functions)
 *  is left out here; throws a TypeError for what JSON cannot hold (cycles, bigint). */
export function canonicalJson(value: unknown): string {
  const text = JSON.stringify(value) as string | undefined
  return text === undefined ? 'null' : written(JSON.parse(text))
}

function written(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(written).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${written(field)}`).join(',')}}`
}
