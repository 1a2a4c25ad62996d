import { afterAll, expect, test } from '@jest/globals'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startLabProcess, vdiskprep } from './orchestrator.ts'

const KILLS = 100
const SPEED = 1000
const folder = await mkdtemp(join(tmpdir(), 'vdiskprep-crash-'))

afterAll(() => rm(folder, { recursive: true, force: true }))

interface Entry {
  readonly did: string
  readonly machine: string
  readonly product?: string
  readonly effective?: boolean
}

/** mulberry32: the same seed draws the same moments again. */
function draws(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** One run from its beginning to its end, killed again and again on the way while the lab lives on. */
async function killedRun(
  name: string,
  seed: number,
  kills: number,
): Promise<{ killed: number; code: number | null; output: string; ledger: readonly Entry[] }> {
  const home = join(folder, name)
  const lab = await startLabProcess('examples/first-vdisk/lab.yaml', join(home, 'lab'), SPEED)
  const draw = draws(seed)
  try {
    let killed = 0
    let begun = false
    for (;;) {
      const args = begun ? ['resume'] : ['run', 'examples/first-vdisk/w11.yaml', '--inventory', lab.inventory]
      const moment = killed < kills ? 250 + draw() * 700 : undefined
      const { code, output } = await vdiskprep([...args, '--json'], home, moment)
      if (code !== null) return { killed, code, output, ledger: JSON.parse(await readFile(lab.ledger, 'utf8')) as Entry[] }
      killed += 1
      begun ||= (await vdiskprep(['list', '--json'], home)).output.includes('"run"')
    }
  } finally {
    await lab.stop()
  }
}

test(`${String(KILLS)} SIGKILLs at random moments: every run ends verified, nothing is done twice, nothing is missing`, async () => {
  let killed = 0
  let runs = 0
  while (killed < KILLS) {
    const pair = await Promise.all(
      [0, 1].map((lane) => killedRun(`run-${String(runs + lane)}`, 1000 + runs + lane, Math.min(20, KILLS - killed))),
    )
    for (const run of pair) {
      runs += 1
      killed += run.killed
      expect({ code: run.code, output: run.code === 0 ? '' : run.output.slice(-3000) }).toEqual({ code: 0, output: '' })
      expect(spent(run.ledger)).toEqual({ windows: 1, office: 1, kmsPreps: 1 })
    }
  }
  process.stdout.write(`crash: ${String(killed)} kills over ${String(runs)} runs, all verified, rearms and KmsPrep once each\n`)
}, 420_000)

function spent(ledger: readonly Entry[]) {
  const rearms = (product: string) =>
    ledger.filter((entry) => entry.did === 'rearm' && entry.machine === 'W11-MASTER' && entry.product === product).length
  return {
    windows: rearms('Windows'),
    office: rearms('Office'),
    kmsPreps: ledger.filter((entry) => entry.did === 'kms-prep').length,
  }
}
