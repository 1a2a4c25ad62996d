/** The names of a function of ours, wherever they stand in a text. */
const NAMES = /\b[A-Z][A-Za-z]+-Vdp[A-Za-z0-9]+\b/g

/** Of functions by name, those that can be come to from `roots` by the names in their texts. A text names whatever it calls (nothing is
 *  called by a name that is made up), so none that is needed is left out; one that is only mentioned in a string comes along. */
export function reachedAgents(texts: ReadonlyMap<string, string>, roots: Iterable<string>): ReadonlySet<string> {
  const reached = new Set<string>()
  const open = [...roots]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const text = texts.get(name)
    if (text === undefined || reached.has(name)) continue
    reached.add(name)
    open.push(...(text.match(NAMES) ?? []))
  }
  return reached
}
