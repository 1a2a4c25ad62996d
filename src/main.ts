import { runCommandLine } from './ui/cli/program.ts'
import { processTerminal } from './ui/cli/terminal.ts'
import { VERSION } from './version.ts'

const compose = async () => (await import('./compose.ts')).compose(VERSION)
process.exitCode = await runCommandLine(process.argv.slice(2), { version: VERSION, compose }, processTerminal())
