/** Where two values of JSON differ, as sentences: the place, what it says, and what it has to say. Empty when they are the same. */
export function differences(due: unknown, found: unknown, place = ''): readonly string[] {
  if (Object.is(due, found)) return []
  const isBlock = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null
  if (!isBlock(due) || !isBlock(found) || Array.isArray(due) !== Array.isArray(found))
    return [`${place === '' ? 'it' : place} says ${shown(found)}, the journal says ${shown(due)}`]
  return [...new Set([...Object.keys(due), ...Object.keys(found)])].flatMap((key) =>
    differences(due[key], found[key], place === '' ? key : `${place}.${key}`),
  )
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 120)
}
