import { afterEach, expect, test } from '@jest/globals'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { farmClock } from '../../src/clock/system.ts'
import type { Clock } from '../../src/engine/ports/clock.ts'
import { presetFarm, presetNames } from '../../src/lab/farm-file/presets.ts'
import { startLab } from '../../src/lab/lab.ts'
import { closeLabs, lab, LabFarm } from '../run/harness.ts'
import { worldWith } from './boundaries.ts'
import { differences } from './ledger.ts'

const HOUR = 3_600_000
const flagship = { os: 'windows-11-23h2', office: 'ltsc-2021' } as const
afterEach(closeLabs)

/** Makes the orchestrators of a farm sleep for hours in the nth of their waits, while the farm goes on. */
function asleep(farm: LabFarm, nth: number, hours: number) {
  const seen = { waits: 0, looksSince: 0 }
  const world = farm.world.bind(farm)
  farm.world = async () => {
    const plain = await world()
    const { clock: labClock } = farm.lab
    const wait: Clock['wait'] = async (until, signal) => {
      seen.waits += 1
      await labClock.wait(seen.waits === nth ? until + hours * HOUR : until, signal)
      if (seen.waits === nth) seen.looksSince = 0
    }
    const awake = worldWith(plain, ({ point, when }) => {
      if (point === 'send' && when === 'after') seen.looksSince += 1
    })
    return { ...awake, farmClock: { ...labClock, wait } }
  }
  return seen
}

async function waitsOfOneRun(): Promise<number> {
  const farm = await lab(flagship)
  const seen = asleep(farm, 0, 0)
  expect((await farm.run('kms-new-image')).outcome).toBe('verified')
  return seen.waits
}

test('a night of sleep in any wait: no deadline passes without a fresh look, and the run goes on to its end', async () => {
  const waits = await waitsOfOneRun()
  const nights = [1, 2, 3, ...Array.from({ length: 9 }, (_, index) => Math.floor(((index + 1) * waits) / 10))]
  for (const night of nights) {
    const farm = await lab(flagship)
    const seen = asleep(farm, night, 8)
    const run = await farm.run('kms-new-image')
    if (run.outcome === null) {
      expect({ night, says: run.says, looked: seen.looksSince > 0 }).toEqual({ night, says: expect.any(String), looked: true })
      await run.answer('retry')
    }
    expect({ night, says: run.says }).toEqual({ night, says: 'verified' })
    await farm.close()
  }
}, 240_000)

test('a clock that is set forward and back, between and inside waits, prolongs none and breaks no record', async () => {
  const plain = await lab(flagship)
  await plain.run('kms-new-image')

  const folder = await mkdtemp(join(tmpdir(), 'vdiskprep-clock-'))
  const farm = new LabFarm(await startLab(presetFarm(flagship), { dir: join(folder, 'lab') }), presetNames(flagship.os), folder)
  try {
    const hand = setClock(farm)
    const deadline = { deadline: '160h' }
    const patient = ['createVDisk', 'activateWindows', 'sealVDisk', 'release', 'preflight', 'rearmWindows', 'rearmOffice']
    const policy = Object.fromEntries(patient.map((step) => [step, deadline]))
    const run = await farm.run('kms-new-image', { policy, verify: deadline })

    expect(run.says).toBe('verified')
    expect(hand.set).toBeGreaterThan(8)
    expect(Math.max(...hand.over)).toBeLessThan(5 * 24 * HOUR)
    const times = run.lines.map(({ at }) => at)
    expect(times).toEqual(times.toSorted((one, other) => one - other))
    expect(differences(plain.ledger(), farm.ledger())).toEqual([])
  } finally {
    await farm.close()
  }
}, 120_000)

/** The program's own clocks over a wall clock that a hand sets: every third wait, in its middle, between two, forward and ten days back. */
function setClock(farm: LabFarm) {
  const hand = { by: 0, set: 0, over: [0] }
  const wall = () => Date.now() + hand.by
  const { speed, start } = farm.lab.inventory.lab
  const farmTime = farmClock(speed, start, wall)
  const move = () => {
    hand.set += 1
    hand.by += ((hand.set % 2 === 0 ? -10 * 24 : 8) * HOUR) / speed
  }
  let waits = 0
  const wait: Clock['wait'] = async (until, signal) => {
    waits += 1
    const [asked, begun] = [until - farmTime.now(), performance.now()]
    const inside = waits % 3 === 1 ? setTimeout(move, Math.max(0, asked / speed / 2)) : undefined
    await farmTime.wait(until, signal).finally(() => clearTimeout(inside))
    hand.over.push((performance.now() - begun) * speed - asked)
    if (waits % 3 === 0) move()
  }
  const world = farm.world.bind(farm)
  farm.world = async () => ({
    ...(await world()),
    clock: farmClock(1, 0, wall),
    farmClock: { ...farm.lab.clock, now: () => farmTime.now(), wait },
  })
  return hand
}
