import type { Findings } from './findings.ts'
import { nearest } from './nearest.ts'
import { mergeMaps } from './merge.ts'
import { emptyMap, keyAt, spanAt, valueAt } from './tree-path.ts'
import { spanIn } from './source.ts'
import type { ListTree, MapTree, ScalarTree, Tree } from './yaml-tree.ts'

/** How many runs one file may describe. */
const VARIANT_LIMIT = 500

/** One tree for each vDisk that a file describes: the entries of `vdisks:`, the combinations of `matrix:`, or the file itself. */
export function variants(tree: MapTree, found: Findings): readonly MapTree[] {
  const list = valueAt(tree, ['vdisks'])
  const matrix = valueAt(tree, ['matrix'])
  const base = omit(tree, ['vdisks', 'matrix'])
  if (list && matrix) {
    found.add({ at: keyAt(tree, ['matrix']), message: 'vdisks: and matrix: exclude each other', expected: 'one of the two' })
    return []
  }
  if (list?.kind === 'list') {
    if (list.items.length + list.dropped === 0) {
      found.add({
        at: spanAt(tree, ['vdisks']),
        message: 'vdisks is an empty list',
        expected: 'at least one entry with its vdisk:',
      })
    }
    if (list.items.length > VARIANT_LIMIT) {
      found.add({
        at: keyAt(tree, ['vdisks']),
        message: `vdisks has ${list.items.length} entries`,
        expected: `at most ${VARIANT_LIMIT}`,
      })
      return []
    }
    return list.items.map((item) => filled(item.kind === 'map' ? mergeMaps(base, item) : base, new Map(), found))
  }
  if (matrix?.kind !== 'map') return [filled(base, new Map(), found)]
  return combinations(tree, matrix, found).map((values) => filled(base, values, found))
}

function omit(tree: MapTree, keys: readonly string[]): MapTree {
  return { ...tree, entries: new Map([...tree.entries].filter(([key]) => !keys.includes(key))) }
}

function combinations(tree: MapTree, matrix: MapTree, found: Findings): ReadonlyMap<string, string>[] {
  let all: ReadonlyMap<string, string>[] = [new Map()]
  for (const [name, { key, value }] of matrix.entries) {
    const values = (value as ListTree).items.map((item) => (item as ScalarTree).typed || String((item as ScalarTree).value))
    if (values.length === 0) found.add({ at: key, message: `matrix.${name} is an empty list`, expected: 'at least one value' })
    if (all.length * values.length > VARIANT_LIMIT) {
      found.add({
        at: keyAt(tree, ['matrix']),
        message: `the matrix gives more than ${VARIANT_LIMIT} vDisks`,
        expected: 'several files',
      })
      return []
    }
    all = all.flatMap((one) => values.map((text) => new Map([...one, [name, text]])))
  }
  return all
}

/** Scripts have `${...}` of their own and are left alone. */
const SCRIPTS = new Set(['hooks'])
const PLACEHOLDER = /\$\{([^}]*)\}/g

function filled(tree: MapTree, values: ReadonlyMap<string, string>, found: Findings): MapTree {
  const fill = (one: Tree): Tree => {
    if (one.kind === 'scalar') return typeof one.value === 'string' ? fillText(one, one.value, values, found) : one
    if (one.kind === 'list') return { ...one, items: one.items.map(fill) }
    const entries = [...one.entries].map(([key, entry]) => [key, { key: entry.key, value: fill(entry.value) }] as const)
    return { ...one, entries: new Map(entries) }
  }
  const entries = [...tree.entries].map(
    ([key, entry]) => [key, SCRIPTS.has(key) ? entry : { key: entry.key, value: fill(entry.value) }] as const,
  )
  return { ...emptyMap(tree.span), dropped: tree.dropped, entries: new Map(entries) }
}

function fillText(node: ScalarTree, text: string, values: ReadonlyMap<string, string>, found: Findings): ScalarTree {
  if (!text.includes('${')) return node
  const value = text.replaceAll(PLACEHOLDER, (whole, name: string) => {
    const known = values.get(name)
    if (known !== undefined) return known
    const near = nearest(name, [...values.keys()])
    const inside = node.span.source.text.slice(node.span.start, node.span.end).indexOf(whole)
    const start = node.span.start + Math.max(inside, 0)
    found.add({
      at: spanIn(node.span.source, start, inside < 0 ? node.span.end : start + whole.length),
      message: `nothing is known for ${whole}`,
      suggestion: near === undefined ? null : `did you mean "\${${near}}"?`,
      expected:
        near !== undefined
          ? null
          : values.size === 0
            ? 'a matrix: that names it'
            : `a name of matrix: ${[...values.keys()].join(', ')}`,
    })
    return whole
  })
  return { ...node, value }
}
