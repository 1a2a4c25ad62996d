import { readFileSync } from 'node:fs'
import type { Composition } from '../../../compose.ts'
import type { Store } from '../../../engine/ports/store.ts'
import { isSameDisk } from '../../../engine/seals.ts'
import { rememberedOf } from '../../../engine/turn.ts'
import { Fault } from '../../../faults/fault.ts'
import { chart } from '../../../procedure/chart/chart.ts'
import type { Stamped } from '../../../procedure/fold.ts'
import type { Plan } from '../../../workflow/plan.ts'
import { differences } from '../../../report/passport/differences.ts'
import type { Passport } from '../../../report/passport/passport-shape.ts'
import { passportOf } from '../../../report/passport/passport.ts'
import { passportHtml, passportIn } from '../../../report/passport/render.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { linesOf } from '../follow.ts'
import type { CommonOptions } from '../options.ts'
import { minuteText } from '../screens/elapsed.ts'
import { hanging } from '../screens/wrap.ts'
import type { Terminal } from '../terminal.ts'
import { withStore } from '../with-store.ts'

/** What came of comparing a passport with its journal. `undecided`: another version wrote it, and this one writes it otherwise. `changed`: which
 *  side is not what was written, as far as the chain of the journal tells it. */
interface Finding {
  readonly is: 'intact' | 'undecided' | 'altered'
  readonly changed: 'page' | 'journal' | 'unknown' | null
  readonly why: readonly string[]
  /** Places in its data that differ. */
  readonly differs: number
  /** The last run begun after it that opened or sealed the vDisk; told of an intact one. */
  readonly later: { readonly run: string; readonly startedAt: number } | null
}

/** The verdict on the file, which is another matter than what the run proved. */
const VERDICTS = {
  intact: { paint: 'good', word: 'intact', says: 'it is what the journal of its run says.' },
  undecided: { paint: 'warn', word: 'UNDECIDED', says: 'only a person can tell.' },
  altered: { paint: 'bad', word: 'ALTERED', says: 'it and the journal of its run do not agree.' },
  changed: {
    paint: 'bad',
    word: 'ALTERED',
    says: 'it was changed after it was made: it is not what the journal of its run says.',
  },
} as const

/** What the proof of a passport stands on. */
export const RESTS_ON = 'This rests on the record of runs in this store alone: a passport is not signed.'

/** Differences that are named; the first ones say enough. */
const MOST = 5

/** `audit verify FILE`: whether a passport (JSON or HTML) is what the journal of its run says. Exit code 8 when it or the journal was altered,
 *  4 when another version wrote it and only a new one can tell. Throws FILE_NOT_READ for a file that is no passport, UNKNOWN_RUN. */
export async function verifyPassport(
  file: string,
  options: CommonOptions,
  composition: Composition,
  terminal: Terminal,
): Promise<ExitCode> {
  const text = textOf(file)
  const written = passportIn(text)
  if (written === null)
    throw new Fault('FILE_NOT_READ', { file, why: 'it is no passport as `report --html` or `report --json` writes it' })
  const { run } = written.data.journal
  return await withStore(composition, { ...options, readOnly: true }, async (store) => {
    if ((await store.load(run)) === undefined) throw new Fault('UNKNOWN_RUN', { run })
    const found = await judge(text, written, store, composition)
    if (options.json === true) terminal.out(JSON.stringify({ file, run, ...found }))
    else if (options.quiet !== true || found.is !== 'intact')
      for (const line of lines(file, written.data, found, terminal)) terminal.out(line)
    return found.is === 'altered' ? EXIT.store : found.is === 'undecided' ? EXIT.held : EXIT.ok
  })
}

function lines(file: string, data: Passport, found: Finding, screen: Terminal): readonly string[] {
  const { width } = screen
  const { paint, word, says } = VERDICTS[found.changed === 'page' ? 'changed' : found.is]
  const since =
    found.later === null
      ? 'no later run of this store opened or sealed this vDisk'
      : `a later run opened or sealed this vDisk: ${found.later.run}, begun on ${minuteText(found.later.startedAt)}; this page tells of the time before`
  return [
    ...hanging(`${screen.paint(paint, word)}  `, `${file}: ${says}`, width, 2),
    ...[...found.why, ...(found.is === 'intact' ? [since] : [])].flatMap((why) => hanging('  - ', why, width)),
    ...hanging(found.is === 'altered' ? '  An altered page claims:  ' : '  It says:  ', data.says, width, 4),
    ...(data.simulated ? hanging('  ', 'Its farm is a simulated one: it proves nothing of a real vDisk.', width) : []),
  ]
}

async function judge(
  text: string,
  { form, data }: NonNullable<ReturnType<typeof passportIn>>,
  store: Store,
  { version, redactor }: Composition,
): Promise<Finding> {
  const { run, lines: count, head } = data.journal
  const altered = { is: 'altered', differs: 0, later: null } as const
  const audit = await store.audit(run, { chainAlone: true })
  if ('broken' in audit) {
    const broken = `the journal of run ${run}: event ${String(audit.broken)}: ${audit.why}`
    return { ...altered, changed: 'journal', why: [broken, 'so the journal was changed, and nothing can be said of the page'] }
  }
  const all = await linesOf(store, run)
  const upTo = all.slice(0, count)
  const other = otherRecord(data, all)
  if (other !== null)
    return { ...altered, changed: 'unknown', why: [other, 'which of both was changed cannot be told from them'] }
  const due = passportOf(run, upTo, data.program)
  const told = differences(redacted(due, redactor), data)
  const page = form === 'html' && told.length === 0 && redactor.redact(await passportHtml(due, chart.root)) !== text
  const whole = `the journal is whole (${String(all.length)} events) and has the hash that the page names`
  const why = [
    ...(told.length === 0 ? [] : [countWords(told.length)]),
    ...told.slice(0, MOST).map((one) => `the passport: ${one}`),
    ...(page ? ['the page: what a person reads on it is not what its data say'] : []),
  ]
  const more = all.length - count
  const since = more === 0 ? [] : [`the run has gone on since: ${String(more)} more events`]
  const record = `run ${run}, ${String(count)} events, head ${head.slice(0, 16)}`
  const found = { differs: told.length, later: null }
  if (why.length === 0)
    return { is: 'intact', changed: null, why: [record, ...since], differs: 0, later: await openedSince(store, run) }
  if (data.program === version)
    return { ...found, is: 'altered', changed: 'page', why: [`${whole}, so the page was changed`, ...why] }
  const compare = `version ${data.program} wrote it, this is ${version}: compare with vdiskprep report ${run}`
  return { ...found, is: 'undecided', changed: null, why: [compare, ...why] }
}

function countWords(places: number): string {
  if (places === 1) return 'its data differ in one place alone:'
  return `its data differ in ${String(places)} places, ${places > MOST ? `of which these are the first ${String(MOST)}` : 'and these are all'}:`
}

/** Why a passport was made from another record than the journal that is there; null where its end is found in it. */
function otherRecord({ journal: { run, lines: count, head } }: Passport, all: readonly Stamped[]): string | null {
  const last = all[count - 1]?.hash ?? ''
  if (all.length < count)
    return `the journal of run ${run} has ${String(all.length)} events, the passport was made from ${String(count)}`
  if (last === head) return null
  return `event ${String(count)} of the journal is another one than the passport was made from: its hash is ${last.slice(0, 16)}, there ${head.slice(0, 16)}`
}

/** The last run begun after another one of the same vDisk that had it open to be written, or sealed it. */
async function openedSince(store: Store, run: string): Promise<Finding['later']> {
  const runs = await store.list()
  const own = runs.find((one) => one.run === run)
  if (own === undefined) return null
  const [last] = runs
    .filter((one) => one.startedAt > own.startedAt && isSameDisk(own.plan as Plan, one.plan as Plan))
    .filter((one) => {
      const { touched, sealed } = rememberedOf(one).memory
      return touched || sealed !== null
    })
    .toSorted((one, other) => other.startedAt - one.startedAt)
  return last === undefined ? null : { run: last.run, startedAt: last.startedAt }
}

function redacted<T>(value: T, redactor: Composition['redactor']): T {
  return JSON.parse(redactor.redact(JSON.stringify(value))) as T
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (thrown) {
    throw new Fault('FILE_NOT_READ', { file, why: (thrown as NodeJS.ErrnoException).code ?? String(thrown) }, thrown)
  }
}
