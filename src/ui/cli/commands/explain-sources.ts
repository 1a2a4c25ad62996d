import { Fault } from '../../../faults/fault.ts'
import { allSources } from '../../../knowledge/entries.ts'
import { nearest } from '../../../workflow/nearest.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import type { CommonOptions } from '../options.ts'
import { hanging } from '../screens/wrap.ts'
import type { Terminal } from '../terminal.ts'

/** `explain --sources [NAME]`: title and address of the sources that checks, faults and plans cite by a short name; without one all of them. */
export function explainSources(name: string | true, options: CommonOptions, terminal: Terminal): ExitCode {
  const sources = allSources()
  const names = Object.keys(sources)
  if (name !== true && !names.includes(name)) {
    const near = nearest(name, names)
    const expected =
      near === undefined ? 'a short name that --sources lists' : `a short name that --sources lists, such as ${near}`
    throw new Fault('OPTION_INVALID', { option: '--sources', value: name, expected })
  }
  for (const [key, source] of Object.entries(sources)) {
    if (name !== true && key !== name) continue
    if (options.json === true) terminal.out(JSON.stringify({ name: key, ...source }))
    else
      for (const line of hanging(` ${key.padEnd(20)} `, `${source.title}. ${source.where}`, terminal.width, 5)) terminal.out(line)
  }
  return EXIT.ok
}
