import { ancestors, child, descendants, textOf, type SyntaxNode } from '../../../scripts/agents/syntax.ts'
import { anotherOf, inCode, instead, isDone, parameterBefore, type Edit, type Operator } from './operator.ts'
import { finallyLeftOut, lineLeftOut, refusalLeftOut, swallowed } from './left-out.ts'

/** Everything of some kinds that is done in a script. */
const done = (script: SyntaxNode, ...kinds: readonly string[]) => descendants(script, ...kinds).filter(isDone)

/** An operator that writes single nodes of some kinds anew. */
function nodes(kinds: readonly string[], written: (node: SyntaxNode, all: readonly SyntaxNode[]) => string | undefined) {
  return (script: SyntaxNode): readonly Edit[] => {
    const all = done(script, ...kinds)
    const edits = all.map((node) => {
      const text = written(node, all)
      return text === undefined ? undefined : instead(node, text)
    })
    return inCode(script, edits)
  }
}

/** Properties of lists and texts that every script has: none is taken for another. */
const PLAIN = ['Count', 'Length', 'Exception', 'Message', 'Keys', 'Value', 'Data']
const isRead = (name: SyntaxNode) => name.parent?.kind === 'member_access' && !PLAIN.includes(textOf(name))

const wrongProperty: Operator = {
  name: 'wrong property',
  example: ['$x = $a.Name + $a.Domain', '$x = $a.Domain + $a.Domain'],
  edits: nodes(['member_name'], (name, all) =>
    isRead(name) && child(name.parent, '.') !== undefined
      ? anotherOf(textOf(name), all.filter((one) => isRead(one) && child(one.parent, '.') !== undefined).map(textOf))
      : undefined,
  ),
}

const NAMING = ['name', 'class', 'key', 'log', 'provider', 'method', 'namespace', 'property', 'program']
const quoted = (node: SyntaxNode) => /^'[^']*'$|^"[^"]*"$/.test(textOf(node))

const wrongName: Operator = {
  name: 'wrong name of a thing',
  example: ["Get-VdpService -Name 'sppsvc'", "Get-VdpService -Name 'sppsvcX'"],
  edits: nodes(['string_literal', 'generic_token'], (node) => {
    if (!NAMING.includes(parameterBefore(node))) return undefined
    const text = textOf(node)
    return quoted(node) ? `${text.slice(0, -1)}X${text.at(-1) ?? ''}` : `${text}X`
  }),
}

const WORD = /^'[A-Za-z][\w-]*'$/
const SAID = ['message', 'details', ...NAMING]
const isWord = (node: SyntaxNode) => WORD.test(textOf(node)) && !SAID.includes(parameterBefore(node))

const wrongWord: Operator = {
  name: 'wrong word',
  example: ["if ($s -eq 'stopped') { 'running' }", "if ($s -eq 'running') { 'running' }"],
  edits: nodes(['string_literal'], (node, all) =>
    isWord(node)
      ? `'${anotherOf(
          textOf(node).slice(1, -1),
          all.filter(isWord).map((one) => textOf(one).slice(1, -1)),
        )}'`
      : undefined,
  ),
}

/** What people say where Windows has a number or a fixed word, and what follows the language of the machine. */
const LOCALISED: Readonly<Record<string, string>> = {
  FullyQualifiedErrorId: 'Exception.Message',
  InvariantCulture: 'CurrentCulture',
  ToUpperInvariant: 'ToUpper',
  ToLowerInvariant: 'ToLower',
}
const SIDS: readonly (readonly [RegExp, string])[] = [
  [/\*?S-1-5-32-544/, 'Administrators'],
  [/\*?S-1-5-18/, 'SYSTEM'],
  [/\*?S-1-5-19/, 'LOCAL SERVICE'],
  [/\*?S-1-5-20/, 'NETWORK SERVICE'],
]

const localised: Operator = {
  name: 'localised compare',
  example: ["$_.FullyQualifiedErrorId -like 'No*'", "$_.Exception.Message -like 'No*'"],
  edits: nodes(['member_name', 'string_literal'], (node) => {
    if (node.kind === 'member_name') return LOCALISED[textOf(node)]
    const sid = SIDS.find(([sid]) => sid.test(textOf(node)))
    return sid === undefined ? undefined : textOf(node).replace(...sid)
  }),
}

/** Limits of time and depth: one more or less is no fault. */
const LIMIT = /seconds|ms$|wait|timeout|depth|buffer|milliseconds|version$/
const NEXT: Readonly<Record<string, string>> = { '-lt': '-le', '-le': '-lt', '-gt': '-ge', '-ge': '-gt' }
const isLimit = (node: SyntaxNode) => LIMIT.test(parameterBefore(node)) || /\d{4,}$/.test(textOf(node))

const offByOne: Operator = {
  name: 'off by one',
  example: ['$left = $count - 1', '$left = $count - 2'],
  edits: nodes(['integer_literal', 'comparison_operator'], (node) => {
    if (node.kind === 'comparison_operator') return NEXT[textOf(node)]
    const text = textOf(node)
    if (isLimit(node) || !/^(\d+|0x[0-9A-Fa-f]+)$/.test(text)) return undefined
    return text.startsWith('0x') ? `0x${(Number(text) + 1).toString(16).toUpperCase()}` : String(Number(text) + 1)
  }),
}

const TURNED: Readonly<Record<string, string>> = Object.fromEntries(
  ['eq ne', 'ceq cne', 'like notlike', 'match notmatch', 'cmatch cnotmatch', 'in notin', 'contains notcontains', 'is isnot']
    .map((pair) => pair.split(' ').map((one) => `-${one}`))
    .flatMap(([one = '', other = '']) => [
      [one, other],
      [other, one],
    ]),
)

const turned: Operator = {
  name: 'turned condition',
  example: ["if (-not $a -and $b -eq 'x') { 1 }", "if ($a -and $b -eq 'x') { 1 }"],
  edits: nodes(['comparison_operator', 'expression_with_unary_operator'], (node) => {
    if (node.kind === 'comparison_operator') return TURNED[textOf(node)]
    return child(node, '-not') === undefined ? undefined : textOf(node).replace(/^-not\s+/, '')
  }),
}

const andOr: Operator = {
  name: 'and for or',
  example: ['if ($a -and $b) { 1 }', 'if ($a -or $b) { 1 }'],
  edits: nodes(['-and', '-or'], ({ kind }) => (kind === '-and' ? '-or' : '-and')),
}

const CONSTANTS: Readonly<Record<string, string>> = { $true: '$false', $false: '$true' }
const ofWindow = (node: SyntaxNode) => ancestors(node).some((one) => /^\$start\.\w+ = /.test(textOf(one)))

const wrongConstant: Operator = {
  name: 'true for false',
  example: ['$alive = $false', '$alive = $true'],
  edits: nodes(['variable'], (node) => (ofWindow(node) ? undefined : CONSTANTS[textOf(node)])),
}

/** Where a list and a single thing are the same: a loop over it, and the beginning of a pipe. */
const loops = (node: SyntaxNode) =>
  ancestors(node)
    .slice(0, 3)
    .some((one) => one.parent?.kind === 'foreach_statement' || (one.kind === 'pipeline_chain' && one.children.length > 1))

const unrolled: Operator = {
  name: 'list unrolled',
  example: ['return @{ products = @(Get-VdpProduct) }', 'return @{ products = $(Get-VdpProduct) }'],
  edits: (script) =>
    inCode(script, [
      ...done(script, '@(')
        .filter((node) => node.parent !== undefined && !loops(node.parent))
        .map((node) => instead(node, '$(')),
      ...done(script, 'expression_with_unary_operator')
        .flatMap((node) => child(node, ',') ?? [])
        .map((comma) => instead(comma, '')),
    ]),
}

/** Arguments that a call does without: switches, and what has a default. */
const SWITCH = /^-(Recurse|Force|NoWait|Test|DnsOnly|List|Unique)$/
const OPTIONAL = /^-(Filter|Most|MaxEvents|Before|After|Check|TaskName|Provider)$/

const argumentLeftOut: Operator = {
  name: 'argument left out',
  example: ["Get-ChildItem -LiteralPath $a -Filter 'x'", 'Get-ChildItem -LiteralPath $a '],
  edits: (script) =>
    inCode(
      script,
      done(script, 'command_parameter').map((node) => {
        const elements = node.parent?.children ?? []
        const value = OPTIONAL.test(textOf(node)) ? elements[elements.indexOf(node) + 1] : undefined
        return value === undefined && !SWITCH.test(textOf(node))
          ? undefined
          : { start: node.start, end: (value ?? node).end, text: '' }
      }),
    ),
}

/** The fixed list: what a mutant is made by. */
export const OPERATORS: readonly Operator[] = [
  wrongProperty,
  finallyLeftOut,
  localised,
  offByOne,
  swallowed,
  refusalLeftOut,
  lineLeftOut,
  turned,
  andOr,
  wrongConstant,
  wrongWord,
  wrongName,
  unrolled,
  argumentLeftOut,
]
