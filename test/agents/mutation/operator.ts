import { ancestors, lineOf, textOf, type SyntaxNode } from '../../../scripts/agents/syntax.ts'

/** What is written anew in a text: from, up to, and what stands there then. Never more than a part of one line. */
export interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** One kind of fault that people make: its name, a line before and after it, and where a script can have it. */
export interface Operator {
  readonly name: string
  readonly example: readonly [right: string, wrong: string]
  readonly edits: (script: SyntaxNode) => readonly Edit[]
}

/** A node written anew. */
export function instead(node: SyntaxNode, text: string): Edit {
  return { start: node.start, end: node.end, text }
}

/** Edits that lie in one line, change something, and stand where something is done: no help, no declaration, no word that is only said. */
export function inCode(script: SyntaxNode, edits: readonly (Edit | undefined)[]): readonly Edit[] {
  return edits.flatMap((edit) => {
    if (edit === undefined) return []
    const old = script.source.slice(edit.start, edit.end)
    return old.includes('\n') || old === edit.text ? [] : [edit]
  })
}

/** Statements of no effect that anybody could miss, and what only makes things quicker or slower. */
const IDLE = /^\s*(Write-Verbose|\$null = Start-Sleep|Start-Sleep|\$ProgressPreference)\b/

/** Whether a node is done when the script runs and told by what comes of it: no attribute, declaration, comment or verbose word. */
export function isDone(node: SyntaxNode): boolean {
  return ![node, ...ancestors(node)].some(
    (one) =>
      ['attribute_list', 'param_block', 'comment', 'function_name'].includes(one.kind) ||
      (one.kind === 'command' && IDLE.test(textOf(one))),
  )
}

/** The parameter of a call that a node is the whole value of, in lower case; empty when it is none. */
export function parameterBefore(node: SyntaxNode): string {
  const path = [node, ...ancestors(node)]
  const at = path.findIndex(({ parent }) => parent?.kind === 'command_elements')
  const [value, elements] = [path[at], path[at + 1]]
  if (value === undefined || elements === undefined) return ''
  if (path.slice(0, at).some(({ kind }) => /block|parenthesized|statement|sub_expression|hash/.test(kind))) return ''
  const before = elements.children[elements.children.indexOf(value) - 1]
  return before?.kind === 'command_parameter' ? textOf(before).replace(/^-|:$/g, '').toLowerCase() : ''
}

/** Another word of the same kind in the same script: the next one of the list, or the word misspelt when it is the only one. */
export function anotherOf(word: string, all: readonly string[]): string {
  const words = [...new Set(all)].sort()
  const next = words[(words.indexOf(word) + 1) % words.length]
  return next === undefined || next === word ? `${word}X` : next
}

/** The line that an edit lies in, before and after it, without indentation, and its number. */
export function linesOf(source: string, { start, end, text }: Edit): { line: number; before: string; after: string } {
  const from = source.lastIndexOf('\n', start - 1) + 1
  const next = source.indexOf('\n', end)
  const to = next < 0 ? source.length : next
  return {
    line: lineOf({ source, start } as SyntaxNode),
    before: source.slice(from, to).trim(),
    after: (source.slice(from, start) + text + source.slice(end, to)).trim(),
  }
}
