import { statSync } from 'node:fs'
import type { Composition } from '../../../compose.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { findRun } from '../find-run.ts'
import type { CommonOptions } from '../options.ts'
import type { Terminal } from '../terminal.ts'
import { withStore } from '../with-store.ts'

/** `audit verify [RUN]`: follows the hash chain of one journal or of all; names the first line that is not what was written. Exit code 8
 *  when any is broken. A file is taken for a passport (`audit-passport.ts`). */
export async function verify(
  prefix: string | undefined,
  options: CommonOptions,
  composition: Composition,
  terminal: Terminal,
): Promise<ExitCode> {
  if (prefix !== undefined && isFile(prefix))
    return (await import('./audit-passport.ts')).verifyPassport(prefix, options, composition, terminal)
  return await withStore(composition, { ...options, readOnly: true }, async (store) => {
    const runs = prefix === undefined ? await store.list() : [await findRun(store, prefix)]
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
