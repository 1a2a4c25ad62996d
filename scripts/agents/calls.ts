import { ancestors, bare, child, descendants, lineOf, textOf, variableName, type SyntaxNode } from './syntax.ts'

/** One command of a script: a cmdlet, a function, or with `&` or `.` what an expression names. */
export interface Call {
  /** As written; of an expression its text. */
  readonly name: string
  readonly operator: '' | '&' | '.'
  readonly node: SyntaxNode
  /** What stands behind the name, parameters and values alike. */
  readonly elements: readonly SyntaxNode[]
  readonly line: number
}

/** The arguments of a call: by parameter (lower case; null for a switch), by place, and the variables that are splatted. */
export interface Arguments {
  readonly named: ReadonlyMap<string, SyntaxNode | null>
  readonly placed: readonly SyntaxNode[]
  readonly splats: readonly string[]
}

/** A block around a node: what it is to the statement or command that has it. */
export type Place =
  | { readonly kind: 'block'; readonly of: string; readonly parameter: string }
  | { readonly kind: 'try' | 'catch' | 'finally'; readonly statement: SyntaxNode }

/** All commands below a node, without those of functions defined in it. */
export function callsIn(node: SyntaxNode): readonly Call[] {
  return descendants(node, 'command').map((command) => {
    const name = child(command, 'command_name') ?? child(command, 'command_name_expr')
    const operator = child(command, 'command_invocation_operator')
    return {
      name: name === undefined ? '' : textOf(name),
      operator: operator === undefined ? '' : textOf(operator) === '&' ? '&' : '.',
      node: command,
      elements: child(command, 'command_elements')?.children ?? [],
      line: lineOf(command),
    }
  })
}

/** Which value belongs to which parameter. `switches` are parameters (lower case) that take none; a value behind another belongs to it. */
export function argumentsOf({ elements }: Call, switches: ReadonlySet<string>): Arguments {
  const named = new Map<string, SyntaxNode | null>()
  const placed: SyntaxNode[] = []
  const splats: string[] = []
  let waiting: string | undefined
  for (const element of elements) {
    if (element.kind === 'redirection') continue
    const splat = textOf(element).startsWith('@') ? variableName(element) : undefined
    if (element.kind === 'command_parameter') {
      const name = textOf(element).replace(/^-|:$/g, '').toLowerCase()
      named.set(name, null)
      waiting = switches.has(name) && !textOf(element).endsWith(':') && element.source[element.end] !== ':' ? undefined : name
    } else if (splat !== undefined) {
      splats.push(splat)
      waiting = undefined
    } else if (waiting !== undefined) {
      named.set(waiting, element)
      waiting = undefined
    } else placed.push(element)
  }
  return { named, placed, splats }
}

/** The blocks a node stands in, inmost first, up to its function. */
export function placesOf(node: SyntaxNode): readonly Place[] {
  const found: Place[] = []
  let inner = node
  for (const around of ancestors(node)) {
    if (around.kind === 'function_statement') break
    const statement = around.parent
    if (around.kind === 'try_statement' && inner.kind === 'statement_block') found.push({ kind: 'try', statement: around })
    if (around.kind === 'catch_clause' && statement?.parent !== undefined)
      found.push({ kind: 'catch', statement: statement.parent })
    if (around.kind === 'finally_clause' && statement !== undefined) found.push({ kind: 'finally', statement })
    if (around.kind === 'script_block_expression') found.push(blockPlace(around))
    inner = around
  }
  return found
}

/** To whom a block is given: a command and its parameter, or a variable (`$name`); both empty elsewhere. */
function blockPlace(block: SyntaxNode): Place {
  const holder = ancestors(block).find(({ kind }) => kind !== 'unary_expression')
  if (holder?.kind === 'command_elements' && holder.parent !== undefined) {
    const call = callsIn(holder.parent)[0]
    const at = holder.children.findIndex((one) => bare(one) === block)
    const before = holder.children[at - 1]
    const parameter = before?.kind === 'command_parameter' ? textOf(before).replace(/^-|:$/g, '') : ''
    return { kind: 'block', of: call?.name ?? '', parameter }
  }
  const assigned = ancestors(block).find(({ kind }) => kind === 'assignment_expression' || kind === 'script_block_expression')
  const left = assigned?.kind === 'assignment_expression' ? assigned.children[0] : undefined
  return { kind: 'block', of: left === undefined ? '' : textOf(left), parameter: '' }
}

/** Whether a node stands in the act of a write. */
export function inAct(node: SyntaxNode): boolean {
  return placesOf(node).some((one) => one.kind === 'block' && one.of === 'Invoke-VdpWrite' && one.parameter === 'Act')
}

/** Commands of a pipe that pass on what they are given. */
export const PASSES_ON = /^(Where|Select|Sort)-Object\b/

/** What a block of ForEach-Object or Where-Object has as `$_`: the element of the pipe that it comes from. */
export function pipedInto(node: SyntaxNode): SyntaxNode | undefined {
  const command = ancestors(node).find((one) => one.kind === 'command' && /^(ForEach|Where)-Object\b/.test(textOf(one)))
  const elements = command?.parent?.children.filter(({ kind }) => kind !== '|') ?? []
  const before = command === undefined ? [] : elements.slice(0, elements.indexOf(command))
  return before.findLast((one) => !PASSES_ON.test(textOf(one)))
}
