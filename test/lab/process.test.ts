import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { LabReady } from '../../src/lab/process.ts'
import { FarmFileError, readFarmFile } from '../../src/lab/farm-file/load.ts'
import { virtualClock } from '../../src/lab/clock.ts'
import { startLab } from '../../src/lab/lab.ts'
import type { LedgerEntry } from '../../src/lab/model/ledger.ts'

const example = join(import.meta.dirname, '../../examples/first-vdisk/lab.yaml')
let dir = ''

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'vdp-lab-test-'))
})

afterAll(() => rm(dir, { recursive: true }))

describe('the lab in a process of its own', () => {
  test('prints one ready line, keeps its ledger in a file, ends on SIGTERM, and shows the same host keys when it comes back', async () => {
    const args = ['src/lab/process.ts', example, '--dir', join(dir, 'a'), '--speed', '500', '--ready-json']
    const first = spawn(process.execPath, args, { cwd: join(import.meta.dirname, '../..'), stdio: ['ignore', 'pipe', 'inherit'] })
    const ready = await readyOf(first)
    expect(ready).toMatchObject({ ready: true, pid: first.pid, speed: 500, world: { cmid: 'prep-order' } })
    expect(JSON.parse(await readFile(ready.ledger, 'utf8'))).toEqual([])
    const known = await keysOf(ready.knownHosts)
    first.kill('SIGTERM')
    expect(await once(first, 'exit')).toEqual([0, null])

    const second = spawn(process.execPath, args, {
      cwd: join(import.meta.dirname, '../..'),
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    expect(await keysOf((await readyOf(second)).knownHosts)).toEqual(known)
    second.kill('SIGTERM')
    await once(second, 'exit')
  })

  test('a farm file with faults in it is refused with every one of them', async () => {
    const file = join(dir, 'bad.yaml')
    await writeFile(
      file,
      `servers: [PVS01]
stores: [{ name: Store1, servers: [PVS09] }]
images: { a: { os: windows-7, office: ltsc-2024 } }
disks: [{ name: D, store: Store2, image: a }]
devices: [{ name: M, disks: [D] }]
faults: [{ fault: kms-dwon }]
`,
    )
    await expect(readFarmFile(file)).rejects.toThrow(
      /PVS09[\s\S]*Store2[\s\S]*kms-dwon[\s\S]*ltsc-2024 is not offered for windows-7/,
    )
    await writeFile(file, 'servers: [PVS01]\nstorse: []\n')
    await expect(readFarmFile(file)).rejects.toThrow(FarmFileError)
    await expect(readFarmFile(file)).rejects.toThrow(/storse/)
  })

  test('the example farm is the first vDisk of the docs, and its ledger is a file of what happened', async () => {
    const clock = virtualClock(Date.UTC(2026, 0, 1))
    const farm = await startLab(example, { dir: join(dir, 'b'), clock })
    expect(Object.keys(farm.inventory.hosts)).toEqual([
      'PVS01',
      'PVS02',
      'W11-MASTER',
      'W11-T01',
      'W11-T02',
      'W11-USER01',
      'KMS1',
    ])
    const entries: readonly LedgerEntry[] = farm.ledger()
    expect(entries).toEqual([])
    expect(farm.model.disks.map((one) => [one.name, one.store])).toEqual([['W11-Office', 'Store1']])
    await farm.close()
  })
})

async function readyOf(child: ChildProcess): Promise<LabReady> {
  const [line] = (await once(child.stdout ?? process.stdin, 'data')) as [Buffer]
  return JSON.parse(line.toString()) as LabReady
}

async function keysOf(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8')
  return text
    .trim()
    .split('\n')
    .map((line) => line.split(' ')[2] ?? '')
}
