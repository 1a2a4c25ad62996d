import { writeSync } from 'node:fs'

/** What the reporter reads of jest's results. */
interface Results {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
  readonly numRuntimeErrorTestSuites: number
  readonly testResults: readonly { readonly testResults: readonly { readonly fullName: string; readonly status: string }[] }[]
}

/** The last lines of a test run: each skipped test by its name, which says why, and `N passed, N failed, N skipped` alone on its line.
 *  A file that could not run at all counts as one failure. */
export function closingLines(results: Results): readonly string[] {
  const skipped = results.testResults
    .flatMap((file) => file.testResults)
    .filter(({ status }) => status === 'pending' || status === 'todo')
  const failed = results.numFailedTests + results.numRuntimeErrorTestSuites
  return [
    ...skipped.map(({ fullName }) => `skipped: ${fullName}`),
    `${results.numPassedTests} passed, ${failed} failed, ${results.numPendingTests + results.numTodoTests} skipped`,
  ]
}

/** How long jest may take to end after its last test; then something was left open. */
const END_MS = 20_000

/** Jest's reporter: prints the closing lines when the process ends, after everything else; one that does not end by itself fails. */
export default class ClosingLine {
  onRunComplete(_contexts: unknown, results: Results): void {
    process.on('exit', () => writeSync(2, `\n${closingLines(results).join('\n')}\n`))
    const late = () => {
      writeSync(2, `\nThe tests did not exit: something is still open (${process.getActiveResourcesInfo().join(', ')}).\n`)
      process.exit(1)
    }
    setTimeout(late, END_MS).unref()
  }
}
