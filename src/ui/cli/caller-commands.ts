import { Argument, type Command } from 'commander'
import type { Commands } from './adding.ts'
import { COMPLETION_SCRIPTS } from './calling/completion-scripts.ts'
import { EXIT } from './exit-codes.ts'
import type { CommonOptions } from './options.ts'

/** Commands for those who call this program from elsewhere, and for their shells. */
export function addCallerCommands({ add, does, alone }: Commands, root: Command): void {
  add('notify', 'send a test message to everybody whom the settings name', 'vdiskprep notify').action((options: CommonOptions) =>
    does(async (...at) => (await import('./commands/notify.ts')).tryNotify(options, ...at)),
  )
  add(
    'completion',
    'print what a shell needs to complete commands, options, runs and checks',
    'source <(vdiskprep completion bash)',
  )
    .addArgument(new Argument('<shell>', 'the shell').choices(Object.keys(COMPLETION_SCRIPTS)))
    .action((shell: keyof typeof COMPLETION_SCRIPTS) =>
      alone((terminal) => {
        terminal.out(COMPLETION_SCRIPTS[shell].trimEnd())
        return Promise.resolve(EXIT.ok)
      }),
    )
  root
    .command('complete [before...]', { hidden: true })
    .description('what the completion of a shell asks')
    .helpOption(false)
    .allowUnknownOption()
    .passThroughOptions()
    .requiredOption('--word <word>', 'the word under the cursor')
    .option('--store <file>', 'the database of runs, where the line names none')
    .action((before: readonly string[], { word, store }: { word: string; store?: string }) =>
      does(async (...at) => (await import('./commands/complete.ts')).complete(root, { before, word, store }, ...at)),
    )
}
