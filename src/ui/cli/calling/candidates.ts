import type { Argument, Command, Option } from 'commander'

/** One word that may stand where the cursor is, and what it is. */
export interface Candidate {
  readonly word: string
  readonly about: string
}

/** What may stand where the cursor is: words that are known here, or names that lie elsewhere. */
export type Completion =
  { readonly of: 'words'; readonly words: readonly Candidate[] } | { readonly of: 'files' | 'runs' | 'checks' | 'nothing' }

/** What a command line can go on with: `before` are the words after the program's name and before the one under the cursor. */
export function completionAt(root: Command, before: readonly string[], word: string): Completion {
  const { command, place, open } = walked(
    root,
    before.filter((one) => one !== '='),
  )
  if (open !== undefined && (open.required || !word.startsWith('-'))) return valuesOf(open)
  if (word.startsWith('-')) {
    const long = command.options
      .filter(({ hidden }) => !hidden)
      .map(({ long: name, description }) => ({ word: name ?? '', about: description }))
    return { of: 'words', words: [...long, { word: '--help', about: 'how the command is used' }] }
  }
  const commands = command.commands.filter((one) => !isHidden(one)).map((one) => ({ word: one.name(), about: one.description() }))
  if (commands.length > 0 && place === 0) return { of: 'words', words: commands }
  const wanted = command.registeredArguments
  const argument = wanted[place] ?? (wanted.at(-1)?.variadic === true ? wanted.at(-1) : undefined)
  return argument === undefined ? { of: 'nothing' } : valuesOf(argument)
}

/** The store that the words before the cursor name; a shell may have cut `--store=FILE` at its sign. */
export function storeOn(before: readonly string[]): string | undefined {
  const words = before.flatMap((one) => (one.startsWith('--store=') ? ['--store', one.slice(8)] : one === '=' ? [] : [one]))
  const at = words.lastIndexOf('--store')
  return at < 0 ? undefined : words[at + 1]
}

/** Commands that only programs type. */
export function isHidden(command: Command): boolean {
  return command.parent?.createHelp().visibleCommands(command.parent).includes(command) === false
}

/** The command that words have led to, how many of its arguments are there, and the option that still wants its value. */
function walked(root: Command, words: readonly string[]): { command: Command; place: number; open: Option | undefined } {
  let command = root
  let place = 0
  let open: Option | undefined
  for (const word of words) {
    const isValue = open !== undefined && (open.required || !word.startsWith('-'))
    open = undefined
    if (isValue) continue
    if (word.startsWith('-')) {
      const option = command.options.find(({ long }) => long === word)
      if (option?.required === true || option?.optional === true) open = option
      continue
    }
    const child = place === 0 ? command.commands.find((one) => one.name() === word) : undefined
    if (child === undefined) place += 1
    else command = child
  }
  return { command, place, open }
}

/** By the name in angle brackets, or the choices where there are some. */
function valuesOf(wanted: Argument | Option): Completion {
  if (wanted.argChoices !== undefined) return { of: 'words', words: wanted.argChoices.map((word) => ({ word, about: '' })) }
  const name = 'flags' in wanted ? (/[<[]([\w/.]+)[>\]]/.exec(wanted.flags)?.[1] ?? '') : wanted.name()
  if (['file', 'files', 'folder', 'farm'].includes(name)) return { of: 'files' }
  if (name === 'run') return { of: 'runs' }
  const asksChecks = 'flags' in wanted ? /^--(only|skip|explain|fix)\b/.test(wanted.flags) : name === 'what'
  return { of: asksChecks ? 'checks' : 'nothing' }
}
