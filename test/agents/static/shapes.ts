import type { Agents } from '../../../scripts/agents/agents.ts'
import { assignmentsTo, bodyOf, type AgentFunction } from '../../../scripts/agents/functions.ts'
import { PASSES_ON, pipedInto } from '../../../scripts/agents/calls.ts'
import { boundTo } from '../../../scripts/agents/reach.ts'
import {
  ancestors,
  bare,
  child,
  descendants,
  statementsOf,
  textOf,
  variableName,
  type SyntaxNode,
} from '../../../scripts/agents/syntax.ts'

/** A field of a table, and whether the table has it whatever happens. */
interface Field {
  readonly shape: Shape
  readonly always: boolean
}

type Table = ReadonlyMap<string, Field>

/** What an expression may come to, lists counting as their elements: tables with known keys, something without keys, or what cannot be told
 *  without running it. */
export interface Shape {
  readonly tables: readonly Table[]
  readonly scalar: boolean
  readonly any: boolean
}

const NOTHING: Shape = { tables: [], scalar: false, any: false }
const SCALAR: Shape = { ...NOTHING, scalar: true }
const ANY: Shape = { ...NOTHING, any: true }

/** A place in a function from which shapes are read. */
interface Place {
  readonly agents: Agents
  readonly inside: AgentFunction
  /** Functions and variables on the way here: what comes from itself is nothing new. */
  readonly open: ReadonlySet<string>
}

/** What a function returns. */
export function returnedBy(agents: Agents, name: string): Shape {
  return ofFunction(name, { agents, open: new Set() })
}

function ofFunction(name: string, { agents, open }: Pick<Place, 'agents' | 'open'>): Shape {
  const inside = agents.functions.get(name)
  if (inside === undefined || open.has(name)) return NOTHING
  return outputOf(bodyOf(inside), { agents, inside, open: new Set([...open, name]) })
}

/** Any of several. */
export function either(shapes: readonly Shape[]): Shape {
  return {
    tables: shapes.flatMap(({ tables }) => tables),
    scalar: shapes.some(({ scalar }) => scalar),
    any: shapes.some(({ any }) => any),
  }
}

/** What statements leave in the output. */
function outputOf(statements: readonly SyntaxNode[], place: Place): Shape {
  return either(statements.map((one) => statementOutput(one, place)))
}

function statementOutput(node: SyntaxNode, place: Place): Shape {
  if (node.kind === 'pipeline') return node.children[0]?.kind === 'assignment_expression' ? NOTHING : shapeOf(node, place)
  if (node.kind === 'flow_control_statement') {
    const value = child(node, 'pipeline')
    return textOf(node).startsWith('return') && value !== undefined ? shapeOf(value, place) : NOTHING
  }
  const inner = descendants(node, 'statement_block', 'switch_clause').filter((one) => nearestBlock(one) === node)
  return either(inner.map((one) => (one.kind === 'switch_clause' ? NOTHING : outputOf(statementsOf(one), place))))
}

/** The statement that a block belongs to. */
function nearestBlock(block: SyntaxNode): SyntaxNode | undefined {
  return ancestors(block).find(({ kind }) => /_statement$/.test(kind) && kind !== 'function_statement')
}

function shapeOf(node: SyntaxNode, place: Place): Shape {
  const at = bare(node)
  switch (at.kind) {
    case 'hash_literal_expression':
      return { ...NOTHING, tables: [tableOf(at, place)] }
    case 'variable':
      return narrowed(at, ofVariable(at, place))
    case 'array_expression':
    case 'sub_expression':
    case 'parenthesized_expression':
      return outputOf(
        at.children.flatMap((one) => (one.kind === 'statement_list' ? one.children : one.kind === 'pipeline' ? [one] : [])),
        place,
      )
    case 'pipeline_chain':
      return ofPipe(at, place)
    case 'command':
      return ofCommand(at, place)
    case 'member_access':
      return ofMember(at, place)
    case 'expression_with_unary_operator':
      return textOf(at).startsWith(',') ? shapeOf(at.children.at(-1) ?? at, place) : SCALAR
    case 'array_literal_expression':
      return either(at.children.filter(({ kind }) => kind !== ',').map((one) => shapeOf(one, place)))
    case 'additive_expression':
      return /@\(/.test(textOf(at))
        ? either(at.children.filter(({ kind }) => kind !== '+').map((one) => shapeOf(one, place)))
        : SCALAR
    case 'element_access':
      return ofElement(at, place)
    case 'if_statement':
    case 'foreach_statement':
    case 'switch_statement':
    case 'try_statement':
      return statementOutput(at, place)
    case 'statement_list':
      return outputOf(at.children, place)
    default:
      return SCALAR
  }
}

function tableOf(table: SyntaxNode, place: Place): Table {
  const entries = (child(table, 'hash_literal_body')?.children ?? []).filter(({ kind }) => kind === 'hash_entry')
  return new Map(
    entries.map((entry) => {
      const value = entry.children[2]
      const key = textOf(entry.children[0] ?? entry).replace(/^'|'$/g, '')
      return [key, { shape: value === undefined ? ANY : shapeOf(value, place), always: true }]
    }),
  )
}

/** All that a variable is given, and the fields that are set on it one by one. */
function ofVariable(node: SyntaxNode, place: Place): Shape {
  const name = variableName(node) ?? ''
  const key = `${place.inside.name} $${name}`
  if (['null', 'true', 'false'].includes(name)) return SCALAR
  if (place.open.has(key)) return NOTHING
  const further = { ...place, open: new Set([...place.open, key]) }
  const loop = ancestors(node).find(
    (one) => one.kind === 'foreach_statement' && variableName(child(one, 'variable') ?? one) === name,
  )
  const over = child(loop, 'pipeline')
  if (over !== undefined) return shapeOf(over, further)
  const piped = name === '_' ? pipedInto(node) : undefined
  if (piped !== undefined) return shapeOf(piped, further)
  const values = assignmentsTo(place.inside.node, name).flatMap((one) => one.children.at(-1) ?? [])
  if (values.length === 0) return /^env:|^matches$/.test(name) ? SCALAR : ANY
  const shape = either(values.map((one) => shapeOf(one, further)))
  const set = setFields(place.inside.node, name, further)
  return { ...shape, tables: shape.tables.map((table) => withFields(table, set)) }
}

function setFields(node: SyntaxNode, name: string, place: Place): Table {
  const found = new Map<string, Field>()
  for (const one of descendants(node, 'assignment_expression')) {
    const field = new RegExp(`^\\$${name}\\.(\\w+)$`, 'i').exec(textOf(one.children[0] ?? one))?.[1]
    const value = one.children.at(-1)
    if (field === undefined || value === undefined) continue
    const always = !ancestors(one).some(({ kind }) => kind === 'if_statement' || kind === 'switch_statement')
    found.set(field, { shape: either([found.get(field)?.shape ?? NOTHING, shapeOf(value, place)]), always })
  }
  return found
}

function withFields(table: Table, set: Table): Table {
  const both = [...set].map(([name, { shape, always }]) => {
    const own = table.get(name)
    return [name, { shape: either([shape, own?.shape ?? NOTHING]), always: always || own !== undefined }] as const
  })
  return new Map([...table, ...both])
}

function ofPipe({ children }: SyntaxNode, place: Place): Shape {
  const last = children.filter(({ kind }) => kind !== '|').findLast((one) => !PASSES_ON.test(textOf(one)))
  return last === undefined ? ANY : shapeOf(last, place)
}

/** A field of a table, when it is known; what an object of Windows or PVS has is no table of ours. */
function ofMember(node: SyntaxNode, place: Place): Shape {
  const [on, , name] = node.children
  if (on === undefined || name === undefined) return ANY
  const { tables, any } = shapeOf(on, place)
  const fields = tables.flatMap((table) => table.get(textOf(name))?.shape ?? [])
  const given = place.inside.parameters.some((one) => one.name.toLowerCase() === variableName(on) && one.type === 'hashtable')
  return either([...fields, ...(given ? [ANY] : any || fields.length === 0 ? [SCALAR] : [])])
}

/** By a number an element of a list, which counts as the list; by a key that field of a table, by a key that is not known any of them. */
function ofElement(node: SyntaxNode, place: Place): Shape {
  const [on, , key] = node.children
  if (on === undefined || key === undefined) return ANY
  const shape = shapeOf(on, place)
  const index = bare(key)
  if (
    shape.tables.length === 0 ||
    index.kind === 'integer_literal' ||
    index.kind === 'decimal_integer_literal' ||
    textOf(index) === '-1'
  )
    return shape
  const name = /^'(\w+)'$/.exec(textOf(index))?.[1]
  const fields = shape.tables.flatMap((table) =>
    name === undefined ? [...table.values()].map((one) => one.shape) : (table.get(name)?.shape ?? []),
  )
  return either([SCALAR, ...fields])
}

/** What a variable still can be where a condition around it has asked what it is. */
function narrowed(node: SyntaxNode, shape: Shape): Shape {
  const name = textOf(node).replace(/[^\w]/g, '')
  let inner = node
  let left = shape
  for (const around of ancestors(node)) {
    const holder = around.kind === 'elseif_clause' ? around.parent?.parent : around
    if (inner.kind === 'statement_block' && (around.kind === 'if_statement' || around.kind === 'elseif_clause'))
      left = asked(left, name, conditionOf(around), true)
    if ((around.kind === 'elseif_clause' || inner.kind === 'else_clause') && holder?.kind === 'if_statement')
      for (const before of clausesBefore(holder, inner.kind === 'else_clause' ? inner : around))
        left = asked(left, name, conditionOf(before), false)
    inner = around
  }
  return left
}

function conditionOf(clause: SyntaxNode): string {
  const pipeline = child(clause, 'pipeline')
  return pipeline === undefined ? '' : textOf(pipeline)
}

function clausesBefore(statement: SyntaxNode, clause: SyntaxNode): readonly SyntaxNode[] {
  return [statement, ...(child(statement, 'elseif_clauses')?.children ?? [])].filter(
    (one) => one === statement || one.start < clause.start,
  )
}

function asked(shape: Shape, name: string, condition: string, held: boolean): Shape {
  if (condition === `$${name} -is [hashtable]` || condition === `$${name} -isnot [hashtable]`) {
    const isTable = condition.includes('-is ') === held
    return isTable ? { ...shape, scalar: false, any: false } : { ...shape, tables: [] }
  }
  if (condition === `$${name}.ContainsKey('unknown')`)
    return { ...shape, tables: shape.tables.filter((table) => table.has('unknown') === held) }
  return shape
}

/** Commands whose output is nothing. */
const SILENT =
  /^(Write-Verbose|Start-Sleep|Add-Type|Import-Module|Remove-Item|Remove-ItemProperty|Move-Item|Stop-Service|Start-Service)$/

function ofCommand(node: SyntaxNode, place: Place): Shape {
  const call = place.inside.calls.find((one) => one.node === node)
  if (call === undefined || SILENT.test(call.name)) return NOTHING
  const { named, placed } = boundTo(place.agents, call)
  const block = (name: string, at?: number) => named.get(name) ?? (at === undefined ? undefined : placed[at])
  const run = (code: SyntaxNode | undefined) => (code === undefined ? NOTHING : runOf(code, place))
  if (call.name === 'ForEach-Object') return run(placed[0])
  if (call.operator === '&')
    return call.name.startsWith('$') ? run(child(node, 'command_name_expr')?.children[0]?.children[0]) : ANY
  if (call.name === 'Get-VdpReading')
    return either([run(block('read', 0)), { ...NOTHING, tables: [new Map([['unknown', { shape: SCALAR, always: true }]])] }])
  if (call.name === 'Invoke-VdpWrite') {
    const added = ['before', 'after'].flatMap((name) => {
      const code = block(name)
      return code === undefined ? [] : [[name, { shape: run(code), always: true }] as const]
    })
    const act = run(block('act'))
    const tables = act.tables.length === 0 && !act.any ? [new Map<string, Field>()] : act.tables
    return { ...act, scalar: false, tables: tables.map((table) => new Map([...table, ...added])) }
  }
  if (call.name === 'Use-VdpLock') return run(block('lockbody'))
  if (call.name === 'Get-VdpProperty' || call.name === 'Get-VdpRegistryValue') return SCALAR
  return place.agents.functions.has(call.name) ? ofFunction(call.name, place) : ANY
}

/** What a block outputs when it is run; a variable stands for the blocks it is given. */
function runOf(code: SyntaxNode, place: Place): Shape {
  const at = bare(code)
  if (at.kind === 'script_block_expression') return outputOf(statementsOf(at), place)
  const name = variableName(at)
  const blocks =
    name === undefined
      ? []
      : assignmentsTo(place.inside.node, name).flatMap((one) => descendants(one, 'script_block_expression')[0] ?? [])
  return blocks.length === 0 ? ANY : either(blocks.map((one) => outputOf(statementsOf(one), place)))
}
