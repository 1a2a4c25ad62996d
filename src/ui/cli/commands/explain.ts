import type { Composition } from '../../../compose.ts'
import { checks } from '../../../diagnosis/diagnose.ts'
import { findKnown } from '../../../diagnosis/known-codes.ts'
import { Fault } from '../../../faults/fault.ts'
import { faultTable, type FaultCode } from '../../../faults/table.ts'
import { RISK_MEANINGS } from '../../../workflow/plan.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import type { CommonOptions } from '../options.ts'
import { hanging } from '../screens/wrap.ts'
import type { Terminal } from '../terminal.ts'

/** One thing that is explained. */
interface Explained {
  readonly name: string
  readonly kind: string
  readonly means: readonly string[]
  readonly next: readonly string[]
  readonly source: string
}

/** `explain WHAT`: a code of this program, an error code of Windows or PVS, a check, a risk, or a pasted error text. Needs no farm. Exit
 *  code 2 for what nobody here knows. */
export function explain(
  words: readonly string[],
  options: CommonOptions,
  _composition: Composition,
  terminal: Terminal,
): Promise<ExitCode> {
  const said = words.join(' ').trim()
  const found = explained(said)
  if (found.length === 0) throw new Fault('NOT_KNOWN', { said })
  for (const one of found) {
    if (options.json === true) terminal.out(JSON.stringify(one))
    else for (const line of linesOf(one, terminal)) terminal.out(line)
  }
  return Promise.resolve(EXIT.ok)
}

function explained(said: string): readonly Explained[] {
  const code = said.toUpperCase().replaceAll(/[\s-]/g, '_')
  if (code in faultTable) return [ofFault(code as FaultCode)]
  const risk = Object.entries(RISK_MEANINGS).find(([name]) => name.toLowerCase() === said.toLowerCase())
  if (risk !== undefined)
    return [
      {
        name: risk[0],
        kind: 'a risk',
        means: [risk[1]],
        next: [`acceptRisk: [${risk[0]}] in the workflow takes it`],
        source: 'docs: workflow reference',
      },
    ]
  const check = checks.find(({ id }) => id.toLowerCase() === said.toLowerCase())
  if (check !== undefined)
    return [
      {
        name: check.id,
        kind: 'a check',
        means: [`Looks at: ${check.title}.`],
        next: ['vdiskprep plan FILE'],
        source: check.source,
      },
    ]
  return findKnown(said).map(({ code: name, of, text, means, cure, source }) => ({
    name: `${of} ${name}`,
    kind: `"${text}"`,
    means: [means],
    next: [cure],
    source,
  }))
}

function ofFault(code: FaultCode): Explained {
  const { says, effect, remedy, source } = faultTable[code]
  const open = (text: string) => text.replaceAll(/\{(\w+)\}/g, (_, name: string) => name.toUpperCase())
  return {
    name: code,
    kind: 'a fault',
    means: [open(says), open(effect)],
    next: remedy.map(open).filter((line) => line !== `vdiskprep explain ${code}`),
    source,
  }
}

function linesOf({ name, kind, means, next, source }: Explained, terminal: Terminal): readonly string[] {
  const { width } = terminal
  return [
    ...hanging(`${terminal.paint('strong', name)}  `, kind, width, 2),
    ...means.flatMap((line) => hanging('  ', line, width)),
    ...next.flatMap((line, at) => hanging(at === 0 ? '  Next:  ' : '         ', line, width)),
    ...hanging('  Source: ', source, width),
  ]
}
