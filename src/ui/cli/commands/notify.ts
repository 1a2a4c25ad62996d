import type { Composition } from '../../../compose.ts'
import { Fault } from '../../../faults/fault.ts'
import { settingsPlaceHere } from '../calling/settings-file.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import type { CommonOptions } from '../options.ts'
import { faultLines } from '../screens/fault.ts'
import { hanging } from '../screens/wrap.ts'
import type { Terminal } from '../terminal.ts'

/** A block of the settings to begin with. */
export const NOTIFY_EXAMPLE = [
  'notify:',
  '  mail: { host: smtp.hq.example, from: vdp@hq.example, to: [vdi@hq.example] }',
  '  teams: { url: env:VDP_TEAMS_URL, on: [held, failed] }',
] as const

/** `notify`: a message of no consequence to everybody whom the settings name, and how that went. Exit code 9 when one could not be told. Where
 *  nobody is named: what messages are and where to name somebody; exit code 2, for a machine NOBODY_NOTIFIED. */
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
  if (told.length === 0) return nobody(options, terminal)
  for (const one of told) {
    if (options.json === true) terminal.out(JSON.stringify(one))
    else terminal.out(`${one.ok ? 'told' : 'NOT TOLD'}  ${one.channel}: ${one.says}`)
  }
  return told.every(({ ok }) => ok) ? EXIT.ok : EXIT.hosts
}

function nobody({ json, quiet }: CommonOptions, terminal: Terminal): ExitCode {
  const file = settingsPlaceHere(process.env)
  const fault = new Fault('NOBODY_NOTIFIED', { file })
  if (json === true || quiet === true) throw fault
  const about =
    'A message goes by mail, into a channel of Microsoft Teams, or to a web address of yours (signed). It never delays a run or changes its result. Secrets stay outside: env:NAME or file:PATH. An example for the file:'
  const [head = '', ...rest] = faultLines(fault, null, terminal)
  const next = rest.findIndex((line) => line.startsWith('  Next:'))
  for (const line of [head, ...rest.slice(0, next), ...hanging('  ', about, terminal.width)]) terminal.err(line)
  for (const line of ['', ...NOTIFY_EXAMPLE.map((one) => `  ${one}`), '', ...rest.slice(next)]) terminal.err(line)
  return EXIT.input
}
