import { ask } from './ask.ts'
import type { Copy } from './copy.ts'
import type { Mutant } from './sites.ts'
import { suitesFor } from './suites.ts'

/** Who noticed a fault, and by which test. */
export interface Verdict {
  readonly by: 'checks' | 'powershell' | 'nothing'
  readonly why: string
  readonly seconds: number
}

/** How long each suite takes when nothing is wrong, in milliseconds. */
export type Times = Readonly<Record<string, number>>

/** Everything without a fault: it has to be green. Throws with the test that failed. */
export async function undisturbed(copy: Copy, signal: AbortSignal): Promise<Times> {
  const { checks, executing } = suitesFor(copy.folder, copy.tests)
  const { failed, times } = await ask(copy, [...checks, ...executing], 600_000, signal)
  if (failed !== undefined) throw new Error(`the suites are not green without a fault: ${failed.suite}: ${failed.test}`)
  return Object.fromEntries(times)
}

/** Plants one fault and looks who notices it: the checks, then the suites that execute the agents, the quickest first. One that takes four
 *  times as long as the slowest without a fault does not end; what was late is asked once more, for a machine may be busy. */
export async function trial(copy: Copy, mutant: Mutant, times: Times, signal: AbortSignal): Promise<Verdict> {
  const began = performance.now()
  const took = (suite: string) => times[suite] ?? 0
  const { checks, executing } = suitesFor(copy.folder, copy.tests, mutant.file)
  const suites = [...checks, ...executing.toSorted((one, other) => took(one) - took(other))]
  const silenceMs = 30_000 + 4 * Math.max(...suites.map(took))
  const { failed } = await copy.withFault(mutant, async () => {
    const said = await ask(copy, suites, silenceMs, signal)
    return said.failed?.late === true ? await ask(copy, suites, 2 * silenceMs, signal) : said
  })
  const seconds = Math.round((performance.now() - began) / 1000)
  if (failed === undefined) return { by: 'nothing', why: '', seconds }
  return { by: checks.includes(failed.suite) ? 'checks' : 'powershell', why: failed.test, seconds }
}
