import { existsSync, writeFileSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import type { Composition } from '../../../compose.ts'
import { Fault } from '../../../faults/fault.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import type { CommonOptions } from '../options.ts'
import { starterInventory, starterWorkflow } from '../starter-files.ts'
import type { Terminal } from '../terminal.ts'

/** `init [FILE]`: writes a commented workflow and, beside it, its inventory, both valid as they are. Never replaces a file. */
export function init(
  file: string | undefined,
  options: CommonOptions,
  { files }: Composition,
  terminal: Terminal,
): Promise<ExitCode> {
  const workflow = file ?? 'vdisk.yaml'
  const inventory = join(dirname(workflow), 'farm.yaml')
  const schemas = files.procedures
  if (existsSync(workflow)) throw new Fault('FILE_EXISTS', { file: workflow, other: otherName(workflow) })
  const keeps = existsSync(inventory)
  write(workflow, starterWorkflow(basename(inventory), join(schemas, 'workflow.schema.json')))
  if (!keeps) write(inventory, starterInventory(join(schemas, 'inventory.schema.json')))

  if (options.json === true) terminal.out(JSON.stringify({ workflow, inventory, inventoryKept: keeps }))
  else if (options.quiet !== true) {
    terminal.out(`written: ${workflow}${keeps ? `; ${inventory} was there and is kept` : ` and ${inventory}`}`)
    terminal.out('  Put your own names in, then:')
    terminal.out(`    vdiskprep validate ${workflow}`)
    terminal.out(`    vdiskprep trust PVS01 --workflow ${workflow}`)
    terminal.out(`    vdiskprep plan ${workflow}`)
  }
  return Promise.resolve(EXIT.ok)
}

function otherName(file: string): string {
  return join(dirname(file), `${basename(file, extname(file))}-2${extname(file)}`)
}

/** `wx`: a file that came in between is not replaced either. */
function write(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: 'wx' })
  } catch (thrown) {
    throw new Fault('FILE_NOT_WRITTEN', { file, why: (thrown as NodeJS.ErrnoException).code ?? String(thrown) }, thrown)
  }
}
