import type { Unattended } from './compose.ts'
import { runCommandLine } from './ui/cli/program.ts'
import { processTerminal } from './ui/cli/terminal.ts'
import { VERSION } from './version.ts'

const compose = async (how: Unattended) => (await import('./compose.ts')).compose(VERSION, process.env, how)
process.exitCode = await runCommandLine(process.argv.slice(2), { version: VERSION, compose }, processTerminal())
