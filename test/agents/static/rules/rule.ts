import type { AgentFile, Agents } from '../../../../scripts/agents/agents.ts'
import { NO_AGENTS } from '../../../../scripts/agents/agents.ts'
import type { AgentFunction } from '../../../../scripts/agents/functions.ts'
import { lineOf, type SyntaxNode } from '../../../../scripts/agents/syntax.ts'

/** What a rule finds wrong in agents, in words that begin with `file:line`. */
export type Rule = (agents: Agents) => readonly string[]

/** A rule that looks at one file after the other. */
export function perFile(look: (file: AgentFile) => readonly (readonly [at: SyntaxNode, says: string])[]): Rule {
  return ({ files }) => files.flatMap((file) => look(file).map(([at, says]) => `${file.path}:${lineOf(at)} ${says}`))
}

/** A rule that looks at one function after the other: those that are agents. */
export function perFunction(
  look: (one: AgentFunction, agents: Agents) => readonly (readonly [line: number, says: string])[],
): Rule {
  return (agents) =>
    agents.files
      .filter(({ path }) => !NO_AGENTS.has(path))
      .flatMap(({ functions }) => functions)
      .flatMap((one) => look(one, agents).map(([line, says]) => `${one.file}:${line} ${says}`))
}
