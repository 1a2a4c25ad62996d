import { Command } from 'commander'
import type { Composition } from '../../compose.ts'
import { Fault, faultOf } from '../../faults/fault.ts'
import type { Diagnostic } from '../../workflow/diagnostic.ts'
import type { Commands, Work } from './adding.ts'
import { EXIT, exitOfFault, type ExitCode } from './exit-codes.ts'
import { addFileCommands } from './file-commands.ts'
import { addRunCommands } from './run-commands.ts'
import { faultLines } from './screens/fault.ts'
import type { Terminal } from './terminal.ts'
import { addToolCommands } from './tool-commands.ts'

/** What the command line is made from; the composition is only loaded by a command that does something. */
export interface Program {
  readonly version: string
  compose(): Promise<Composition>
}

/** Runs the command line. Resolves with the exit code; every fault is told with cause, effect and next command, a stack only with --debug. */
export async function runCommandLine(argv: readonly string[], program: Program, terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = EXIT.ok
  let composition: Composition | null = null
  const does = async (work: Work) => {
    composition = await program.compose()
    code = await work(composition, terminal)
  }
  const alone = async (work: (terminal: Terminal) => Promise<ExitCode>) => {
    code = await work(terminal)
  }
  try {
    await commandsOf(program.version, terminal, { does, alone }).parseAsync([...argv], { from: 'user' })
    return code
  } catch (thrown) {
    return await told(thrown, terminal, composition, { debug: argv.includes('--debug'), json: argv.includes('--json') })
  } finally {
    await (composition as Composition | null)?.diary.close()
  }
}

async function told(
  thrown: unknown,
  terminal: Terminal,
  composition: Composition | null,
  how: { readonly debug: boolean; readonly json: boolean },
): Promise<ExitCode> {
  if (isCommanderError(thrown)) return thrown.exitCode === 0 ? EXIT.ok : EXIT.input
  const { code, details } = faultOf(thrown)
  if (code === 'INTERNAL') composition?.diary.error('an error of this program', { error: thrown })
  const fault = { code, details: { ...details, diary: composition?.diary.path ?? 'none' } }
  if (how.json) terminal.out(JSON.stringify({ fault: code, details }))
  else {
    const diagnostics = details['diagnostics']
    if (Array.isArray(diagnostics) && diagnostics.length > 0) {
      const { formatDiagnostics } = await import('../../workflow/diagnostic.ts')
      terminal.err(formatDiagnostics(diagnostics as Diagnostic[]))
    }
    for (const line of faultLines(fault, null, terminal)) terminal.err(line)
  }
  if (how.debug && thrown instanceof Error) terminal.err(thrown.stack ?? thrown.message)
  return thrown instanceof Fault ? exitOfFault(code) : EXIT.internal
}

function isCommanderError(thrown: unknown): thrown is Error & { exitCode: number } {
  return thrown instanceof Error && thrown.name === 'CommanderError' && 'exitCode' in thrown
}

type Doing = Pick<Commands, 'does' | 'alone'>

function commandsOf(version: string, terminal: Terminal, doing: Doing): Command {
  const program = prepared(new Command('vdiskprep'), terminal)
    .enablePositionalOptions()
    .description('Prepares Citrix Provisioning vDisks for KMS licensing: eight ordered steps, each proved.')
    .version(version, '--version', 'print the version')
    .addHelpText('after', EXIT_HELP)
  const commands = under(program, terminal, doing)
  addRunCommands(commands)
  addFileCommands(commands)
  addToolCommands(commands)
  return program
}

function under(parent: Command, terminal: Terminal, doing: Doing): Commands {
  return {
    ...doing,
    add: (name, description, example) =>
      parent
        .command(name)
        .description(description)
        .option('--json', 'print data as JSON, one object a line')
        .option('--quiet', 'print nothing but the result')
        .option('--debug', 'print a stack trace with an error of this program')
        .addHelpText('after', `\nExample:\n  ${example}`),
    heading: (name, description) => parent.command(name).description(description),
    group: (command) => ({ ...under(command.enablePositionalOptions(), terminal, doing), command }),
  }
}

function prepared(command: Command, terminal: Terminal): Command {
  return command
    .exitOverride()
    .configureOutput({ writeOut: (text) => terminal.out(text.trimEnd()), writeErr: (text) => terminal.err(text.trimEnd()) })
    .showHelpAfterError('(--help shows how the command is used)')
}

const EXIT_HELP = `
Exit codes:
    0 verified, or the command did what it was asked
    1 an error of this program      2 wrong input
    3 sealed but not verified       4 held: a person has to decide
    5 failed                        6 aborted
    7 another run or owner works    8 the store or its record
    9 a host cannot be reached    130 interrupted`
