/** Options of the command line at hand that a printed command needs as well, each as it was typed. */
export type Said = Readonly<Partial<Record<'store' | 'inventory', string>>>

/** Commands that have the option; a run remembers its own inventory, so those about a run do not need it. */
const TAKES: Readonly<Record<keyof Said, RegExp>> = {
  inventory: /^(plan|run|verify|doctor|validate|trust)$/,
  store: /^(run|verify|doctor|resume|status|attach|list|show|decide|report|audit)$/,
}

/** A line that ends with a command of ours, with the options that belong to it; any other line as it is. */
export function asTyped(line: string, said: Said = {}): string {
  const [, typed = '', command = ''] = /\b(vdiskprep (\w+).*)$/.exec(line) ?? []
  if (/ --(help|explain)\b/.test(typed)) return line
  const more = (['inventory', 'store'] as const).flatMap((name) => {
    const value = said[name]
    return value === undefined || !TAKES[name].test(command) || typed.includes(` --${name}`)
      ? []
      : [` --${name} ${quoted(value)}`]
  })
  return `${line}${more.join('')}`
}

function quoted(text: string): string {
  return /[\s'&;()]/.test(text) ? `"${text}"` : text
}
