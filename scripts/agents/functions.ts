import { callsIn, type Call } from './calls.ts'
import { bare, child, descendants, lineOf, statementsOf, textOf, variableName, type SyntaxNode } from './syntax.ts'

/** A parameter as its declaration has it. `mandatory` names the parameter sets in which it is ('' without sets). */
export interface AgentParameter {
  readonly name: string
  /** As written, such as `string[]`; empty when none is. */
  readonly type: string
  readonly mandatory: readonly string[]
  /** The values of ValidateSet. */
  readonly values: readonly string[]
  readonly aliases: readonly string[]
  readonly nullable: boolean
  /** Takes a value that stands without its name. */
  readonly placed: boolean
  readonly line: number
}

/** The sections of comment-based help, as text; parameters by their names. */
export interface Help {
  readonly synopsis: string
  readonly description: string
  readonly outputs: string
  readonly notes: string
  readonly examples: readonly string[]
  readonly parameters: ReadonlyMap<string, string>
}

/** One function of a file. `surface` says whether it touches Windows, by the first word of its synopsis, and whether it changes it. */
export interface AgentFunction {
  readonly name: string
  readonly file: string
  readonly node: SyntaxNode
  readonly help: Help | undefined
  readonly binding: boolean
  readonly parameters: readonly AgentParameter[]
  readonly calls: readonly Call[]
  /** Lines without the help. */
  readonly lines: number
  readonly surface: 'none' | 'reads' | 'writes'
}

/** All functions of a file's tree. */
export function functionsIn(file: string, tree: SyntaxNode): readonly AgentFunction[] {
  return descendants(tree, 'function_statement').map((node) => {
    const name = textOf(child(node, 'function_name') ?? node)
    const comment = descendants(node, 'comment').find((one) => textOf(one).startsWith('<#'))
    const help = comment === undefined ? undefined : helpOf(textOf(comment))
    const surface = /^Surface(, writes)?:/.exec(help?.synopsis ?? '')
    return {
      ...{ name, file, node, help },
      binding: descendants(node, 'attribute_name').some((one) => textOf(one) === 'CmdletBinding'),
      parameters: parametersOf(node),
      calls: callsIn(node),
      lines: lineCount(node) - (comment === undefined ? 0 : lineCount(comment)),
      surface: surface === null ? 'none' : surface[1] === undefined ? 'reads' : 'writes',
    }
  })
}

/** The statements of a function, without its parameters. */
export function bodyOf({ node }: AgentFunction): readonly SyntaxNode[] {
  const body = child(child(node, 'script_block'), 'script_block_body')
  return body === undefined ? [] : statementsOf(body)
}

function lineCount(node: SyntaxNode): number {
  return textOf(node).split('\n').length
}

function helpOf(comment: string): Help | undefined {
  const sections = comment
    .replace(/^<#|#>$/g, '')
    .split(/^\s*\.(?=[A-Z]+\b)/m)
    .slice(1)
    .map((section) => {
      const [, word = '', name = '', text = ''] = /^([A-Z]+)[ \t]*([^\n]*)\n?([^]*)$/.exec(section) ?? []
      return { word, name: name.trim(), text: text.replace(/\s+/g, ' ').trim() }
    })
  if (sections.length === 0) return undefined
  const textsOf = (word: string) => sections.filter((one) => one.word === word).map(({ text }) => text)
  const first = (word: string) => textsOf(word)[0] ?? ''
  return {
    synopsis: first('SYNOPSIS'),
    description: first('DESCRIPTION'),
    outputs: first('OUTPUTS'),
    notes: first('NOTES'),
    examples: textsOf('EXAMPLE'),
    parameters: new Map(sections.filter(({ word }) => word === 'PARAMETER').map(({ name, text }) => [name, text])),
  }
}

/** Declared in a param block, or in brackets behind the name. */
function parametersOf(node: SyntaxNode): readonly AgentParameter[] {
  const list = child(child(child(node, 'script_block'), 'param_block'), 'parameter_list')
  const behind = child(child(node, 'function_parameter_declaration'), 'parameter_list')
  return (list ?? behind)?.children.filter(({ kind }) => kind === 'script_parameter').flatMap(withSwallowed) ?? []
}

/** A parameter with those behind it that the grammar takes for elements of its default (`= @(), [switch] $More`). */
function withSwallowed(parameter: SyntaxNode): readonly AgentParameter[] {
  const swallowed = child(child(parameter, 'script_parameter_default'), 'array_literal_expression')
  const more = (swallowed?.children ?? []).slice(1).filter(({ kind }) => kind === 'unary_expression')
  return [declared(parameter), ...more.map(declared)]
}

function declared(parameter: SyntaxNode): AgentParameter {
  const end = child(parameter, 'script_parameter_default')?.start ?? parameter.end
  const variable =
    descendants(parameter, 'variable')
      .filter((one) => one.start < end)
      .at(-1) ?? parameter
  const before = <T extends SyntaxNode>(nodes: readonly T[]) => nodes.filter((one) => one.start < variable.start)
  const attributes = before(descendants(parameter, 'attribute'))
  const types = before(descendants(parameter, 'type_literal')).filter((one) => one.parent?.kind !== 'attribute_argument')
  const called = (name: string) => attributes.filter((one) => textOf(one).startsWith(`[${name}`))
  const values = (name: string) =>
    called(name).flatMap((one) => descendants(one, 'verbatim_string_characters', 'decimal_integer_literal').map(plain))
  return {
    name: textOf(variable).slice(1),
    type: types.map((one) => textOf(one).slice(1, -1)).at(-1) ?? '',
    mandatory: called('Parameter')
      .map(textOf)
      .filter((one) => /\bMandatory\b/.test(one))
      .map((one) => /ParameterSetName = '([^']*)'/.exec(one)?.[1] ?? ''),
    values: values('ValidateSet'),
    aliases: values('Alias'),
    nullable: called('AllowNull').length > 0,
    placed: called('Parameter').some((one) => textOf(one).includes('Position')),
    line: lineOf(variable),
  }
}

function plain(node: SyntaxNode): string {
  const text = textOf(node)
  return text.startsWith("'") ? text.slice(1, -1).replaceAll("''", "'") : text
}

/** Where a variable of a function gets its values: assignments to it, without those to its members. */
export function assignmentsTo(node: SyntaxNode, name: string): readonly SyntaxNode[] {
  return descendants(node, 'assignment_expression').filter(
    (one) => one.children[0] !== undefined && leftName(one) === name.toLowerCase(),
  )
}

function leftName({ children: [left] }: SyntaxNode): string | undefined {
  return left?.children[0] === undefined ? undefined : variableName(bare(left.children[0]))
}
