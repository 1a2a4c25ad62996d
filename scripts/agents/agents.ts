import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { functionsIn, type AgentFunction } from './functions.ts'
import { parseTexts } from './grammar.ts'
import type { SyntaxNode } from './syntax.ts'

/** A PowerShell file: path from the agents' folder, text, tree, and the functions it defines. */
export interface AgentFile {
  readonly path: string
  readonly text: string
  readonly tree: SyntaxNode
  readonly functions: readonly AgentFunction[]
}

/** Files as they are read, and every function by its name. */
export interface Agents {
  readonly files: readonly AgentFile[]
  readonly functions: ReadonlyMap<string, AgentFunction>
}

/** What runs before there are agents, or on this machine: its functions are no agents. */
export const NO_AGENTS: ReadonlySet<string> = new Set([
  'Session/Ask.ps1',
  'Session/Bootstrap.ps1',
  'Session/Installed.ps1',
  'Session/Relay.ps1',
])

/** The agents of a folder. */
export function readAgentTrees(folder: string): Agents {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ps1'))
    .sort()
  return agentsOf(Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')])))
}

/** Agents from texts by path. */
export function agentsOf(texts: Readonly<Record<string, string>>): Agents {
  const [agents] = parseAll([texts])
  if (agents === undefined) throw new Error('nothing was parsed')
  return agents
}

/** Several sets of agents that know nothing of each other, parsed in one go. */
export function parseAll(sets: readonly Readonly<Record<string, string>>[]): readonly Agents[] {
  const trees = parseTexts(sets.flatMap((texts) => Object.values(texts))).values()
  return sets.map((texts) => {
    const files = Object.entries(texts).map(([path, text]) => {
      const tree = trees.next().value
      if (tree === undefined) throw new Error(`${path} was not parsed`)
      return { path, text, tree, functions: functionsIn(path, tree) }
    })
    const own = files.filter(({ path }) => !NO_AGENTS.has(path)).flatMap(({ functions }) => functions)
    return { files, functions: new Map(own.map((one) => [one.name, one])) }
  })
}
