import { Fault } from '../../../faults/fault.ts'
import { citedSources } from '../../../knowledge/cited.ts'
import { explainEntry, explainFault, faultsIn, type Explained } from '../../../knowledge/explained.ts'
import { lookUp } from '../../../knowledge/lookup.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import type { CommonOptions } from '../options.ts'
import type { Terminal } from '../terminal.ts'
import { explainedLines, seeLines } from './explain-screen.ts'

/** `explain WHAT`: a code of this program, of Windows licensing or of PVS, an event, a check, a risk, or a text pasted from a console. Needs no
 *  farm and no store. Exit code 2 for what nobody here knows and for what belongs to another product. */
export async function explain(words: readonly string[], options: CommonOptions, terminal: Terminal): Promise<ExitCode> {
  const said = words.join(' ').trim()
  if (said === '')
    throw new Fault('OPTION_INVALID', {
      option: 'explain',
      value: '(nothing)',
      expected: 'a code, a text in quotes, --run RUN or --slmgr SWITCH',
    })
  const found = await everythingOn(said)
  if (options.json === true) {
    for (const one of found) terminal.out(JSON.stringify(one))
    return EXIT.ok
  }
  const [first, ...others] = found
  if (first !== undefined) for (const line of explainedLines(first, terminal)) terminal.out(line)
  for (const line of seeLines([...(first?.see ?? []), ...others.map(({ id }) => id)], terminal)) terminal.out(line)
  return EXIT.ok
}

/** Everything that a text names, best first: what has a name of this program stands before what was only worded like something. Throws
 *  NOT_KNOWN or NOT_OURS. */
export async function everythingOn(said: string): Promise<readonly Explained[]> {
  const own = /^[a-z]+(\.\w+|[A-Z]\w*)?$/.test(said) ? await checkOrRisk(said) : []
  if (own.length > 0) return own
  const named = [...faultsIn(said).map(explainFault), ...(await checksIn(said))]
  const answer = lookUp(said)
  if (answer.is === 'known') return [...named, ...answer.entries.map(explainEntry)]
  if (named.length > 0) return named
  if (answer.is === 'foreign') throw new Fault('NOT_OURS', { said: shortened(said), ...answer.looksLike })
  throw new Fault('NOT_KNOWN', { said: shortened(said), hint: answer.hint })
}

/** Checks whose ids stand in a text, as in a pasted line of the doctor; a name of a host looks alike and is none. */
async function checksIn(said: string): Promise<readonly Explained[]> {
  const ids = said.match(/(?<![\w.-])[a-z]+\.[a-zA-Z]+(?![\w-]|\.\w)/g) ?? []
  return (await Promise.all([...new Set(ids)].map(checkOrRisk))).flat()
}

/** A check by its id, or a risk by its name; loaded late, since both bring much along. */
async function checkOrRisk(said: string): Promise<readonly Explained[]> {
  const none = { steps: ['preflight'], causes: [], name: null, risk: null, unproven: null, see: [] } as const
  if (said.includes('.')) {
    const { checks } = await import('../../../diagnosis/diagnose.ts')
    const found = checks.find(({ id }) => id.toLowerCase() === said.toLowerCase())
    if (found === undefined) return []
    const { id, title, effect, source } = found
    const sources = citedSources(source)
    return [
      {
        ...none,
        kind: 'check',
        id,
        means: [`Looks at: ${title}.`, effect],
        checks: [id],
        remedy: [`vdiskprep doctor --explain ${id}`],
        sources,
      },
    ]
  }
  const { RISK_MEANINGS } = await import('../../../workflow/plan.ts')
  const risk = Object.entries(RISK_MEANINGS).find(([name]) => name.toLowerCase() === said.toLowerCase())
  if (risk === undefined) return []
  const [id, meaning] = risk
  const sources = [{ title: 'Workflow reference', where: 'docs/workflow-reference.md' }]
  return [
    {
      ...none,
      kind: 'risk',
      id,
      means: [meaning],
      checks: [],
      remedy: [`acceptRisk: [${id}] in the workflow takes it`],
      sources,
    },
  ]
}

function shortened(said: string): string {
  const line = said.replaceAll(/\s+/g, ' ')
  return line.length > 60 ? `${line.slice(0, 57)}...` : line
}
