import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { bundling } from '../../scripts/bundling.ts'
import type { LabReady } from '../../src/lab/process.ts'
import type { LedgerEntry } from '../../src/lab/model/ledger.ts'
import type { Order } from './cells.ts'

const ROOT = join(import.meta.dirname, '../..')

/** How a child ended: by its own exit code, or by a signal. */
export interface End {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** A folder with program and lab bundled as the package is, so that a process costs little to start; its orders come by environment. */
export interface Shop {
  readonly folder: string
  /** Begins a process of the program. */
  begin(args: readonly string[], home: string, order: Order): ChildProcess & { readonly ended: Promise<End> }
  /** Starts a farm in a process of its own; everything it writes lies in `dir`. */
  startLab(farm: string, dir: string): Promise<LabProcess>
  close(): Promise<void>
}

/** Bundles the program with its boundaries into a new temporary folder. */
export async function openShop(): Promise<Shop> {
  const folder = await mkdtemp(join(tmpdir(), 'vdiskprep-crash-'))
  await build({
    ...bundling,
    absWorkingDir: ROOT,
    entryPoints: { program: join(import.meta.dirname, 'fixtures/child.ts'), lab: 'src/lab/process.ts' },
    outdir: join(folder, 'dist'),
    outExtension: { '.js': '.mjs' },
    logLevel: 'error',
  })
  for (const name of ['workflows', 'agents', 'node_modules']) await symlink(join(ROOT, name), join(folder, name))
  const children = new Set<ChildProcess>()
  const kept = <C extends ChildProcess>(child: C): C => {
    children.add(child)
    child.once('exit', () => children.delete(child))
    return child
  }
  return {
    folder,
    begin: (args, home, order) => {
      const env = { ...process.env, VDISKPREP_HOME: home, VDISKPREP_ORDER: JSON.stringify(order) }
      const child = spawn(process.execPath, [join(folder, 'dist/program.mjs'), ...args], {
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      return Object.assign(child, { ended: endOf(child) })
    },
    startLab: async (farm, dir) => {
      await mkdir(dir, { recursive: true })
      const args = [join(folder, 'dist/lab.mjs'), farm, '--dir', dir, '--ready-json']
      return await answering(kept(spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })))
    },
    close: async () => {
      // Only a run that failed leaves any; a stopped one takes no other signal.
      await Promise.all([...children].map((child) => (child.kill('SIGKILL'), once(child, 'exit'))))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function endOf(child: ChildProcess): Promise<End> {
  const said = { out: '', err: '' }
  child.stdout?.on('data', (piece: Buffer) => (said.out += piece.toString()))
  child.stderr?.on('data', (piece: Buffer) => (said.err += piece.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, ...said }
}

/** A farm in a process of its own, which lives on when orchestrators die. */
export interface LabProcess {
  readonly inventory: string
  /** What really happened so far, as the lab's own file tells it. */
  ledger(): Promise<readonly LedgerEntry[]>
  stop(): Promise<void>
}

/** What a crash run is about: a farm, and the workflow that prepares its vDisk. */
export interface Case {
  readonly name: string
  readonly farm: string
  readonly workflow: string
}

/** Office first on Windows 11 (the first example), and the article's order on Windows 7, where every step but the preflight has to act. */
export const cases: readonly [Case, ...Case[]] = [
  {
    name: 'windows-11',
    farm: join(ROOT, 'examples/first-vdisk/lab.yaml'),
    workflow: join(import.meta.dirname, 'farm/w11.yaml'),
  },
  {
    name: 'windows-7',
    farm: join(import.meta.dirname, 'farm/lab.yaml'),
    workflow: join(import.meta.dirname, 'farm/w7.yaml'),
  },
]

async function answering(child: ChildProcess): Promise<LabProcess> {
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout?.once('data', (chunk: Buffer) => resolve(chunk.toString()))
    child.once('exit', (code) => reject(new Error(`the lab ended with ${String(code)}`)))
  })
  const ready = JSON.parse(line) as LabReady
  return {
    inventory: ready.inventory,
    ledger: async () => JSON.parse(await readFile(ready.ledger, 'utf8')) as readonly LedgerEntry[],
    stop: async () => {
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'exit')
    },
  }
}
