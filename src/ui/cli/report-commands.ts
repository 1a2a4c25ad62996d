import type { Commands } from './adding.ts'
import type { ReportOptions } from './commands/report.ts'

/** Commands that tell of runs from their journals alone. */
export function addReportCommands({ add, does }: Commands): void {
  add(
    'report [run]',
    'what a run did and proved, from its journal alone (default: the newest)',
    'vdiskprep report 8k2 --html passport.html',
  )
    .option('--html <file>', 'write it as one page that needs no network')
    .option('--md <file>', 'write it as Markdown')
    .option('--junit <file>', 'write it as JUnit XML (one run alone)')
    .option('--compare <names...>', 'two runs, or vDisks with or without @VERSION, side by side', listed)
    .option('--fleet', 'every vDisk of the store with its last passport, the oldest first')
    .option('--store <file>', 'the database of runs (default: VDISKPREP_STORE, else in the state folder)')
    .action((run: string | undefined, options: ReportOptions) =>
      does(async (...at) => {
        const named = [...(run === undefined ? [] : [run]), ...(options.compare ?? [])]
        if (options.fleet === true) return (await import('./commands/report-fleet.ts')).reportFleet(named, options, ...at)
        if (options.compare !== undefined)
          return (await import('./commands/report-compare.ts')).reportCompare(named, options, ...at)
        return (await import('./commands/report.ts')).report(run, options, ...at)
      }),
    )
}

/** Names after one another, with blanks or commas between them. */
function listed(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, ...value.split(/[ ,]+/).filter((name) => name !== '')]
}
