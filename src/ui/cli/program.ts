import { Argument, Command, Option } from 'commander'
import type { Composition } from '../../compose.ts'
import { Fault, faultOf } from '../../faults/fault.ts'
import type { Diagnostic } from '../../workflow/diagnostic.ts'
import { EXIT, exitOfFault, type ExitCode } from './exit-codes.ts'
import type { CommonOptions } from './options.ts'
import { faultLines } from './screens/fault.ts'
import type { Terminal } from './terminal.ts'

type Work = () => Promise<ExitCode>

/** Runs the command line. Resolves with the exit code; every fault is told with cause, effect and next command, a stack only with --debug. */
export async function runCommandLine(argv: readonly string[], composition: Composition, terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = EXIT.ok
  const does = async (work: Work) => {
    code = await work()
  }
  const program = programOf(composition, terminal, does)
  try {
    await program.parseAsync([...argv], { from: 'user' })
    return code
  } catch (thrown) {
    return await told(thrown, terminal, argv.includes('--debug'), argv.includes('--json'))
  }
}

async function told(thrown: unknown, terminal: Terminal, debug: boolean, json: boolean): Promise<ExitCode> {
  if (isCommanderError(thrown)) return thrown.exitCode === 0 ? EXIT.ok : EXIT.input
  const fault = faultOf(thrown)
  if (json) terminal.out(JSON.stringify({ fault: fault.code, details: fault.details }))
  else {
    const diagnostics = fault.details['diagnostics']
    if (Array.isArray(diagnostics)) {
      const { formatDiagnostics } = await import('../../workflow/diagnostic.ts')
      terminal.err(formatDiagnostics(diagnostics as Diagnostic[]))
    }
    for (const line of faultLines(fault, null, terminal)) terminal.err(line)
  }
  if (debug && thrown instanceof Error) terminal.err(thrown.stack ?? thrown.message)
  return thrown instanceof Fault ? exitOfFault(fault.code) : EXIT.internal
}

function isCommanderError(thrown: unknown): thrown is Error & { exitCode: number } {
  return thrown instanceof Error && thrown.name === 'CommanderError' && 'exitCode' in thrown
}

function programOf(composition: Composition, terminal: Terminal, does: (work: Work) => Promise<void>): Command {
  const program = new Command('vdiskprep')
    .description('Prepares Citrix Provisioning vDisks for KMS licensing: eight ordered steps, each proved.')
    .version(composition.version, '--version', 'print the version')
    .exitOverride()
    .configureOutput({ writeOut: (text) => terminal.out(text.trimEnd()), writeErr: (text) => terminal.err(text.trimEnd()) })
    .showHelpAfterError('(--help shows how the command is used)')
    .addHelpText('after', EXIT_HELP)
  const add = (name: string, description: string, example: string) =>
    program
      .command(name)
      .description(description)
      .option('--json', 'print data as JSON, one object a line')
      .option('--quiet', 'print nothing but the result')
      .option('--store <file>', 'the database of runs (default: VDISKPREP_STORE, else in the state folder)')
      .option('--as <name>', 'a name recorded beside the login, as a claim')
      .option('--debug', 'print a stack trace with an error of this program')
      .addHelpText('after', `\nExample:\n  ${example}`)

  add('run <file>', 'prepare the vDisks of a workflow file', 'vdiskprep run w11.yaml')
    .option('--inventory <file>', 'use these hosts instead of those the workflow file names')
    .option('--lab <farm>', 'run on a simulated farm that lives as long as this command')
    .action((file: string, options: CommonOptions & { lab?: string; inventory?: string }) =>
      does(async () => (await import('./commands/run.ts')).run(file, options, composition, terminal)),
    )
  add('resume [run]', 'take a run up where it stands (default: the newest)', 'vdiskprep resume 8k2')
    .option('--inventory <file>', 'use these hosts instead of those the run began with')
    .action((run: string | undefined, options: CommonOptions & { inventory?: string }) =>
      does(async () => (await import('./commands/resume.ts')).resume(run, options, composition, terminal)),
    )
  add('status [run]', 'where a run stands', 'vdiskprep status 8k2').action((run: string | undefined, options: CommonOptions) =>
    does(async () => (await import('./commands/show.ts')).status(run, options, composition, terminal)),
  )
  add('list', 'all runs, those that need a person first', 'vdiskprep list').action((options: CommonOptions) =>
    does(async () => (await import('./commands/show.ts')).list(options, composition, terminal)),
  )
  add('show [run]', 'the whole story of a run', 'vdiskprep show 8k2').action((run: string | undefined, options: CommonOptions) =>
    does(async () => (await import('./commands/show.ts')).show(run, options, composition, terminal)),
  )
  add('decide', 'answer a run that waits for a person', 'vdiskprep decide 8k2 approve --reason "checked with the team"')
    .addArgument(new Argument('<run>', 'id of the run, or its beginning'))
    .addArgument(new Argument('<decision>', 'what you decide').choices(['approve', 'retry', 'mark-done', 'skip', 'abort']))
    .addOption(new Option('--option <name>', 'which of the offered ways you approve'))
    .option('--reason <text>', 'why, for those who read the record later')
    .action((run: string, decision: 'approve', options: CommonOptions & { reason?: string; option?: string }) =>
      does(async () => (await import('./commands/decide.ts')).decide(run, decision, options, composition, terminal)),
    )
  return program
}

const EXIT_HELP = `
Exit codes:
  0 verified, or the command did what it was asked   1 an error of this program   2 wrong input
  3 sealed but not verified   4 held: a person has to decide   5 failed   6 aborted
  7 another run or owner is at work   8 the store   9 a host cannot be reached   130 interrupted`
