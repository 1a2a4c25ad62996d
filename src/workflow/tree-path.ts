import type { Span } from './source.ts'
import type { MapTree, Tree } from './yaml-tree.ts'

/** A way into a tree: keys of maps and indexes of lists. */
export type Path = readonly (string | number)[]

/** The value at a path, undefined when nothing is written there. */
export function valueAt(tree: Tree, path: Path): Tree | undefined {
  let at: Tree | undefined = tree
  for (const part of path) {
    if (at?.kind === 'map') at = at.entries.get(String(part))?.value
    else if (at?.kind === 'list' && typeof part === 'number') at = at.items[part]
    else return undefined
  }
  return at
}

/** Where the value at a path is written, else the nearest block around it (its key, so that the caret stays on one line). */
export function spanAt(tree: Tree, path: Path): Span {
  const value = valueAt(tree, path)
  if (value?.kind === 'scalar' && value.span.end > value.span.start) return value.span
  if (value?.kind === 'list' && value.span.source.text.charAt(value.span.start) === '[') return value.span
  return keyAt(tree, path)
}

/** Where the key at a path is written, else the nearest one around it. */
export function keyAt(tree: Tree, path: Path): Span {
  for (let length = path.length; length > 0; length--) {
    const parent = valueAt(tree, path.slice(0, length - 1))
    const last = path[length - 1]
    if (parent?.kind === 'map') {
      const entry = parent.entries.get(String(last))
      if (entry) return entry.key
    }
    const value = valueAt(tree, path.slice(0, length))
    if (value) return value.span
  }
  return tree.span
}

/** Whether something was written at a path, right or wrong. */
export function written(tree: Tree, path: Path): boolean {
  if (valueAt(tree, path)) return true
  for (let length = path.length; length > 0; length--) {
    const parent = valueAt(tree, path.slice(0, length - 1))
    if (parent?.kind === 'map' && parent.dropped.has(String(path[length - 1]))) return true
  }
  return false
}

/** The tree as plain values, for a schema. */
export function plain(tree: Tree): unknown {
  if (tree.kind === 'scalar') return tree.value
  if (tree.kind === 'list') return tree.items.map(plain)
  return Object.fromEntries([...tree.entries].map(([key, entry]) => [key, plain(entry.value)]))
}

/** The tree without the values at these paths; their names are remembered as written (also of keys that never were: mistyped ones). */
export function without(tree: Tree, paths: readonly Path[]): Tree {
  if (paths.length === 0 || tree.kind === 'scalar') return tree
  const byFirst = Map.groupBy(paths, ([first]) => String(first))
  const below = (part: string | number) => (byFirst.get(String(part)) ?? []).map((path) => path.slice(1))
  const gone = (part: string | number) => below(part).some((path) => path.length === 0)
  if (tree.kind === 'list') {
    const items = tree.items.flatMap((item, index) => (gone(index) ? [] : [without(item, below(index))]))
    return { ...tree, items, dropped: tree.dropped + tree.items.length - items.length }
  }
  const entries: [string, { key: Span; value: Tree }][] = []
  const dropped = new Set([...tree.dropped, ...paths.flatMap(([first, ...rest]) => (rest.length === 0 ? [String(first)] : []))])
  for (const [key, entry] of tree.entries) {
    if (!gone(key)) entries.push([key, { key: entry.key, value: without(entry.value, below(key)) }])
  }
  return { ...tree, entries: new Map(entries), dropped }
}

/** A map with nothing in it, at a place. */
export function emptyMap(span: Span): MapTree {
  return { kind: 'map', span, entries: new Map(), dropped: new Set() }
}

/** A path as it is said: `hooks.sealVDisk.before[1].name`; the top of a file has no name. */
export function pathText(path: Path): string {
  return path.map((part, index) => (typeof part === 'number' ? `[${part + 1}]` : `${index > 0 ? '.' : ''}${part}`)).join('')
}
