import type { Agents } from './agents.ts'
import { assignmentsTo, bodyOf, type AgentFunction } from './functions.ts'
import { PASSES_ON, pipedInto } from './calls.ts'
import { boundTo } from './reach.ts'
import { ancestors, bare, child, descendants, textOf, variableName, type SyntaxNode } from './syntax.ts'

/** What an argument may be: texts, of a list its elements. What is not known before the agents run stands in braces, as the script has it. */
export type Texts = readonly string[]

/** Where an expression is read: the function, what its caller gave for its parameters (lower case), all agents. */
export interface Scope {
  readonly agents: Agents
  readonly inside: AgentFunction
  readonly given: ReadonlyMap<string, Texts>
}

/** More than any list of the agents has. Beyond it something feeds itself, and a page that left some out would be wrong. */
const MOST = 80

/** The texts that an expression may come to. */
function valuesOf(node: SyntaxNode, scope: Scope, depth = 0): Texts {
  const at = bare(node)
  const further = (one: SyntaxNode) => valuesOf(one, scope, depth + 1)
  const unknown = [`{${textOf(at).replace(/\s+/g, ' ')}}`]
  if (depth > 20) return unknown
  switch (at.kind) {
    case 'string_literal':
    case 'verbatim_string_characters':
      return at.kind === 'string_literal' && !textOf(at).startsWith("'") ? expanded(at, further) : [unquoted(textOf(at))]
    case 'generic_token':
    case 'simple_name':
    case 'integer_literal':
    case 'decimal_integer_literal':
      return [textOf(at)]
    case 'variable':
      return ofVariable(at, scope, depth) ?? unknown
    case 'array_literal_expression':
    case 'bareword_argument_list':
      return distinct(at.children.filter(({ kind }) => kind !== ',').flatMap(further))
    case 'array_expression':
    case 'sub_expression':
    case 'parenthesized_expression':
      return distinct(at.children.filter(({ kind }) => kind === 'statement_list' || kind === 'pipeline').flatMap(further))
    case 'statement_list':
      return distinct(at.children.flatMap(further))
    case 'if_statement':
      return distinct(branchesOf(at).flatMap(further))
    case 'additive_expression':
      return summed(
        at.children.filter(({ kind }) => kind !== '+'),
        further,
      )
    case 'empty_statement':
    case 'flow_control_statement':
      return at.children.filter(({ kind }) => kind === 'pipeline').flatMap(further)
    case 'pipeline_chain':
      return ofPipe(at, scope, depth) ?? unknown
    case 'command':
      return ofCall(at, scope, depth) ?? unknown
    default:
      return unknown
  }
}

function unquoted(text: string): string {
  return text.slice(1, -1).replaceAll("''", "'")
}

function distinct(texts: Texts): Texts {
  const found = [...new Set(texts)]
  if (found.length > MOST) throw new RangeError(`more values than a page can tell: ${found.slice(0, 3).join(', ')} ...`)
  return found
}

/** Every combination of the parts, one after the other. */
function combined(parts: readonly Texts[]): Texts {
  return parts.reduce<Texts>((sofar, part) => distinct(sofar.flatMap((before) => part.map((one) => before + one))), [''])
}

/** A sum of texts, or of lists: then what is in any of them. */
function summed(parts: readonly SyntaxNode[], further: (one: SyntaxNode) => Texts): Texts {
  const lists = parts.some((one) => bare(one).kind === 'array_expression')
  return lists ? distinct(parts.flatMap(further)) : combined(parts.map(further))
}

/** A text in double quotes: what stands between its variables, and they. */
function expanded(node: SyntaxNode, further: (one: SyntaxNode) => Texts): Texts {
  const whole = child(node, 'expandable_string_literal') ?? node
  const holes = whole.children.filter(({ kind }) => kind === 'variable' || kind === 'sub_expression')
  const parts: Texts[] = []
  let from = whole.start + 1
  for (const hole of holes) {
    parts.push([whole.source.slice(from, hole.start)], further(hole))
    from = hole.end
  }
  return combined([...parts, [whole.source.slice(from, whole.end - 1)]])
}

function branchesOf(statement: SyntaxNode): readonly SyntaxNode[] {
  const blocks = descendants(statement, 'statement_block').filter((one) => {
    const holder = ancestors(one).find(({ kind }) => kind === 'if_statement')
    return holder === statement
  })
  return blocks.flatMap((block) => child(block, 'statement_list') ?? [])
}

function ofVariable(node: SyntaxNode, scope: Scope, depth: number): Texts | undefined {
  const name = variableName(node) ?? ''
  const given = scope.given.get(name)
  if (given !== undefined) return given
  if (name.startsWith('env:')) return [`%${textOf(node).replace(/^\$\{?env:|\}$/gi, '')}%`]
  const piped = name === '_' ? pipedInto(node) : undefined
  if (piped !== undefined) return valuesOf(piped, scope, depth + 1)
  if (scope.inside.parameters.some((one) => one.name.toLowerCase() === name)) return undefined
  const loops = ancestors(node).filter(({ kind }) => kind === 'foreach_statement')
  const loop = loops.find((one) => variableName(child(one, 'variable') ?? one) === name)
  const over = child(loop, 'pipeline')
  if (over !== undefined) return valuesOf(over, scope, depth + 1)
  const asked = askedOfBlock(node, name, scope)
  if (asked.length > 0) return distinct(asked.flatMap((one) => valuesOf(one, scope, depth + 1)))
  const values = assignmentsTo(scope.inside.node, name).flatMap((one) => one.children.at(-1) ?? [])
  const further = { ...scope, given: new Map([...scope.given, [name, []]]) } // What it gets from itself is nothing new.
  return values.length === 0 ? undefined : distinct(values.flatMap((one) => valuesOf(one, further, depth + 1)))
}

/** What a block in a variable (`$search = { param($Name) ... }`) is run with (`& $search 'this'`), for one of its parameters. */
function askedOfBlock(node: SyntaxNode, name: string, { agents, inside }: Scope): readonly SyntaxNode[] {
  const block = ancestors(node).find(({ kind }) => kind === 'script_block_expression')
  const own =
    block === undefined
      ? []
      : descendants(block, 'script_parameter').map((one) => variableName(descendants(one, 'variable')[0] ?? one))
  const holder = block === undefined ? undefined : ancestors(block).find(({ kind }) => kind === 'assignment_expression')
  const left = holder?.children[0]
  if (!own.includes(name) || left === undefined) return []
  return inside.calls
    .filter((call) => call.name === textOf(left))
    .flatMap((call) => boundTo(agents, call).placed[own.indexOf(name)] ?? [])
}

/** `... | Where-Object { }` and the like leave the elements as they are; a block is what it says. */
function ofPipe({ children }: SyntaxNode, scope: Scope, depth: number): Texts | undefined {
  const [first, ...rest] = children.filter(({ kind }) => kind !== '|')
  const last = rest.findLast((one) => !PASSES_ON.test(textOf(one)))
  if (first === undefined) return undefined
  if (last === undefined) return valuesOf(first, scope, depth + 1)
  const block = descendants(last, 'script_block_body')[0]
  return block === undefined || !textOf(last).startsWith('ForEach-Object')
    ? undefined
    : valuesOf(child(block, 'statement_list') ?? block, scope, depth + 1)
}

/** What a function of ours returns, when that is texts. */
function ofCall(node: SyntaxNode, { agents, inside, given }: Scope, depth: number): Texts | undefined {
  const call = inside.calls.find((one) => one.node === node)
  const callee = call === undefined ? undefined : agents.functions.get(call.name)
  if (call === undefined || callee === undefined || callee.surface !== 'none' || depth > 8) return undefined
  const scope = { agents, inside: callee, given: givenTo(call, { agents, inside, given }) }
  const said = bodyOf(callee).filter(
    (one) =>
      ['pipeline', 'flow_control_statement', 'if_statement'].includes(one.kind) &&
      descendants(one, 'assignment_expression').length === 0,
  )
  const texts = said.flatMap((one) =>
    valuesOf(one.kind === 'flow_control_statement' ? (child(one, 'pipeline') ?? one) : one, scope, depth + 5),
  )
  return texts.length > 0 && texts.every((one) => !/^\{.*[({]/.test(one)) ? distinct(texts) : undefined
}

/** What a call gives for the parameters of the function it calls: by name, by place, and by a table that is splatted. */
export function givenTo(call: Parameters<typeof boundTo>[1], scope: Scope): ReadonlyMap<string, Texts> {
  const { named, placed, splats } = boundTo(scope.agents, call)
  const callee = scope.agents.functions.get(call.name)
  const given = new Map<string, Texts>()
  for (const name of splats)
    for (const [key, value] of tableEntries(scope.inside.node, name)) given.set(key, valuesOf(value, scope))
  for (const [name, node] of named) given.set(name, node === null ? [] : valuesOf(node, scope))
  const byPlace = callee?.parameters.filter((one) => one.placed) ?? []
  for (const [n, node] of placed.entries()) given.set(byPlace[n]?.name.toLowerCase() ?? `${n}`, valuesOf(node, scope))
  return given
}

/** What a table in a variable is made of (keys in lower case): where it is written, and where a key is set alone. */
function tableEntries(node: SyntaxNode, name: string): readonly (readonly [key: string, value: SyntaxNode])[] {
  const written = assignmentsTo(node, name).flatMap((one) => descendants(one, 'hash_entry'))
  const set = descendants(node, 'assignment_expression').filter((one) => textOf(one).toLowerCase().startsWith(`$${name}.`))
  return [...written, ...set].flatMap(({ children: [left], children }) => {
    const value = children[2]
    return left === undefined || value === undefined ? [] : [[textOf(left).replace(/^.*\./, '').toLowerCase(), value] as const]
  })
}
