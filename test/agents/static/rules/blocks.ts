import { bare, child, descendants, lineOf, textOf, variableName, type SyntaxNode } from '../../../../scripts/agents/syntax.ts'
import type { Agents } from '../../../../scripts/agents/agents.ts'
import type { AgentFunction } from '../../../../scripts/agents/functions.ts'
import { perFunction, type Rule } from './rule.ts'

const takesBlocks = ({ parameters }: AgentFunction) => parameters.some(({ type }) => /^scriptblock$/i.test(type))

/** The names (lower case) under which a runner of blocks, and every runner below it, keeps its own parameters. */
function namesBelow(agents: Agents, name: string, seen: readonly string[] = []): readonly string[] {
  const runner = agents.functions.get(name)
  if (runner === undefined || !takesBlocks(runner) || seen.includes(name)) return []
  const further = runner.calls.flatMap((call) => namesBelow(agents, call.name, [...seen, name]))
  return [...runner.parameters.map((one) => one.name.toLowerCase()), ...further]
}

/** A block runs below the function it is given to and sees that function's variables first: it may read none that has the name of a
 *  parameter there. */
export const noShadow: Rule = perFunction((one, agents) =>
  takesBlocks(one)
    ? []
    : one.calls.flatMap((call) => {
        const hidden = namesBelow(agents, call.name)
        const blocks = call.elements.map(bare).filter(({ kind }) => kind === 'script_block_expression')
        return blocks.flatMap((block) =>
          [...new Set(readFrom(block).filter((name) => hidden.includes(name)))].map(
            (name) => [call.line, `$${name} in a block for ${call.name} is that function's own`] as const,
          ),
        )
      }),
)

/** What a block reads from around it: its variables without those it sets itself. */
function readFrom(block: SyntaxNode): readonly string[] {
  const set = descendants(block, 'left_assignment_expression').flatMap((left) => variableName(left) ?? [])
  const named = descendants(block, 'variable').flatMap((one) => variableName(one) ?? [])
  return named.filter((name) => !set.includes(name) && !name.includes(':'))
}

/** Under these names the frames keep what the blocks of a write are run with: a variable of the same name would be another inside. */
const TAKEN = /^(check|before|act|after|taskname|lockname|lockwaitms|lockbody|read|list|vdpwrite|vdpmutex|vdpheld)$/
const FRAMES = new Set(['Invoke-VdpWrite', 'Use-VdpLock', 'Get-VdpReading'])

/** No function uses a name of the frames for itself. */
export const noTakenName: Rule = perFunction(({ name, node, parameters }) => {
  if (FRAMES.has(name)) return []
  const set = descendants(node, 'left_assignment_expression').map((left) => [lineOf(left), variableName(left) ?? ''] as const)
  const declared = parameters.map((one) => [one.line, one.name.toLowerCase()] as const)
  return [...set, ...declared]
    .filter(([, one]) => TAKEN.test(one))
    .map(([line, one]) => [line, `$${one} is a name of the frames`])
})

/** A `catch` does something with what it caught: it is never empty. Only `Where-Object` and the like may find nothing. */
export const noEmptyCatch: Rule = perFunction(({ node }) =>
  descendants(node, 'catch_clause')
    .filter((one) => child(child(one, 'statement_block'), 'statement_list') === undefined)
    .map((one) => [lineOf(one), 'an error is swallowed']),
)

/** Localised text decides nothing: what an error or a service is called for people is compared with no word. Digits in it are. */
export const noLocalised: Rule = perFunction(({ node }) =>
  descendants(node, 'comparison_expression')
    .filter((one) => /\.(Message|DisplayName|LevelDisplayName)\b/.test(textOf(one)))
    .filter((one) => /[A-Za-z]/.test((/'.*'|".*"/.exec(textOf(one))?.[0] ?? '').replaceAll(/\\[dDsSwW]/g, '')))
    .map((one) => [lineOf(one), `${textOf(one)} decides by a text for people`]),
)
