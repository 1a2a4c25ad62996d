import type { MapTree, Tree } from './yaml-tree.ts'

/** What `over` says goes before what `base` says: blocks are merged key by key, lists and single values are replaced as a whole.
 *  Each value keeps the place where it was written. */
export function mergeTrees(base: Tree, over: Tree): Tree {
  return base.kind === 'map' && over.kind === 'map' ? mergeMaps(base, over) : over
}

/** The same for the top of two files. */
export function mergeMaps(base: MapTree, over: MapTree): MapTree {
  const entries = new Map(base.entries)
  for (const [key, entry] of over.entries) {
    const under = base.entries.get(key)
    entries.set(key, { key: entry.key, value: under ? mergeTrees(under.value, entry.value) : entry.value })
  }
  return { kind: 'map', span: over.span, entries, dropped: new Set([...base.dropped, ...over.dropped]) }
}
