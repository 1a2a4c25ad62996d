import { Fault, faultOf } from '../../../faults/fault.ts'
import { citedSources } from '../../../knowledge/cited.ts'
import { namedIn } from '../../../knowledge/codes.ts'
import {
  explainEntry,
  explainFault,
  explainWord,
  faultsIn,
  faultsOffering,
  type Explained,
} from '../../../knowledge/explained.ts'
import { lookUp } from '../../../knowledge/lookup.ts'
import { ownWord } from '../../../knowledge/own-words.ts'
import { faultLine } from '../../../report/events/lines.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import type { CommonOptions } from '../options.ts'
import { faultLines } from '../screens/fault.ts'
import { openWords } from '../screens/check.ts'
import type { Terminal } from '../terminal.ts'
import { explainedLines, seeLines } from './explain-screen.ts'

/** `explain WHAT`: a code of this program, of Windows licensing or of PVS, an event, a check, a risk, or a text pasted from a console. Needs no
 *  farm and no store. Each argument is answered; exit code 2 for what nobody here knows and for what belongs to another product. */
export async function explain(words: readonly string[], options: CommonOptions, terminal: Terminal): Promise<ExitCode> {
  const said = words.join(' ').trim()
  if (said === '')
    throw new Fault('OPTION_INVALID', {
      option: 'explain',
      value: '(nothing)',
      expected: 'a code, a text in quotes, --run RUN or --slmgr SWITCH',
    })
  const asked = questionsIn(words)
  if (asked.length === 1) {
    tell(await everythingOn(said), options, terminal)
    return EXIT.ok
  }
  const answers = await Promise.allSettled(asked.map(everythingOn))
  for (const [at, answer] of answers.entries()) {
    const isNext = answers.slice(0, at).some(({ status }) => status === 'fulfilled')
    if (isNext && answer.status === 'fulfilled' && options.json !== true) terminal.out('')
    if (answer.status === 'fulfilled') tell(answer.value, options, terminal)
    else if (!(answer.reason instanceof Fault)) throw answer.reason
    else if (options.json === true) terminal.out(JSON.stringify(faultLine(faultOf(answer.reason), null)))
    else for (const line of faultLines(faultOf(answer.reason), null, terminal)) terminal.err(line)
  }
  return answers.every(({ status }) => status === 'fulfilled') ? EXIT.ok : EXIT.input
}

function tell(found: readonly Explained[], options: CommonOptions, terminal: Terminal): void {
  if (options.json === true) {
    for (const one of found) terminal.out(JSON.stringify(one))
    return
  }
  const [first, ...others] = found
  if (first !== undefined) for (const line of explainedLines(first, terminal)) terminal.out(line)
  for (const line of seeLines([...(first?.see ?? []), ...others.map(({ id }) => id)], terminal)) terminal.out(line)
}

/** What is asked, one thing each: an argument in quotes, each of several codes in a row, or the words of a text that was typed without quotes. */
function questionsIn(words: readonly string[]): readonly string[] {
  const isText = (word: string) => /\s/.test(word.trim())
  const runs: string[][] = []
  for (const [at, word] of words.entries()) {
    const last = runs.at(-1)
    if (last === undefined || isText(word) || isText(words[at - 1] ?? '')) runs.push([word])
    else last.push(word)
  }
  return runs.flatMap((run) => (run.every(isCode) ? run : [run.join(' ')]))
}

function isCode(word: string): boolean {
  return namedIn(word).hresults.length > 0 || faultsIn(word).length > 0 || /^[a-z]+\.[a-zA-Z]+$/.test(word)
}

/** Everything that a text names, best first: what has a name of this program stands before what was only worded like something. Throws
 *  NOT_KNOWN or NOT_OURS. */
export async function everythingOn(said: string): Promise<readonly Explained[]> {
  const word = ownWord(said)
  if (word !== undefined) return [explainWord(word)]
  const own = /^[a-z]+(\.\w+|[A-Z]\w*)?$/.test(said) ? await checkOrRisk(said) : []
  if (own.length > 0) return own
  const offering = faultsOffering(said)
  if (offering.length > 0) return offering.map(explainFault)
  const named = [...faultsIn(said).map(explainFault), ...(await checksIn(said))]
  const answer = lookUp(said)
  if (answer.is === 'known') return [...named, ...answer.entries.map(explainEntry)]
  if (named.length > 0) return named
  if (answer.is === 'foreign') throw new Fault('NOT_OURS', { said: shortened(said), ...answer.looksLike })
  throw new Fault('NOT_KNOWN', { said: shortened(said), hint: hintOn(said) ?? answer.hint })
}

/** What else it may be: a key, or the id of a run. */
function hintOn(said: string): string | null {
  if (/\b[A-Z0-9]{5}(?:-[A-Z0-9]{5}){4}\b/i.test(said)) return 'vdiskprep keys KEY tells what a product key is'
  return /^(?=.*\d)[2-9a-z]{5}$/.test(said) ? `if it is a run: vdiskprep explain --run ${said}` : null
}

/** Checks whose ids stand in a text, as in a pasted line of the doctor; a name of a host looks alike and is none. */
async function checksIn(said: string): Promise<readonly Explained[]> {
  const ids = said.match(/(?<![\w.-])[a-z]+\.[a-zA-Z]+(?![\w-]|\.\w)/g) ?? []
  return (await Promise.all([...new Set(ids)].map(checkOrRisk))).flat()
}

/** A check by its id, or a risk by its name; loaded late, since both bring much along. */
async function checkOrRisk(said: string): Promise<readonly Explained[]> {
  const none = { steps: ['preflight'], causes: [], settles: [], name: null, risk: null, unproven: null, see: [] } as const
  if (said.includes('.')) {
    const { checks } = await import('../../../diagnosis/diagnose.ts')
    const found = checks.find(({ id }) => id.toLowerCase() === said.toLowerCase())
    if (found === undefined) return []
    const { id, title, rule, effect, remedy, byHand, source } = found
    const sources = citedSources(source)
    return [
      {
        ...none,
        kind: 'check',
        id,
        means: [`Looks at: ${title}. ${rule}`, openWords(effect), `By hand: ${openWords(byHand)}`],
        checks: [id],
        remedy: remedy.map(openWords),
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
