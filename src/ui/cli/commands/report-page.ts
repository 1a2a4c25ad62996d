import type { Composition } from '../../../compose.ts'
import { Fault } from '../../../faults/fault.ts'
import type { Page } from '../../../report/page/blocks.ts'
import { pageHtml } from '../../../report/page/html.ts'
import { pageMarkdown } from '../../../report/page/markdown.ts'
import type { Terminal } from '../terminal.ts'
import { writeNamed } from '../writing.ts'
import type { ReportOptions } from './report.ts'

/** A report of several runs in every form that it has. */
export interface Told {
  readonly page: () => Page
  readonly data: unknown
  readonly screen: () => readonly string[]
}

/** Writes the files that were asked for, then prints data or screen. Throws OPTION_INVALID for JUnit, which tells of one run. */
export function tellPage(
  { page, data, screen }: Told,
  { html, md, junit, json, quiet }: ReportOptions,
  { redactor }: Pick<Composition, 'redactor'>,
  terminal: Terminal,
): void {
  if (junit !== undefined) throw new Fault('OPTION_INVALID', { option: '--junit', value: junit, expected: 'a report of one run' })
  if (html !== undefined) writeNamed(html, redactor.redact(pageHtml(page())))
  if (md !== undefined) writeNamed(md, redactor.redact(pageMarkdown(page())))
  const written = [html, md].filter((file) => file !== undefined)
  if (json === true) terminal.out(redactor.redact(JSON.stringify(data)))
  else if (quiet === true) for (const file of written) terminal.out(file)
  else {
    for (const line of screen()) terminal.out(redactor.redact(line))
    for (const file of written) terminal.out(`  written    ${file}`)
  }
}
