import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { keepLedger } from './ledger-file.ts'
import { startLab, type Lab } from './lab.ts'

/** What a lab in a process of its own tells once it can be reached: one line of JSON. */
export interface LabReady {
  readonly ready: true
  readonly pid: number
  readonly inventory: string
  readonly knownHosts: string
  readonly ledger: string
  readonly speed: number
  readonly world: Lab['world']
}

/** Runs a lab until SIGTERM or SIGINT: `node src/lab/process.ts FARM --dir DIR [--speed N] [--ready-json]`. Everything it writes lies in DIR. */
async function main(argv: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: { dir: { type: 'string' }, speed: { type: 'string' }, 'ready-json': { type: 'boolean' } },
  })
  const [farm] = positionals
  if (farm === undefined || values.dir === undefined)
    throw new Error('usage: process.ts FARM --dir DIR [--speed N] [--ready-json]')
  const dir = resolve(values.dir)
  await mkdir(dir, { recursive: true })
  const lab = await startLab(farm, { dir, ...(values.speed === undefined ? {} : { speed: Number(values.speed) }) })
  const ledger = join(dir, 'ledger.json')
  const writeLedger = keepLedger(lab.model, ledger)
  const { inventory, knownHosts } = lab.files
  const ready: LabReady = { ready: true, pid: process.pid, inventory, knownHosts, ledger, speed: lab.speed, world: lab.world }
  process.stdout.write(values['ready-json'] ? `${JSON.stringify(ready)}\n` : `lab ready: ${inventory}\n`)

  const stop = () => {
    writeLedger()
    void lab.close()
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

if (import.meta.main) {
  main(process.argv.slice(2)).catch((thrown: unknown) => {
    process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`)
    process.exitCode = 1
  })
}
