import { readFileSync } from 'node:fs'
import type { Composition } from '../../../compose.ts'
import type { Store } from '../../../engine/ports/store.ts'
import { Fault } from '../../../faults/fault.ts'
import { chart } from '../../../procedure/chart/chart.ts'
import { differences } from '../../../report/passport/differences.ts'
import { passportOf } from '../../../report/passport/passport.ts'
import { passportHtml, passportIn } from '../../../report/passport/render.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { linesOf } from '../follow.ts'
import type { CommonOptions } from '../options.ts'
import { hanging } from '../screens/wrap.ts'
import type { Terminal } from '../terminal.ts'
import { withStore } from '../with-store.ts'

/** What came of comparing a passport with its journal. `undecided`: another version wrote it, and this one writes it otherwise. */
interface Finding {
  readonly is: 'intact' | 'undecided' | 'altered'
  readonly why: readonly string[]
}

/** The verdict on the file, which is another matter than what the run proved. */
const VERDICTS = {
  intact: { paint: 'good', word: 'intact', says: 'it is what the journal of its run says.' },
  undecided: { paint: 'warn', word: 'UNDECIDED', says: 'only a person can tell.' },
  altered: { paint: 'bad', word: 'ALTERED', says: 'it and the journal of its run do not agree.' },
} as const

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
    else if (options.quiet !== true || found.is !== 'intact') {
      const { paint, word, says } = VERDICTS[found.is]
      for (const line of hanging(`${terminal.paint(paint, word)}  `, `${file}: ${says}`, terminal.width, 2)) terminal.out(line)
      for (const why of found.why) for (const line of hanging('  - ', why, terminal.width)) terminal.out(line)
      for (const line of hanging('  It says:  ', written.data.says, terminal.width)) terminal.out(line)
      if (written.data.simulated)
        for (const line of hanging('  ', 'Its farm is a simulated one: it proves nothing of a real vDisk.', terminal.width))
          terminal.out(line)
    }
    return found.is === 'altered' ? EXIT.store : found.is === 'undecided' ? EXIT.held : EXIT.ok
  })
}

async function judge(
  text: string,
  { form, data }: NonNullable<ReturnType<typeof passportIn>>,
  store: Store,
  { version, redactor }: Composition,
): Promise<Finding> {
  const { run, lines: count, head } = data.journal
  const audit = await store.audit(run, { chainAlone: true })
  if ('broken' in audit) return { is: 'altered', why: [`the journal of run ${run}: event ${String(audit.broken)}: ${audit.why}`] }
  const all = await linesOf(store, run)
  const lines = all.slice(0, count)
  const last = lines.at(-1)?.hash ?? ''
  if (lines.length < count)
    return {
      is: 'altered',
      why: [`the journal of run ${run} has ${String(all.length)} events, the passport was made from ${String(count)}`],
    }
  if (last !== head)
    return {
      is: 'altered',
      why: [
        `event ${String(count)} of the journal is another one than the passport was made from: its hash is ${last.slice(0, 16)}, there ${head.slice(0, 16)}`,
      ],
    }
  const due = passportOf(run, lines, data.program)
  const told = differences(redacted(due, redactor), data).slice(0, MOST)
  const page = form === 'html' && told.length === 0 && redactor.redact(await passportHtml(due, chart.root)) !== text
  const why = [
    ...told.map((one) => `the passport: ${one}`),
    ...(page ? ['the page: what a person reads on it is not what its data say'] : []),
  ]
  const more = all.length - count
  const since = more === 0 ? [] : [`the run has gone on since: ${String(more)} more events`]
  const record = `run ${run}, ${String(count)} events, head ${head.slice(0, 16)}`
  if (why.length === 0) return { is: 'intact', why: [record, ...since] }
  if (data.program === version) return { is: 'altered', why }
  return {
    is: 'undecided',
    why: [`version ${data.program} wrote it, this is ${version}: compare with vdiskprep report ${run}`, ...why],
  }
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
