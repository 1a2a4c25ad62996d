import { textOf, type SyntaxNode } from '../../../scripts/agents/syntax.ts'

/** The kinds of the grammar that the rules look at, by the name that parse.ps1 gives what PowerShell's parser sees. */
const KINDS: Readonly<Record<string, string>> = {
  command: 'command',
  function_statement: 'function',
  assignment_expression: 'assignment',
  hash_literal_expression: 'table',
  script_block_expression: 'block',
  try_statement: 'try',
  catch_clause: 'catch',
  if_statement: 'if',
  foreach_statement: 'foreach',
  variable: 'variable',
  invocation_expression: 'invoke',
  member_access: 'member',
  type_literal: 'type',
  command_parameter: 'parameter',
  element_access: 'index',
  array_expression: 'list',
  sub_expression: 'sub',
  parenthesized_expression: 'paren',
  switch_statement: 'switch',
  ternary_expression: 'ternary',
  attribute: 'attribute',
}

const BINARY = /^(comparison|logical|additive|multiplicative|bitwise|format|range|null_coalesce)_(argument_)?expression$/

/** What stands in a text, as `kind start end`, in PowerShell's own words. */
export function constructs(tree: SyntaxNode): readonly string[] {
  const found: string[] = []
  const visit = (node: SyntaxNode) => {
    const kind = kindOf(node)
    if (kind !== undefined) found.push(`${kind} ${node.start} ${node.start + textOf(node).trimEnd().length}`)
    for (const one of node.children) visit(one)
  }
  visit(tree)
  return found
}

function kindOf(node: SyntaxNode): string | undefined {
  if (BINARY.test(node.kind)) return 'binary'
  if (node.kind === 'flow_control_statement') return /^(throw|return)\b/.exec(textOf(node))?.[0]
  if (node.kind === 'attribute' && node.children.some(({ kind }) => kind === 'type_literal')) return undefined
  if (node.children.some(({ kind }) => kind === 'pipeline_chain_tail')) return 'chain'
  if (node.kind === 'argument_list') return node.parent?.kind === 'command_elements' ? 'paren' : undefined
  return KINDS[node.kind]
}
