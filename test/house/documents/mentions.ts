import { typedCommands } from '../../../scripts/command-tree.ts'
import { commandTree } from '../../../src/ui/cli/program.ts'
import { blocksOf } from './blocks.ts'

/** Which command it is, and with which options; what stands between them differs from site to site. */
interface Form {
  readonly command: string
  readonly options: readonly string[]
}

const COMMANDS = typedCommands(commandTree('0'))
  .map(({ words }) => words)
  .toSorted((one, other) => other.length - one.length)

/** Options that only say where hosts are found. */
const PLACES = ['--inventory', '--workflow', '--lab']

/** The form of what follows `vdiskprep`; null when it is no command of this program. */
export function formOf(words: string): Form | null {
  const command = COMMANDS.find((name) => `${words} `.startsWith(`${name} `)) ?? (words.startsWith('-') ? '' : null)
  if (command === null) return null
  return { command, options: (words.match(/(?<= |^)--[a-z-]+/g) ?? []).filter((option) => !PLACES.includes(option)) }
}

/** Whether typing one thing shows that the other works too: the same command with at least its options. */
export function proves(typed: Form, mentioned: Form): boolean {
  return typed.command === mentioned.command && mentioned.options.every((option) => typed.options.includes(option))
}

/** Every command of this program that a page names in its text and tables, or in code that no test types. */
export function mentionsOf(page: string): readonly string[] {
  const lines = page.split('\n')
  const fenced = new Set(blocksOf(page).flatMap(({ lines: inside, from }) => inside.map((_, at) => from + at)))
  const text = lines.filter((_, at) => !fenced.has(at)).join('\n')
  const quoted = [...text.matchAll(/`vdiskprep ([^`]+)`/g)].map(([, words = '']) => words.replaceAll(/\s+/g, ' '))
  const indented = [...text.matchAll(/^ {4,}(?:\$ )?vdiskprep (.*)$/gm)].map(([, words = '']) => words)
  return [...new Set([...quoted, ...indented])]
}

/** A row of the list of what no test types: a command, or so many lines of another language; the page; the reason. */
interface NotTyped {
  readonly what: string
  readonly page: string
  readonly why: string
}

/** The list on `docs/proved.md`. */
export function notTyped(proved: string): readonly NotTyped[] {
  const list = proved.slice(proved.indexOf('## Commands that no test types'))
  return [...list.matchAll(/^\| `?([^|`]+)`? \| \[[^\]]*\]\(([^)]*)\) \| (.+) \|$/gm)].map(
    ([, what = '', page = '', why = '']) => ({
      what,
      page,
      why,
    }),
  )
}
