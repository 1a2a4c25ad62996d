import { closeSync, openSync, readSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { Fault } from '../../faults/fault.ts'

/** How what this program writes for others begins: pages, JUnit, drawings, Markdown (a title, then its first line in bold), CSV, SARIF,
 *  metrics. */
const REPORT = /^(<!doctype html|<\?xml|<svg|# [^\n]*\n\n\*\*|cmid,|at,host,|\{\s*"\$schema": "[^"]*sarif|# (TYPE|EOF))/

/** Writes a report to a file that a person named; one of an earlier time is replaced, anything else there is left. Throws FILE_NOT_WRITTEN. */
export function writeNamed(file: string, text: string): void {
  refuseForeign(file)
  try {
    writeFileSync(file, text)
  } catch (thrown) {
    throw notWritten(file, thrown)
  }
}

/** Refuses a file that holds something else than a report: a workflow would be lost. Throws FILE_NOT_WRITTEN. */
export function refuseForeign(file: string): void {
  let begins = ''
  try {
    if (!statSync(file).isFile()) return
    const open = openSync(file, 'r')
    const bytes = Buffer.alloc(4096)
    try {
      begins = bytes.toString('utf8', 0, readSync(open, bytes))
    } finally {
      closeSync(open)
    }
  } catch {
    // What cannot be read is told by the writing, where that fails too.
    return
  }
  if (begins !== '' && !REPORT.test(begins))
    throw new Fault('FILE_NOT_WRITTEN', { file, why: 'it holds something else than a report, which would be lost' })
}

/** FILE_NOT_WRITTEN in words for what the system said. */
export function notWritten(file: string, thrown: unknown): Fault {
  const code = (thrown as NodeJS.ErrnoException).code ?? String(thrown)
  const words: Readonly<Record<string, string>> = {
    ENOENT: `there is no folder ${dirname(file)}`,
    ENOTDIR: `${dirname(file)} is no folder`,
    EISDIR: 'it is a folder',
    EACCES: 'this login has no right to write there (EACCES)',
    EPERM: 'this login has no right to write there (EPERM)',
    ENOSPC: 'the disk is full (ENOSPC)',
  }
  return new Fault('FILE_NOT_WRITTEN', { file, why: words[code] ?? code }, thrown)
}
