/** Options of the command line at hand that a printed command needs as well, each as it was typed. */
export type Said = Readonly<Partial<Record<(typeof REPEATED)[number], string>>>

/** The options that a printed command repeats. */
export const REPEATED = ['inventory', 'store', 'by-hand', 'folder-there'] as const

/** Commands that reach hosts: where people carry the questions, they do so for the next command too. */
const ASKS_HOSTS = /^(plan|run|verify|doctor|resume)$/

/** Commands that have the option; a run remembers its own inventory, so those about a run do not need it. */
const TAKES: Readonly<Record<keyof Said, RegExp>> = {
  inventory: /^(plan|run|verify|doctor|validate|trust)$/,
  store: /^(plan|run|verify|doctor|resume|status|attach|list|show|decide|report|audit)$/,
  'by-hand': ASKS_HOSTS,
  'folder-there': ASKS_HOSTS,
}

/** A line that ends with a command of ours, with the options that belong to it; any other line as it is. */
export function asTyped(line: string, said: Said = {}): string {
  const [, typed = '', command = ''] = /\b(vdiskprep (\w+).*)$/.exec(line) ?? []
  if (/ --(help|explain)\b/.test(typed)) return line
  const more = REPEATED.flatMap((name) => {
    const value = said[name]
    return value === undefined || !TAKES[name].test(command) || typed.includes(` --${name}`)
      ? []
      : [` --${name} ${quoted(value)}`]
  })
  return `${line}${more.join('')}`
}

/** As a shell of this system takes it for one word: others than those of Windows eat backslashes, even between double quotes. */
function quoted(text: string): string {
  if (text.includes('\\') && process.platform !== 'win32') return `'${text}'`
  return /[\s'&;()]/.test(text) ? `"${text}"` : text
}
