/** A node as the parsing process sends it: kind, start, end (UTF-16 units), depth; parents before their children. */
export type FlatNode = readonly [kind: string, start: number, end: number, depth: number]

/** A node of a PowerShell syntax tree; kinds are those of the grammar, tokens have their own text as kind. */
export interface SyntaxNode {
  readonly kind: string
  readonly start: number
  readonly end: number
  readonly parent: SyntaxNode | undefined
  readonly children: readonly SyntaxNode[]
  readonly source: string
}

/** Separators between arguments: of no meaning here. */
const SKIPPED = new Set(['command_argument_sep'])

/** The tree of a text from its nodes. */
export function syntaxTree(source: string, nodes: readonly FlatNode[]): SyntaxNode {
  const open: (SyntaxNode & { children: SyntaxNode[] })[] = []
  for (const [kind, start, end, depth] of nodes) {
    const parent = open[depth - 1]
    const node = { kind, start, end, parent, children: [], source }
    open.length = depth
    open.push(node)
    if (parent !== undefined && !SKIPPED.has(kind)) parent.children.push(node)
  }
  const [root] = open
  if (root === undefined) throw new Error('a tree without nodes')
  return root
}

/** The source text of a node. */
export function textOf({ source, start, end }: SyntaxNode): string {
  return source.slice(start, end)
}

/** The line a node begins on, counted from 1. */
export function lineOf({ source, start }: SyntaxNode): number {
  return source.slice(0, start).split('\n').length
}

/** All nodes of some kinds below a node, itself included, in the order of the text. */
export function descendants(node: SyntaxNode, ...kinds: readonly string[]): SyntaxNode[] {
  const found: SyntaxNode[] = []
  const visit = (one: SyntaxNode) => {
    if (kinds.includes(one.kind)) found.push(one)
    for (const child of one.children) visit(child)
  }
  visit(node)
  return found
}

/** The nodes around a node, inmost first. */
export function ancestors(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = []
  for (let up = node.parent; up !== undefined; up = up.parent) found.push(up)
  return found
}

/** The first child of a kind. */
export function child(node: SyntaxNode | undefined, kind: string): SyntaxNode | undefined {
  return node?.children.find((one) => one.kind === kind)
}

/** Kinds that hold one thing and add nothing to it. */
const WRAPPERS = new Set([
  'pipeline',
  'pipeline_chain',
  'unary_expression',
  'assignment_value',
  'left_assignment_expression',
  'statement_list',
  'argument_expression',
])

/** What a node comes to without the wrappers that the grammar puts around every expression. */
export function bare(node: SyntaxNode): SyntaxNode {
  let at = node
  for (let [only] = at.children; WRAPPERS.has(at.kind) && only !== undefined && at.children.length === 1; [only] = at.children)
    at = only
  return at
}

/** The variable's name without its sigil and braces, lower case, when the node is a variable. */
export function variableName(node: SyntaxNode): string | undefined {
  const at = bare(node)
  return at.kind === 'variable'
    ? textOf(at)
        .replace(/^[$@]\{?|\}$/g, '')
        .toLowerCase()
    : undefined
}

/** The blocks of code of a kind of statement; a block is `{ ... }` that is not a value. */
export function statementsOf(node: SyntaxNode): readonly SyntaxNode[] {
  const inner = node.kind === 'script_block_expression' ? descendants(node, 'script_block_body')[0] : node
  return child(inner, 'statement_list')?.children ?? []
}
