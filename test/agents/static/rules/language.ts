import { NO_AGENTS } from '../../../../scripts/agents/agents.ts'
import { callsIn } from '../../../../scripts/agents/calls.ts'
import { assignmentsTo } from '../../../../scripts/agents/functions.ts'
import {
  ancestors,
  child,
  descendants,
  lineOf,
  textOf,
  variableName,
  type SyntaxNode,
} from '../../../../scripts/agents/syntax.ts'
import { perFile, type Rule } from './rule.ts'

/** Everything that the grammar does not understand. */
export const parses: Rule = ({ files }) =>
  files.flatMap(({ path, tree, text }) => {
    const lines = new Set(descendants(tree, 'ERROR', 'MISSING').map(lineOf))
    return [...lines].map((line) => `${path}:${line} is no PowerShell: ${text.split('\n')[line - 1] ?? ''}`)
  })

/** Kinds of node that Windows PowerShell 5.1 has not. `?.` and `?[` are none: the grammar does not read them, so `parses` tells. */
const NEWER_KINDS: Readonly<Record<string, string>> = {
  ternary_expression: 'the ternary operator',
  null_coalesce_expression: 'the operator ??',
  pipeline_chain_tail: 'the operators && and ||',
}

/** Syntax and parameters that came after Windows PowerShell 5.1. Source: about_Operators, about_Pipeline_Chain_Operators,
 *  about_Functions_Advanced_Methods (clean), about_Automatic_Variables, and the cmdlets' own pages of both versions. */
export const only51: Rule = perFile(({ tree }) => [
  ...descendants(tree, ...Object.keys(NEWER_KINDS)).map((node) => [node, `5.1 has not ${NEWER_KINDS[node.kind] ?? ''}`] as const),
  ...descendants(tree, 'assignment_operator')
    .filter((node) => textOf(node) === '??=')
    .map((node) => [node, '5.1 has not the operator ??='] as const),
  ...descendants(tree, 'block_name')
    .filter((node) => textOf(node).toLowerCase() === 'clean')
    .map((node) => [node, '5.1 has no clean block'] as const),
  ...descendants(tree, 'command_parameter')
    .filter((node) => /^-(Parallel|AsHashtable|AsUTC|AsByteStream|AsArray|EnumsAsStrings|LeafBase)$/i.test(textOf(node)))
    .map((node) => [node, `5.1 has not ${textOf(node)}`] as const),
  ...descendants(tree, 'variable')
    .filter((node) => /^(is(windows|linux|macos|coreclr)|psstyle)$/.test(variableName(node) ?? ''))
    .map((node) => [node, `5.1 has not ${textOf(node)}`] as const),
])

/** A command is called by its full name, and so is a common parameter. Every alias of 5.1 is a word without a hyphen, and no cmdlet is.
 *  Source: about_Aliases, about_CommonParameters. */
export const noAlias: Rule = perFile(({ tree }) => [
  ...callsIn(tree)
    .filter(({ operator, name }) => operator === '' && !/^[A-Z][A-Za-z]*-[A-Z]\w*$/.test(name))
    .map(({ node, name }) => [node, `${name} is no full name of a command`] as const),
  ...descendants(tree, 'command_parameter')
    .filter((node) => /^-(ea|ev|wa|wv|ia|iv|ov|ob|pv|vb|db|cf|wi)$/i.test(textOf(node)))
    .map((node) => [node, `${textOf(node)} is no full name of a parameter`] as const),
])

const BANNED = /^(Invoke-Expression|Write-Host|Set-Alias|New-Alias|Out-Host|Read-Host|Clear-Host)$/i

/** What the session cannot have: text run as code, output that is no fact, prompts. */
export const noBanned: Rule = perFile(({ tree }) =>
  callsIn(tree)
    .filter(({ name }) => BANNED.test(name))
    .map(({ node, name }) => [node, `${name} is not allowed`]),
)

/** No variable outlives the module, and none is the pipeline's input: a script that names it makes PowerShell itself read stdin. */
export const noGlobal: Rule = perFile(({ tree }) =>
  descendants(tree, 'variable')
    .filter((node) => /^(global:|input$)/.test(variableName(node) ?? ''))
    .map((node) => [node, `${textOf(node)} is not allowed`]),
)

/** The session calls an operation as the module exports it: no text is involved. */
const EXPORTED = { file: 'Session/Invoke-VdpRequest.ps1', name: '$operation' }

/** Code is made where it is written: `&` runs a block (a parameter of that type, or a variable that is given a literal one) or one program
 *  of Windows by its path; only the bootstrap makes code of text. */
export const noBuiltCommand: Rule = perFile(({ path, tree }) => {
  if (NO_AGENTS.has(path)) return []
  const run = callsIn(tree)
    .filter(({ operator, name, node }) => operator !== '' && !isBlock(node, name))
    .filter(({ name }) => path !== EXPORTED.file || name !== EXPORTED.name)
    .filter(({ name }) => !/^"\$env:SystemRoot\\System32\\\w+\.exe"$/.test(name))
    .map(({ node, name }) => [node, `runs ${name}, which is no block of code`] as const)
  const made = descendants(tree, 'invocation_expression')
    .filter((node) => /^\[(scriptblock|powershell|runspacefactory|System\.Management\.Automation\.\w+)\]::/i.test(textOf(node)))
    .map((node) => [node, 'makes code of text'] as const)
  const methods = descendants(tree, 'member_name')
    .filter((node) => /^(InvokeScript|NewScriptBlock|ExpandString|AddScript|InvokeCommand)$/i.test(textOf(node)))
    .map((node) => [node, `${textOf(node)} makes code of text`] as const)
  return [...run, ...made, ...methods]
})

function isBlock(node: SyntaxNode, name: string): boolean {
  const around = ancestors(node).find(({ kind }) => kind === 'function_statement')
  if (around === undefined || !name.startsWith('$')) return false
  const typed = descendants(around, 'script_parameter').some(
    (one) => /\[scriptblock\]/i.test(textOf(one)) && textOf(one).includes(name),
  )
  const values = assignmentsTo(around, name.slice(1))
  return typed || (values.length > 0 && values.every((one) => /=\s*\{/.test(textOf(one).slice(name.length))))
}

/** Plain ASCII without tabs: 5.1 reads a file without mark in the language's own code page. */
export const ascii: Rule = ({ files }) =>
  files.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, n) => (/^[\x20-\x7e]*$/.test(line) ? [] : [`${path}:${n + 1} has more than plain ASCII`])),
  )

/** A drive of the registry need not be there, and the provider is named in Common alone. */
export const noRegistryDrive: Rule = perFile(({ path, tree }) =>
  descendants(tree, 'verbatim_string_characters', 'expandable_string_literal', 'generic_token')
    .filter((node) => child(node, 'verbatim_string_characters') === undefined)
    .filter((node) => /\b(HK(LM|CU|U|CR|CC):|Registry::)/i.test(textOf(node)) && !path.startsWith('Common/'))
    .map((node) => [node, `${textOf(node)} names a drive of the registry`]),
)
