import type { Composition } from '../../../compose.ts'
import { Fault } from '../../../faults/fault.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import type { CommonOptions } from '../options.ts'
import type { Terminal } from '../terminal.ts'

/** `notify`: a message of no consequence to everybody whom the settings name, and how that went. Exit code 9 when one could not be told. */
export async function tryNotify(options: CommonOptions, composition: Composition, terminal: Terminal): Promise<ExitCode> {
  const told = await composition.notifier().test({
    v: 1,
    kind: 'test',
    run: 'test',
    title: 'vdiskprep',
    state: 'test',
    outcome: null,
    code: null,
    says: 'This message only shows that messages arrive.',
    effect: null,
    next: [],
    at: new Date().toISOString(),
  })
  if (told.length === 0)
    throw new Fault('OPTION_INVALID', { option: 'notify:', value: '(not there)', expected: 'a block of the settings file' })
  for (const one of told) {
    if (options.json === true) terminal.out(JSON.stringify(one))
    else terminal.out(`${one.ok ? 'told' : 'NOT TOLD'}  ${one.channel}: ${one.says}`)
  }
  return told.every(({ ok }) => ok) ? EXIT.ok : EXIT.hosts
}
