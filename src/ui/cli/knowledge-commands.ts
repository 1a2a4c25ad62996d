import type { Commands } from './adding.ts'
import type { KeysOptions } from './commands/keys.ts'
import type { CommonOptions } from './options.ts'

/** Options of `explain`. */
interface ExplainOptions extends CommonOptions {
  readonly run?: string | true
  readonly slmgr?: string
  /** True without a name: all of them. */
  readonly sources?: string | true
}

/** Commands about what is known: keys, codes, events, texts. They need no farm, unless they are asked for a host or a run. */
export function addKnowledgeCommands({ add, does, alone }: Commands): void {
  add(
    'keys [what...]',
    'the public KMS client keys, what a key is, or which one a machine needs',
    'vdiskprep keys --edition "server 2022"',
  )
    .option('--product <text>', 'only products with these words: windows, office, visio, "server 2019"')
    .option('--edition <text>', 'only rows with these words')
    .option('--build <number>', 'only the Windows of this build')
    .option('--office', 'only Office, Project and Visio')
    .option('--key <key>', 'explain this key')
    .option('--mistakes', 'the malformed and mislabelled keys of the source article')
    .option('--for <host>', 'which key each product of this target needs, by its live facts')
    .option('--inventory <file>', 'with --for: the inventory that names it (default: inventory.yaml, else farm.yaml, here)')
    .option('--workflow <file>', 'with --for: the workflow file whose inventory names it')
    .option('--lab <farm>', 'with --for: on a simulated farm that lives as long as this command')
    .action((what: readonly string[], options: KeysOptions & { readonly for?: string }) => {
      const { for: host } = options
      if (host !== undefined)
        return does(async (...at) => (await import('./commands/keys-for.ts')).keysFor({ ...options, for: host }, ...at))
      return alone(async (terminal) => (await import('./commands/keys.ts')).keys(what, options, terminal))
    })
  add(
    'explain [what...]',
    'what a code, an event, a check, a risk or an error text means; needs no farm',
    'vdiskprep explain "An unexpected MAP error occurred"',
  )
    .option('--run [run]', 'why this run (id, or name of the vDisk) stopped, with its own facts (default: the newest)')
    .option('--sources [name]', 'title and address of the sources that are cited by short names')
    .option('--slmgr <switch>', 'what a switch of slmgr or ospp does, and what is done in its place; all: list them')
    .option('--store <file>', 'with --run: the database of runs')
    .action((what: readonly string[], options: ExplainOptions) => {
      const { run, slmgr, sources } = options
      if (run !== undefined)
        return does(async (...at) =>
          (await import('./commands/explain-run.ts')).explainRun(run === true ? undefined : run, options, ...at),
        )
      if (sources !== undefined)
        return alone(async (terminal) =>
          (await import('./commands/explain-sources.ts')).explainSources(sources, options, terminal),
        )
      return alone(async (terminal) =>
        slmgr === undefined
          ? await (await import('./commands/explain.ts')).explain(what, options, terminal)
          : (await import('./commands/explain-switch.ts')).explainSwitch(slmgr, options, terminal),
      )
    })
}
