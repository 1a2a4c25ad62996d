import { ancestors, descendants, textOf, type SyntaxNode } from '../../../scripts/agents/syntax.ts'
import { inCode, instead, isDone, type Operator } from './operator.ts'

const leave = (node: SyntaxNode) => instead(node, '')
const within = (node: SyntaxNode, kind: string) => ancestors(node).some((one) => one.kind === kind)
const isThrow = (node: SyntaxNode) => node.kind === 'flow_control_statement' && /^throw\b/.test(textOf(node))

/** Every statement of a script that is one line or less, inmost and outmost. */
function statements(script: SyntaxNode): readonly SyntaxNode[] {
  return descendants(script, 'statement_list')
    .flatMap(({ children }) => children)
    .filter((one) => isDone(one) && !['function_statement', ';', 'empty_statement'].includes(one.kind))
}

/** What a finally puts back is not put back. */
export const finallyLeftOut: Operator = {
  name: 'missed finally',
  example: ['try { a } finally { $x.Dispose() }', 'try { a } finally {  }'],
  edits: (script) =>
    inCode(
      script,
      statements(script)
        .filter((one) => one.parent?.parent?.parent?.kind === 'finally_clause')
        .map(leave),
    ),
}

/** An error is caught and goes no further, or a cmdlet goes on after it. */
export const swallowed: Operator = {
  name: 'swallowed error',
  example: ['try { a } catch { b; throw }', 'try { a } catch { b;  }'],
  edits: (script) =>
    inCode(script, [
      ...statements(script)
        .filter((one) => isThrow(one) && within(one, 'catch_clause'))
        .map(leave),
      ...descendants(script, 'generic_token')
        .filter((one) => textOf(one) === 'Stop' && isDone(one))
        .map((one) => instead(one, 'SilentlyContinue')),
      ...descendants(script, 'string_literal')
        .filter((one) => textOf(one) === "'Stop'" && isDone(one))
        .map((one) => instead(one, "'SilentlyContinue'")),
    ]),
}

/** What must not be done is not refused. */
export const refusalLeftOut: Operator = {
  name: 'refusal left out',
  example: ["if ($a) { throw 'no' }", 'if ($a) {  }'],
  edits: (script) =>
    inCode(
      script,
      statements(script)
        .filter((one) => isThrow(one) && !within(one, 'catch_clause'))
        .map(leave),
    ),
}

/** Plain assignments are left in place: strict mode names a variable that was never set. A throw and a finally have operators of their own. */
const isPlain = (one: SyntaxNode) => /^\$[\w:]+ = (?!\$?null\b)/.test(textOf(one)) && !textOf(one).startsWith('$null =')

/** Something is not done: an act, a guard, a field that is set, a value that is handed on. */
export const lineLeftOut: Operator = {
  name: 'line left out',
  example: ['if ($a) { continue }', 'if ($a) {  }'],
  edits: (script) =>
    inCode(
      script,
      statements(script)
        .filter((one) => !within(one, 'finally_clause') && !isPlain(one) && !/\bthrow\b/.test(textOf(one)))
        .filter((one) => !within(one, 'parenthesized_expression') && !within(one, 'sub_expression'))
        .map(leave),
    ),
}
