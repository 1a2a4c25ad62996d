import type { Command } from 'commander'
import type { Composition } from '../../compose.ts'
import type { ExitCode } from './exit-codes.ts'
import type { Terminal } from './terminal.ts'

/** What a command does once its words are understood. */
export type Work = (composition: Composition, terminal: Terminal) => Promise<ExitCode>

/** Adds one command with the options all have; what it does is given to `does`. */
export interface Commands {
  readonly add: (name: string, description: string, example: string) => Command
  /** A word before commands that does nothing itself. */
  readonly heading: (name: string, description: string) => Command
  /** Commands under a command. */
  readonly group: (parent: Command) => Commands & { readonly command: Command }
  readonly does: (work: Work) => Promise<void>
  /** As `does`, for what needs the terminal alone: nothing else is loaded. */
  readonly alone: (work: (terminal: Terminal) => Promise<ExitCode>) => Promise<void>
}
