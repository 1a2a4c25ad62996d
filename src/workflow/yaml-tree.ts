import { isAlias, isMap, isScalar, isSeq, parseDocument, type Alias, type Document, type Node, type Pair } from 'yaml'
import type { Findings } from './findings.ts'
import { lineIndex, spanIn, type Source, type Span } from './source.ts'
import { explainYamlErrors } from './yaml-errors.ts'

/** A YAML value that still knows where it was written; what was written wrong and left out is remembered, so that it is not also
 *  reported as missing. */
export type Tree = MapTree | ListTree | ScalarTree

/** Keys with their values, each with its place in the text. */
export interface MapTree {
  readonly kind: 'map'
  readonly span: Span
  readonly entries: ReadonlyMap<string, { readonly key: Span; readonly value: Tree }>
  readonly dropped: ReadonlySet<string>
}

/** The items of a list. */
export interface ListTree {
  readonly kind: 'list'
  readonly span: Span
  readonly items: readonly Tree[]
  readonly dropped: number
}

/** One value without parts. */
export interface ScalarTree {
  readonly kind: 'scalar'
  readonly span: Span
  readonly value: string | number | boolean | null
  /** As it was typed: `007` is the number 7. */
  readonly typed: string
}

/** How many values aliases may unfold to in one file, and how deep a file may nest. A workflow has a few hundred values, six deep. */
const ALIAS_LIMIT = 10_000
const DEPTH_LIMIT = 40

/** Parses a file. Undefined when its structure is broken (then findings say where); duplicate keys are found and the first one counts. */
export function parseTree(source: Source, found: Findings): Tree | undefined {
  const document = parseDocument(source.text, { prettyErrors: false, uniqueKeys: false, version: '1.2', keepSourceTokens: false })
  if (explainYamlErrors(source, document, found)) return undefined
  const grower = new Grower(source, document, found)
  const tree = document.contents === null ? undefined : grower.grow(document.contents, spanIn(source, 0, 0))
  return grower.broken ? undefined : tree
}

/** Turns the parser's nodes into a tree, unfolding aliases up to the limit. One use per file. */
class Grower {
  broken = false
  private readonly source: Source
  private readonly document: Document
  private readonly found: Findings
  private readonly open = new Set<Node>()
  private outermost: Span | undefined
  private unfolded = 0

  constructor(source: Source, document: Document, found: Findings) {
    this.source = source
    this.document = document
    this.found = found
  }

  grow(node: Node | null, near: Span, depth = 0): Tree {
    const span = node?.range ? spanIn(this.source, node.range[0], node.range[1]) : near
    if (node === null || this.broken) return empty(span)
    if (depth > DEPTH_LIMIT) return this.refuse(span, `nested more than ${DEPTH_LIMIT} levels deep`)
    if (this.open.size > 0 && ++this.unfolded > ALIAS_LIMIT) {
      return this.refuse(this.outermost ?? span, `this alias unfolds to more than ${ALIAS_LIMIT.toLocaleString('en')} values`)
    }
    if (isAlias(node)) return this.unfold(node, span, depth)
    if (isMap(node)) return this.growMap(node.items as Pair<Node, Node | null>[], span, depth)
    if (isSeq(node)) {
      const items = (node.items as Node[]).map((item) => this.grow(item, span, depth + 1))
      return { kind: 'list', span, items, dropped: 0 }
    }
    return isScalar(node) ? scalar(node.value, node.source ?? '', span) : empty(span)
  }

  private unfold(node: Alias, span: Span, depth: number): Tree {
    const target = node.resolve(this.document)
    if (target === undefined) return this.refuse(span, `there is no anchor "&${node.source}" above this alias`)
    if (this.open.has(target)) return this.refuse(span, `the anchor "&${node.source}" contains itself`)
    if (this.open.size === 0) this.outermost = span
    this.open.add(target)
    const tree = this.grow(target, span, depth + 1)
    this.open.delete(target)
    return tree
  }

  private growMap(pairs: readonly Pair<Node, Node | null>[], span: Span, depth: number): MapTree {
    const entries = new Map<string, { key: Span; value: Tree }>()
    for (const pair of pairs) {
      const at = pair.key.range ? spanIn(this.source, pair.key.range[0], pair.key.range[1]) : span
      if (!isScalar(pair.key)) {
        this.refuse(at, 'a key has to be plain text')
        continue
      }
      const name = typeof pair.key.value === 'string' ? pair.key.value : (pair.key.source ?? String(pair.key.value))
      if (name === '__proto__') {
        this.found.add({ at, message: 'a key cannot be called "__proto__"' })
        continue
      }
      const first = entries.get(name)
      if (first) {
        this.found.add({
          at,
          message: `"${name}" is written twice; first in line ${lineIndex(this.source, first.key.start) + 1}`,
          expected: 'each key once',
        })
        continue
      }
      const near = spanIn(this.source, at.end, at.end)
      entries.set(name, { key: at, value: this.grow(pair.value, near, depth + 1) })
    }
    return { kind: 'map', span, entries, dropped: new Set() }
  }

  /** The tree is of no use from here on: one finding, and nothing more is unfolded. */
  private refuse(at: Span, message: string): ScalarTree {
    if (!this.broken) this.found.add({ at, message })
    this.broken = true
    return empty(at)
  }
}

function empty(span: Span): ScalarTree {
  return { kind: 'scalar', span, value: null, typed: '' }
}

function scalar(value: unknown, typed: string, span: Span): ScalarTree {
  const kept = typeof value === 'string' || typeof value === 'boolean' || value === null
  if (kept) return { kind: 'scalar', span, value, typed }
  // 0xC004F038 is a number to YAML and a result code to everybody here: it stays as typed.
  if (typeof value !== 'number' || /^0x/i.test(typed)) return { kind: 'scalar', span, value: typed, typed }
  return { kind: 'scalar', span, value, typed }
}
