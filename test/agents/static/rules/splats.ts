import { assignmentsTo } from '../../../../scripts/agents/functions.ts'
import { descendants, textOf, type SyntaxNode } from '../../../../scripts/agents/syntax.ts'

/** The parameters (lower case) that a splatted variable of a function can bring: keys of the tables it is given, and those set one by one.
 *  Undefined when it is given something else. */
export function splatKeys(node: SyntaxNode, name: string): readonly string[] | undefined {
  const tables = assignmentsTo(node, name)
  const keys = tables.flatMap((one) => {
    const table = descendants(one, 'hash_literal_expression')[0]
    const own = descendants(one, 'hash_entry').filter((entry) => entry.parent?.parent === table)
    return own.map((entry) => textOf(entry.children[0] ?? entry).toLowerCase())
  })
  const one = new RegExp(`^\\$${name}\\.(\\w+)$`, 'i')
  const set = descendants(node, 'left_assignment_expression').flatMap((left) => one.exec(textOf(left))?.[1]?.toLowerCase() ?? [])
  return tables.length > 0 && tables.every((table) => descendants(table, 'hash_literal_expression').length > 0)
    ? [...keys, ...set]
    : undefined
}
