import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, extname, join, relative, resolve } from 'node:path'
import type { Composition } from '../../../compose.ts'
import { Fault } from '../../../faults/fault.ts'
import { findings } from '../../../workflow/findings.ts'
import type { Files } from '../../../workflow/reading.ts'
import { validateFile } from '../../../workflow/read-workflow.ts'
import { loadInventory } from '../../../workflow/resolve-inventory.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import type { CommonOptions } from '../options.ts'
import { starterInventory, starterWorkflow } from '../starter/files.ts'
import { PROCEDURES, split, TRANSPORTS, USUAL, proposedBy, proposeUsual, type Proposal, type Wishes } from '../starter/wishes.ts'
import type { Terminal } from '../terminal.ts'

/** Options of `init`: each answers a question; with any of them, or with --yes, nothing is asked. */
export interface InitOptions extends CommonOptions {
  readonly yes?: boolean
  /** An inventory that is there: the workflow names it, and none is written. */
  readonly inventory?: string
  readonly extends?: string
  readonly farm?: string
  readonly site?: string
  readonly vdisk?: string
  readonly servers?: string
  readonly target?: string
  readonly canaries?: string
  readonly kmsHost?: string
  readonly domain?: string
  readonly transport?: string
  readonly user?: string
  readonly os?: string
}

/** `init [FILE]`: writes a commented workflow and, beside it, its inventory, both valid as they are. Asks on a terminal. Never replaces a
 *  file, and writes nothing before everything is known. */
export async function init(
  file: string | undefined,
  options: InitOptions,
  { files }: Composition,
  terminal: Terminal,
): Promise<ExitCode> {
  const workflow = file ?? 'vdisk.yaml'
  const inventory = options.inventory ?? join(dirname(workflow), 'farm.yaml')
  if (existsSync(workflow)) throw new Fault('FILE_EXISTS', { file: workflow, other: otherName(workflow) })
  const keeps = options.inventory !== undefined || existsSync(inventory)
  const wishes = await wishesOf(
    options,
    keeps ? proposalOf(inventory, files, workflow) : proposeUsual,
    [workflow, ...(keeps ? [] : [inventory])],
    terminal,
  )
  if (wishes === null) {
    terminal.err('Nothing was written.')
    return EXIT.interrupted
  }
  const schema = (name: string) => schemaFrom(dirname(workflow), join(files.procedures, name))
  const texts = [
    [workflow, starterWorkflow(wishes, pathFrom(dirname(workflow), inventory), schema('workflow.schema.json'))] as const,
    ...(keeps ? [] : [[inventory, starterInventory(wishes, schema('inventory.schema.json'))] as const]),
  ]
  refuseIfWrong(workflow, new Map(texts), files)
  writeAll(texts)

  if (options.json === true) terminal.out(JSON.stringify({ workflow, inventory, inventoryKept: keeps }))
  else if (options.quiet !== true) {
    terminal.out(`written: ${workflow}${keeps ? `; it names ${inventory}, which is kept as it is` : ` and ${inventory}`}`)
    terminal.out(wishes === USUAL ? '  Put your own names in, then:' : '  Next:')
    terminal.out(`    vdiskprep validate ${workflow}`)
    if (wishes.transport === 'ssh')
      terminal.out(`    vdiskprep trust ${wishes.servers.join(' ')} ${wishes.target} --workflow ${workflow}`)
    terminal.out(`    vdiskprep plan ${workflow}`)
  }
  return EXIT.ok
}

/** One file as another one names it, on every system alike; what has no way between them (another drive) stays whole. */
function pathFrom(folder: string, file: string): string {
  return relative(resolve(folder), resolve(file)).replaceAll('\\', '/')
}

/** Where an editor finds a schema: from this package, where it lies within the project of the file, else where a project has it installed.
 *  A path of this machine alone would be wrong for everybody else who opens the file. */
function schemaFrom(folder: string, schema: string): string {
  const path = pathFrom(folder, schema)
  const [up = ''] = /^(\.\.\/)*/.exec(path) ?? []
  const top = resolve(folder, up)
  const within = existsSync(join(top, 'package.json')) || existsSync(join(top, 'node_modules/vdiskprep'))
  return within ? path : `node_modules/vdiskprep/workflows/${basename(schema)}`
}

/** From options, from a person, or the usual ones; null when the person did not want to. */
async function wishesOf(
  options: InitOptions,
  propose: Proposal,
  names: readonly string[],
  { attended }: Terminal,
): Promise<Wishes | null> {
  const said = saidBy(options)
  if (Object.keys(said).length > 0 || options.yes === true || options.json === true || !attended) return propose(said)
  const { askWishes, NotAnswered } = await import('../starter/questions.ts')
  return await askWishes(propose, names, names.length > 1).catch((thrown: unknown) => {
    if (thrown instanceof NotAnswered) return null
    throw thrown
  })
}

function saidBy(options: InitOptions): Partial<Wishes> {
  const { farm, site, user, os, kmsHost, domain, target } = options
  const [store, vdisk] = options.vdisk?.includes('/') === true ? options.vdisk.split('/', 2) : [USUAL.store, options.vdisk]
  const said = {
    farm,
    site,
    user,
    os,
    kmsHost,
    domain,
    target,
    vdisk,
    store: vdisk === undefined ? undefined : store,
    servers: options.servers === undefined ? undefined : split(options.servers),
    canaries: options.canaries === undefined ? undefined : split(options.canaries),
    procedure: oneOf('--extends', options.extends, PROCEDURES),
    transport: oneOf('--transport', options.transport, TRANSPORTS),
  }
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined))
}

function oneOf<K extends string>(option: string, said: string | undefined, table: Readonly<Record<K, string>>): K | undefined {
  if (said === undefined || said in table) return said as K | undefined
  throw new Fault('OPTION_INVALID', { option, value: said, expected: `one of ${Object.keys(table).join(', ')}` })
}

function proposalOf(inventory: string, files: Files, workflow: string): Proposal {
  const known = loadInventory(inventory, files, findings())
  return known === undefined ? proposeUsual : proposedBy(known, workflow)
}

/** What would be written is checked as if it were: answers that do not fit are told before there is a file. */
function refuseIfWrong(workflow: string, texts: ReadonlyMap<string, string>, files: Files): void {
  const bytes = (text: string) => ({ is: 'bytes', bytes: new TextEncoder().encode(text) }) as const
  const read: Files['read'] = (path, limit) => {
    const text = texts.get(path)
    return text === undefined ? files.read(path, limit) : bytes(text)
  }
  const { diagnostics } = validateFile(workflow, { ...files, read })
  if (diagnostics.length > 0) throw new Fault('INPUT_INVALID', { problems: 'what was said', file: workflow, diagnostics })
}

function otherName(file: string): string {
  return join(dirname(file), `${basename(file, extname(file))}-2${extname(file)}`)
}

/** All or none. `wx`: a file that came in between is not replaced either. */
function writeAll(texts: readonly (readonly [file: string, text: string])[]): void {
  const written: string[] = []
  for (const [file, text] of texts) {
    try {
      writeFileSync(file, text, { flag: 'wx' })
      written.push(file)
    } catch (thrown) {
      for (const one of written) rmSync(one)
      throw new Fault('FILE_NOT_WRITTEN', { file, why: (thrown as NodeJS.ErrnoException).code ?? String(thrown) }, thrown)
    }
  }
}
