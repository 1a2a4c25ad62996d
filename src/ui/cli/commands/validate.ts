import type { Composition } from '../../../compose.ts'
import { formatDiagnostics, type Diagnostic } from '../../../workflow/diagnostic.ts'
import { validateFile, type Validation } from '../../../workflow/read-workflow.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import type { CommonOptions } from '../options.ts'
import type { Terminal } from '../terminal.ts'

/** `validate FILE...`: what is wrong with files, all problems of all files at once, and what each is when nothing is. */
export function validate(
  files: readonly string[],
  options: CommonOptions & { readonly inventory?: string },
  composition: Composition,
  terminal: Terminal,
): Promise<ExitCode> {
  return Promise.resolve(validated(files, options, composition, terminal))
}

function validated(
  files: readonly string[],
  options: CommonOptions & { readonly inventory?: string },
  composition: Composition,
  terminal: Terminal,
): ExitCode {
  const read = options.inventory === undefined ? {} : { inventory: options.inventory }
  const results = files.map((file) => ({ file, ...validateFile(file, composition.files, read) }))
  const diagnostics = distinct(results.flatMap((one) => one.diagnostics))
  if (options.json === true) {
    for (const { file, kind, plans, inventory, diagnostics: found } of results) {
      const vdisks = plans.map(({ title, farm, vdisk }) => ({ title, farm: farm.name, store: vdisk.store, name: vdisk.name }))
      const hosts = inventory === null ? [] : Object.keys(inventory.hosts)
      terminal.out(JSON.stringify({ file, kind, ok: found.length === 0, diagnostics: found, vdisks, hosts }))
    }
    return diagnostics.length === 0 ? EXIT.ok : EXIT.input
  }
  for (const one of results)
    if (one.diagnostics.length === 0 && options.quiet !== true) terminal.out(`${one.file}: ${summary(one)}`)
  if (diagnostics.length === 0) return EXIT.ok
  terminal.err(formatDiagnostics(diagnostics))
  const wrong = new Set(diagnostics.map(({ file }) => file)).size
  terminal.err(`\n${counted(diagnostics.length, 'problem')} in ${counted(wrong, 'file')}`)
  return EXIT.input
}

/** Two workflows that share an inventory would show its problems twice. */
function distinct(all: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()]
}

function summary({ kind, plans, inventory }: Validation): string {
  const [first] = plans
  if (kind === 'inventory' && inventory !== null) return `inventory, ${counted(Object.keys(inventory.hosts).length, 'host')}`
  if (kind === 'procedure' || first === undefined) return 'procedure, to be extended'
  const farms = [...new Set(plans.map(({ farm }) => farm.name))]
  const scenarios = [...new Set(plans.map(({ scenario }) => scenario))]
  const canaries = new Set(plans.flatMap((plan) => plan.canaries.map(({ host }) => host))).size
  const named = plans.length === 1 ? ` (${first.vdisk.store}/${first.vdisk.name})` : ''
  return [
    `${counted(plans.length, 'vDisk')}${named}`,
    `farm ${farms.join(', ')}`,
    scenarios.join(', '),
    counted(canaries, 'canary', 'canaries'),
  ].join(', ')
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${String(count)} ${count === 1 ? one : many}`
}
