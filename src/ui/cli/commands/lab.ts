import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Composition } from '../../../compose.ts'
import { Fault } from '../../../faults/fault.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { interrupts } from '../interrupts.ts'
import type { CommonOptions } from '../options.ts'
import { hanging } from '../screens/wrap.ts'
import type { Terminal } from '../terminal.ts'

/** Options of `lab`. */
export interface LabOptions extends CommonOptions {
  readonly farm?: string
  readonly dir: string
  readonly speed?: string
  readonly agents?: string
  readonly listFaults?: boolean
}

/** Options of `lab ledger`. */
export interface LedgerOptions extends CommonOptions {
  readonly dir: string
}

/** `lab`: runs a simulated farm until it is interrupted; one line tells when it answers, the folder has all that another terminal needs. */
export async function lab(options: LabOptions, composition: Composition, terminal: Terminal): Promise<ExitCode> {
  if (options.listFaults === true) return await listFaults(options, composition, terminal)
  const speed = options.speed === undefined ? null : Number(options.speed)
  if (speed !== null && !(speed > 0))
    throw new Fault('OPTION_INVALID', { option: '--speed', value: options.speed, expected: 'a number above 0' })
  const { agents = null } = options
  if (agents !== null && agents !== 'built-in' && agents !== 'powershell')
    throw new Fault('OPTION_INVALID', { option: '--agents', value: agents, expected: 'built-in or powershell' })
  const examples = join(dirname(composition.files.procedures), 'examples', 'first-vdisk')
  const dir = resolve(options.dir)
  const running = await composition.startLab(options.farm ?? join(examples, 'lab.yaml'), { dir, speed, agents })
  const stop = interrupts(() => undefined)
  try {
    const { inventory, knownHosts, clientKey, ledgerFile: ledger, worlds } = running
    if (options.json === true)
      terminal.out(
        JSON.stringify({
          ready: true,
          pid: process.pid,
          inventory,
          knownHosts,
          clientKey,
          ledger,
          speed: running.speed,
          agents: running.agents,
          worlds,
        }),
      )
    else {
      terminal.out(`lab ready: ${inventory}`)
      if (options.quiet !== true) for (const line of advice(running, options, examples, terminal.width)) terminal.out(line)
    }
    await until(stop.signal)
    return EXIT.ok
  } finally {
    stop.dispose()
    await running.close()
    if (options.json !== true && options.quiet !== true) terminal.err('The lab has ended; its ledger stays in the folder.')
  }
}

function advice(
  running: Pick<Awaited<ReturnType<Composition['startLab']>>, 'speed' | 'worlds' | 'agents'>,
  options: LabOptions,
  examples: string,
  width: number,
): readonly string[] {
  const file = options.farm === undefined ? join(examples, 'w11.yaml') : 'FILE'
  return [
    `  Agents: ${running.agents === 'built-in' ? 'built into the lab.' : "as they are shipped, in this machine's PowerShell over a modelled Windows."}`,
    ...hanging(
      '  ',
      `Simulated, on loopback, ${String(running.speed)} times as fast as real time. Worlds: ${running.worlds}.`,
      width,
    ),
    '  In another terminal:',
    `    vdiskprep plan ${file} --inventory ${options.dir}/inventory.yaml`,
    `    vdiskprep run ${file} --inventory ${options.dir}/inventory.yaml`,
    `    vdiskprep lab ledger --dir ${options.dir}`,
    '  Ctrl-C ends it.',
  ]
}

function until(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    // Keeps the process alive also while no host has a connection.
    const beat = setInterval(() => undefined, 60_000)
    signal.addEventListener('abort', () => {
      clearInterval(beat)
      done()
    })
  })
}

async function listFaults(options: LabOptions, composition: Composition, terminal: Terminal): Promise<ExitCode> {
  const faults = await composition.labFaults()
  for (const fault of faults) {
    if (options.json === true) {
      terminal.out(JSON.stringify(fault))
      continue
    }
    const words = fault.reads.length === 0 ? '' : `   reads ${fault.reads.join(', ')}`
    terminal.out(`${terminal.paint('strong', fault.name)}${words}`)
    for (const line of hanging('  ', fault.does, terminal.width)) terminal.out(line)
    terminal.out(`  a correct run ${fault.expect === null ? 'goes on and ends well' : `says ${fault.expect}`}`)
  }
  return EXIT.ok
}

interface Entry {
  readonly n: number
  readonly at: string
  readonly machine: string
  readonly did: string
}

/** `lab ledger`: what was really done to each machine of a lab, whatever anybody claims. */
export function ledger(options: LedgerOptions, _composition: Composition, terminal: Terminal): Promise<ExitCode> {
  const entries = readLedger(options.dir)
  if (options.json === true) for (const entry of entries) terminal.out(JSON.stringify(entry))
  else
    for (const [machine, own] of Map.groupBy(entries, (entry) => entry.machine)) {
      terminal.out(terminal.paint('strong', machine))
      for (const { n, at, did, ...rest } of own)
        for (const line of hanging(
          `  ${String(n).padStart(4)}  ${at.slice(0, 19).replace('T', ' ')}  ${did.padEnd(17)} `,
          words(rest),
          terminal.width,
          8,
        ))
          terminal.out(line)
    }
  return Promise.resolve(EXIT.ok)
}

function readLedger(dir: string): readonly Entry[] {
  const file = join(dir, 'ledger.json')
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Entry[]
  } catch (thrown) {
    const why = (thrown as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : String(thrown)
    throw new Fault('LAB_NOT_THERE', { file, why }, thrown)
  }
}

function words(rest: Readonly<Record<string, unknown>>): string {
  return Object.entries(rest)
    .filter(([name]) => name !== 'machine')
    .map(([name, value]) => `${name} ${Array.isArray(value) ? value.join(',') : String(value)}`)
    .join('  ')
}
