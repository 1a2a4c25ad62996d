import { statSync } from 'node:fs'
import type { Composition } from '../../../compose.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { findRun } from '../find-run.ts'
import type { CommonOptions } from '../options.ts'
import { hanging } from '../screens/wrap.ts'
import type { Terminal } from '../terminal.ts'
import { withStore } from '../with-store.ts'

/** `audit verify [WHAT...]`: follows the hash chain of journals, of all or those named; names the first line that is not what was written.
 *  Files are taken for passports (`audit-passport.ts`). Exit code 8 when any was altered, 4 when one cannot be told by this version. */
export async function verify(
  named: readonly string[],
  options: CommonOptions,
  composition: Composition,
  terminal: Terminal,
): Promise<ExitCode> {
  const files = named.filter(isFile)
  const runs = named.filter((name) => !isFile(name))
  let worst: ExitCode = EXIT.ok
  if (files.length > 0) {
    const { RESTS_ON, verifyPassport } = await import('./audit-passport.ts')
    for (const file of files) {
      const code = await verifyPassport(file, options, composition, terminal)
      if (code > worst) worst = code
    }
    if (options.json !== true && options.quiet !== true)
      for (const line of hanging('', RESTS_ON, terminal.width)) terminal.out(line)
    if (runs.length === 0) return worst
  }
  const code = await verifyRuns(runs, options, composition, terminal)
  return code > worst ? code : worst
}

async function verifyRuns(
  named: readonly string[],
  options: CommonOptions,
  composition: Composition,
  terminal: Terminal,
): Promise<ExitCode> {
  return await withStore(composition, { ...options, readOnly: true }, async (store) => {
    const runs = named.length === 0 ? await store.list() : await Promise.all(named.map((name) => findRun(store, name)))
    let broken = 0
    for (const { run, title } of runs) {
      const found = await store.audit(run)
      const damaged = 'broken' in found
      if (damaged) broken += 1
      if (options.json === true) terminal.out(JSON.stringify({ run, title, ok: !damaged, ...found }))
      else if (damaged)
        terminal.out(`${terminal.paint('bad', 'BROKEN')}  ${run}  ${title}: event ${String(found.broken)}: ${found.why}`)
      else if (options.quiet !== true)
        terminal.out(
          `${terminal.paint('good', 'intact')}  ${run}  ${title}: ${String(found.lines)} events, head ${found.head.slice(0, 16)}`,
        )
    }
    if (options.json !== true && broken > 0) {
      terminal.out('What a broken record says after that event proves nothing. Keep the file and find out who changed it.')
    }
    if (options.json !== true && runs.length === 0 && options.quiet !== true) terminal.out('No runs yet.')
    return broken > 0 ? EXIT.store : EXIT.ok
  })
}

/** Ids of runs have neither dots nor slashes. */
function isFile(name: string): boolean {
  return /[./\\]/.test(name) || statSync(name, { throwIfNoEntry: false })?.isFile() === true
}
