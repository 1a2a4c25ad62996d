import { Command } from 'commander'
import type { Composition, Unattended } from '../../compose.ts'
import { Fault, faultOf } from '../../faults/fault.ts'
import { faultLine } from '../../report/events/lines.ts'
import type { Diagnostic } from '../../workflow/diagnostic.ts'
import type { Commands, Work } from './adding.ts'
import { fillMandatory, fillOptions } from './calling/option-sources.ts'
import { settingsHere } from './calling/settings-file.ts'
import { addCallerCommands } from './caller-commands.ts'
import { EXIT, exitOfFault, type ExitCode } from './exit-codes.ts'
import { addFileCommands } from './file-commands.ts'
import { RUN_TYPED, type CommonOptions } from './options.ts'
import { addReportCommands } from './report-commands.ts'
import { addRunCommands } from './run-commands.ts'
import { REPEATED, type Said } from './screens/as-typed.ts'
import { faultLines } from './screens/fault.ts'
import type { Terminal } from './terminal.ts'
import { addToolCommands } from './tool-commands.ts'

/** What the command line is made from; the composition is only loaded by a command that does something. */
export interface Program {
  readonly version: string
  /** Where variables are read (default: those of this process). */
  readonly env?: Readonly<Record<string, string | undefined>>
  compose(how: Unattended): Promise<Composition>
}

/** Runs the command line. Resolves with the exit code; every fault is told with cause, effect and next command, a stack only with --debug. */
export async function runCommandLine(argv: readonly string[], program: Program, terminal: Terminal): Promise<ExitCode> {
  const { env = process.env } = program
  let code: ExitCode = EXIT.ok
  let composition: Composition | null = null
  let how: Unattended = {}
  let at = terminal
  let asked: CommonOptions = { debug: argv.includes('--debug'), json: argv.includes('--json') }
  const does = async (work: Work) => {
    composition = await program.compose(how)
    code = await work(composition, at)
  }
  const alone = async (work: (terminal: Terminal) => Promise<ExitCode>) => {
    code = await work(at)
  }
  try {
    const commands = commandsOf(program.version, terminal, { does, alone })
    fillMandatory(commands, env)
    commands.hook('preAction', async (_, command) => {
      const { options, notify } = await settingsHere(env)
      fillOptions(command, { env, settings: options })
      asked = command.opts<CommonOptions>()
      how = { attended: asked.nonInteractive !== true, notify }
      at = Object.defineProperties(
        {},
        { ...Object.getOwnPropertyDescriptors(terminal), said: { value: saidTo(command) } },
      ) as Terminal
      if (asked.nonInteractive === true) at = { ...at, interactive: false, attended: false, said: saidTo(command) }
    })
    await commands.parseAsync([...argv], { from: 'user' })
    return code
  } catch (thrown) {
    return await told(thrown, at, composition, asked)
  } finally {
    await (composition as Composition | null)?.diary.close()
  }
}

/** What was typed, and not what variables or settings say: those count for the next command too. */
function saidTo(command: Command): Said {
  const typed = REPEATED.flatMap((name) => {
    const key = command.options.find(({ long }) => long === `--${name}`)?.attributeName()
    return key !== undefined && command.getOptionValueSource(key) === 'cli' ? [[name, String(command.getOptionValue(key))]] : []
  })
  return Object.fromEntries(typed) as Said
}

async function told(thrown: unknown, terminal: Terminal, composition: Composition | null, how: CommonOptions): Promise<ExitCode> {
  if (isCommanderError(thrown)) return thrown.exitCode === 0 ? EXIT.ok : EXIT.input
  const { code, details } = faultOf(thrown)
  if (code === 'INTERNAL') composition?.diary.error('an error of this program', { error: thrown })
  const fault = { code, details: { ...details, diary: composition?.diary.path ?? 'none' } }
  if (how.json === true) terminal.out(JSON.stringify(faultLine({ code, details }, null)))
  else {
    const diagnostics = details['diagnostics']
    if (Array.isArray(diagnostics) && diagnostics.length > 0) {
      const { formatDiagnostics } = await import('../../workflow/diagnostic.ts')
      terminal.err(formatDiagnostics(diagnostics as Diagnostic[]))
    }
    for (const line of faultLines(fault, null, terminal)) terminal.err(line)
  }
  if (how.debug === true && thrown instanceof Error) terminal.err(thrown.stack ?? thrown.message)
  return thrown instanceof Fault ? exitOfFault(code) : EXIT.internal
}

function isCommanderError(thrown: unknown): thrown is Error & { exitCode: number } {
  return thrown instanceof Error && thrown.name === 'CommanderError' && 'exitCode' in thrown
}

/** Every command with its options, for pages that are made of them; none of them does anything. */
export function commandTree(version: string): Command {
  const terminal: Terminal = {
    width: 80,
    interactive: false,
    attended: false,
    out: ignore,
    err: ignore,
    paint: (_, text) => text,
  }
  return commandsOf(version, terminal, { does: () => Promise.resolve(), alone: () => Promise.resolve() })
}

function ignore(): void {
  // Pages are made of what commands are, not of what they say.
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
  addReportCommands(commands)
  addFileCommands(commands)
  addToolCommands(commands)
  addCallerCommands(commands, program)
  return program
}

function under(parent: Command, terminal: Terminal, doing: Doing): Commands {
  return {
    ...doing,
    add: (name, description, example) =>
      withRunTold(parent.command(name))
        .description(description)
        .option('--json', 'print data as JSON, one object a line')
        .option('--quiet', 'print nothing but the result')
        .option('--debug', 'print a stack trace with an error of this program')
        .option('--non-interactive', 'ask nothing: a question becomes an exit code')
        .addHelpText('after', `\nExample:\n  ${example}`),
    heading: (name, description) => parent.command(name).description(description),
    group: (command) => ({ ...under(command.enablePositionalOptions(), terminal, doing), command }),
  }
}

/** A run is typed alike everywhere. */
function withRunTold(command: Command): Command {
  for (const argument of command.registeredArguments) if (argument.name() === 'run') argument.description = RUN_TYPED
  return command
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
    9 a host cannot be reached     10 time was up (--timeout)
  130 interrupted`
