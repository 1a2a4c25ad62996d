import type { Composition } from '../../../compose.ts'
import type { Store } from '../../../engine/ports/store.ts'
import { Fault } from '../../../faults/fault.ts'
import { chart } from '../../../procedure/chart/chart.ts'
import { passportJunit } from '../../../report/passport/junit.ts'
import { passportOf } from '../../../report/passport/passport.ts'
import type { Passport } from '../../../report/passport/passport-shape.ts'
import { passportHtml, passportMarkdown } from '../../../report/passport/render.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { linesOf } from '../follow.ts'
import type { CommonOptions } from '../options.ts'
import { reportScreen } from '../screens/report.ts'
import type { Terminal } from '../terminal.ts'
import { withRun } from '../with-store.ts'
import { writeNamed } from '../writing.ts'

/** Options of `report`. */
export interface ReportOptions extends CommonOptions {
  readonly html?: string
  readonly md?: string
  readonly junit?: string
  readonly compare?: readonly string[]
  readonly fleet?: boolean
}

/** `report [RUN]`: what a run did and proved, from its journal alone. A journal that was altered bears no report: JOURNAL_BROKEN. */
export async function report(
  prefix: string | undefined,
  options: ReportOptions,
  composition: Composition,
  terminal: Terminal,
): Promise<ExitCode> {
  return await withRun(composition, options, prefix, async ({ run }, store) => {
    const data = await soundPassport(store, run, composition)
    const redact = (text: string) => composition.redactor.redact(text)
    const files = [
      [options.html, () => passportHtml(data, chart.root)],
      [options.md, () => passportMarkdown(data, chart.root)],
      [options.junit, () => Promise.resolve(passportJunit(data))],
    ] as const
    const written: string[] = []
    for (const [file, make] of files) {
      if (file === undefined) continue
      writeNamed(file, redact(await make()))
      written.push(file)
    }
    if (options.json === true) terminal.out(redact(JSON.stringify(data)))
    else if (options.quiet === true) for (const file of written) terminal.out(file)
    else for (const line of reportScreen(data, written, terminal)) terminal.out(redact(line))
    return EXIT.ok
  })
}

/** The passport or report of a run whose journal is what was written. Rejects with JOURNAL_BROKEN. */
export async function soundPassport(store: Store, run: string, { version }: Pick<Composition, 'version'>): Promise<Passport> {
  const found = await store.audit(run, { chainAlone: true })
  if ('broken' in found) throw new Fault('JOURNAL_BROKEN', { run, seq: found.broken, why: found.why })
  return passportOf(run, await linesOf(store, run), version)
}
