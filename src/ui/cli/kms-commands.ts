import type { Commands } from './adding.ts'
import type { KmsCheckOptions } from './commands/kms-check.ts'
import type { KmsReportOptions } from './commands/kms-report.ts'

/** Commands about the KMS hosts themselves; they need neither PVS nor a run. */
export function addKmsCommands({ heading, group, does }: Commands): void {
  const kms = group(heading('kms', 'the KMS hosts: who asked them, and whether they can be asked'))
  kms
    .add(
      'report [file...]',
      'who asked a KMS host: shared CMIDs, counts, editions, from its events 12290',
      'vdiskprep kms report kms.xml kms.csv',
    )
    .option(
      '--inventory <file>',
      'without files: the inventory that names the KMS hosts (default: inventory.yaml, else farm.yaml, here)',
    )
    .option('--workflow <file>', 'without files: take the inventory that this workflow file names')
    .option('--host <name...>', 'only these KMS hosts of the inventory')
    .option('--lab <farm>', 'without files: ask the KMS host of a simulated farm')
    .option('--days <number>', 'without files: how many days back', '90')
    .option('--as-of <day>', 'tell it for this day (default: the newest request of the files, now for hosts)')
    .option('--csv <file>', 'write a table with a row for each CMID')
    .option('--events <file>', 'write a table with a row for each request; it can be read again')
    .option('--html <file>', 'write a page')
    .option('--store <file>', 'the database of runs, for what they know of these machines')
    .addHelpText('after', FILES)
    .action((files: readonly string[], options: KmsReportOptions) =>
      does(async (...at) => (await import('./commands/kms-report.ts')).kmsReport(files, options, ...at)),
    )
  kms
    .add('check', 'whether KMS hosts can be found, reached and asked; needs no PVS', 'vdiskprep kms check --inventory farm.yaml')
    .option(
      '--inventory <file>',
      'the inventory with targets and KMS hosts (default: inventory.yaml, else farm.yaml, here; else none)',
    )
    .option('--workflow <file>', 'take the inventory that this workflow file names')
    .option('--host <name...>', 'only these KMS hosts; a name that the inventory does not have is tried as an address')
    .option('--target <name...>', 'only these targets (default: the first eight of the inventory)')
    .option('--domain <name...>', 'look for records in these domains (default: those that this machine searches)')
    .option('--dns <server>', 'ask this DNS server, address or address:port (default: those of the system)')
    .option('--lab <farm>', 'check a simulated farm')
    .option('--all', 'show also what does not apply')
    .action((options: KmsCheckOptions) =>
      does(async (...at) => (await import('./commands/kms-check.ts')).kmsCheck(options, ...at)),
    )
}

const FILES = `
FILE is one of these, - for stdin:
  .xml  events as wevtutil qe LOG /lf:true /f:xml prints them
  .csv  a table of requests as --events writes it, or as Export-Csv does`
