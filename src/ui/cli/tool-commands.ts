import type { DiagramOptions } from './commands/diagram.ts'
import type { KeysOptions } from './commands/keys.ts'
import type { LabOptions, LedgerOptions } from './commands/lab.ts'
import type { CommonOptions } from './options.ts'
import type { Commands } from './adding.ts'

/** Commands that explain, check or simulate. */
export function addToolCommands({ add, heading, group, does }: Commands): void {
  add('keys', 'the public KMS client keys, or what a given key is', 'vdiskprep keys --edition "server 2022"')
    .option('--edition <text>', 'only rows with these words')
    .option('--office', 'only Office, Project and Visio')
    .option('--key <key>', 'explain this key')
    .action((options: KeysOptions) => does(async (...at) => (await import('./commands/keys.ts')).keys(options, ...at)))
  add(
    'explain <what...>',
    'what a code, a check, a risk or an error text means; needs no farm',
    'vdiskprep explain "An unexpected MAP error occurred"',
  ).action((what: readonly string[], options: CommonOptions) =>
    does(async (...at) => (await import('./commands/explain.ts')).explain(what, options, ...at)),
  )
  add('diagram', 'the procedure as a chart, as the program itself runs it (Mermaid)', 'vdiskprep diagram --svg procedure.svg')
    .option('--svg <file>', 'write a drawing')
    .option('--whole', 'with every stage, and the chart of a stage')
    .action((options: DiagramOptions) => does(async (...at) => (await import('./commands/diagram.ts')).diagram(options, ...at)))

  const audit = group(heading('audit', 'check the record'))
  audit
    .add('verify [run]', 'check that no journal was altered (default: all runs)', 'vdiskprep audit verify 8k2')
    .option('--store <file>', 'the database of runs (default: VDISKPREP_STORE, else in the state folder)')
    .action((run: string | undefined, options: CommonOptions) =>
      does(async (...at) => (await import('./commands/audit.ts')).verify(run, options, ...at)),
    )

  const lab = group(add('lab', 'a simulated farm on loopback, until Ctrl-C', 'vdiskprep lab --farm lab.yaml --dir lab'))
  lab.command
    .option('--farm <file>', 'the farm to simulate (default: the farm of the first example)')
    .option('--dir <folder>', 'where inventory, keys and ledger are written', 'lab')
    .option('--speed <factor>', 'how many times faster than real time')
    .option('--list-faults', 'print the faults that a farm file may declare')
    .action((options: LabOptions) => does(async (...at) => (await import('./commands/lab.ts')).lab(options, ...at)))
  lab
    .add('ledger', 'what was really done to each machine of a lab', 'vdiskprep lab ledger --dir lab')
    .option('--dir <folder>', 'the folder of the lab', 'lab')
    .action((options: LedgerOptions) => does(async (...at) => (await import('./commands/lab.ts')).ledger(options, ...at)))
}
