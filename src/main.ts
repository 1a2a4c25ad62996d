import { compose } from './compose.ts'
import { runCommandLine } from './ui/cli/program.ts'
import { processTerminal } from './ui/cli/terminal.ts'
import { VERSION } from './version.ts'

process.exitCode = await runCommandLine(process.argv.slice(2), compose(VERSION), processTerminal())
