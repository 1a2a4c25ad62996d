import { Option } from 'commander'
import type { CheckOptions } from './commands/agents-check.ts'
import type { ExportOptions } from './commands/agents-folder.ts'
import type { DiagramOptions } from './commands/diagram.ts'
import type { LabOptions, LedgerOptions } from './commands/lab.ts'
import type { CommonOptions } from './options.ts'
import type { Commands } from './adding.ts'
import { addKnowledgeCommands } from './knowledge-commands.ts'
import { addKmsCommands } from './kms-commands.ts'

/** Commands that explain, check or simulate. */
export function addToolCommands(commands: Commands): void {
  const { add, heading, group, does } = commands
  addKnowledgeCommands(commands)
  add('diagram', 'the procedure as a chart, as the program itself runs it (Mermaid)', 'vdiskprep diagram --svg procedure.svg')
    .option('--svg <file>', 'write a drawing')
    .option('--whole', 'with every stage, and the chart of a stage')
    .action((options: DiagramOptions) => does(async (...at) => (await import('./commands/diagram.ts')).diagram(options, ...at)))

  const audit = group(heading('audit', 'check the record of runs, or a passport'))
  audit
    .add(
      'verify [what...]',
      'check that no journal was altered (default: all runs), or that passports are what their journals say',
      'vdiskprep audit verify 8k2\n  vdiskprep audit verify passport.html other.html',
    )
    .option('--store <file>', 'the database of runs (default: VDISKPREP_STORE, else in the state folder)')
    .action((named: readonly string[], options: CommonOptions) =>
      does(async (...at) => (await import('./commands/audit.ts')).verify(named, options, ...at)),
    )

  addAgentCommands(commands)
  addKmsCommands(commands)
  const lab = group(add('lab', 'a simulated farm on loopback, until Ctrl-C', 'vdiskprep lab --farm lab.yaml --dir lab'))
  lab.command
    .option('--farm <file>', 'the farm to simulate (default: the farm of the first example)')
    .option('--dir <folder>', 'where inventory, keys and ledger are written', 'lab')
    .option('--speed <factor>', 'how many times faster than real time')
    .option('--agents <front>', 'who answers: built-in, or powershell for the shipped agents in pwsh (default: built-in)')
    .option('--list-faults', 'print the faults that a farm file may declare')
    .action((options: LabOptions) => does(async (...at) => (await import('./commands/lab.ts')).lab(options, ...at)))
  lab
    .add('ledger', 'what was really done to each machine of a lab', 'vdiskprep lab ledger --dir lab')
    .option('--dir <folder>', 'the folder of the lab', 'lab')
    .action((options: LedgerOptions) => does(async (...at) => (await import('./commands/lab.ts')).ledger(options, ...at)))
}

/** What runs on the hosts. */
function addAgentCommands({ heading, group, does }: Commands): void {
  const agents = group(heading('agents', 'hand out what runs on the hosts, and try it there'))
  agents
    .add('export', 'write the agents as scripts, to be signed and installed', 'vdiskprep agents export --to agents')
    .requiredOption('--to <folder>', 'where they are written, a folder for each role')
    .addOption(new Option('--role <role>', 'only those of one role').choices(['target', 'pvs', 'kms']))
    .action((options: ExportOptions) =>
      does(async (...at) => (await import('./commands/agents-folder.ts')).exportAgents(options, ...at)),
    )
  agents
    .add('verify <folder>', 'compare exported or installed agents with those of this program', 'vdiskprep agents verify agents')
    .action((folder: string, options: CommonOptions) =>
      does(async (...at) => (await import('./commands/agents-folder.ts')).verifyAgents(folder, options, ...at)),
    )
  agents
    .add('check', 'ask a host everything that only reads, and check its answers', 'vdiskprep agents check --host PVS01')
    .requiredOption('--host <name>', 'the host, by its name in the inventory')
    .option('--inventory <file>', 'the inventory that names it (default: inventory.yaml, else farm.yaml, here)')
    .option('--workflow <file>', 'take the inventory that this workflow file names, and ask a PVS server for its vDisk')
    .option('--report <file>', 'write everything that was answered, without secrets, to send with a bug')
    .option('--anonymous', 'names of hosts, users and the like are replaced in the report')
    .action((options: CheckOptions) =>
      does(async (...at) => (await import('./commands/agents-check.ts')).checkAgents(options, ...at)),
    )
}
