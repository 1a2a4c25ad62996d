import { afterEach, describe, expect, test } from '@jest/globals'
import { survey } from '../../src/engine/survey.ts'
import { forecast } from '../../src/procedure/forecast.ts'
import type { Forecast } from '../../src/procedure/forecast/foreseen.ts'
import { closeLabs, lab, maria, type LabFarm, type WorkflowWish } from './harness.ts'

afterEach(closeLabs)

const flagship = { os: 'windows-11-23h2', office: 'ltsc-2021' } as const

async function foreseen(farm: LabFarm, procedure: string, wish: WorkflowWish): Promise<Forecast> {
  const world = await farm.world()
  try {
    return await survey(world.hosts, forecast(await farm.plan(procedure, wish), maria), new AbortController().signal)
  } finally {
    await Promise.all([world.hosts.close(), world.store.close()])
  }
}

const actsOf = ({ steps }: Forecast, name: string) => steps.find(({ step }) => step === name)?.acts.map(({ what }) => what) ?? []

/** The acts of a forecast are those that a run then asks for, in its order, as far as the forecast reaches. */
async function comesTrue(farm: LabFarm, procedure: string, wish: WorkflowWish, steps: readonly string[]): Promise<Forecast> {
  const told = await foreseen(farm, procedure, wish)
  expect(farm.ledger()).toEqual([])
  const run = await (await farm.run(procedure, wish)).approveAll()
  expect(run.says).toBe('verified')
  const made = run.events.flatMap((event) => (event.type === 'intended' ? [event] : []))
  for (const step of steps)
    expect([step, ...actsOf(told, step)]).toEqual([
      step,
      ...made.filter(({ place }) => place.startsWith(`${step}.`)).map(({ what }) => what),
    ])
  return told
}

describe('a forecast comes true', () => {
  test('of a maintenance version: made, booted, promoted to test', async () => {
    const farm = await lab({ ...flagship, world: { promotePreps: 'yes' } })
    const wish = { acceptRisk: ['maintenanceVersion'] }
    const told = await comesTrue(farm, 'kms-maintenance-version', wish, ['createVDisk', 'sealVDisk'])
    expect(actsOf(told, 'createVDisk')[0]).toBe('make maintenance version 1 of W11-Office')
    expect(actsOf(told, 'sealVDisk').at(-1)).toContain('version 1')
  })

  test('of a disk made by the Imaging Wizard: made, filled, booted', async () => {
    const farm = await lab({ ...flagship, onHardDisk: true })
    const wish = { vdisk: { create: 'imaging-wizard', size: '80GiB' }, acceptRisk: ['imagingWizard'] }
    const told = await comesTrue(farm, 'kms-new-image', wish, ['createVDisk', 'sealVDisk'])
    expect(actsOf(told, 'createVDisk')).toHaveLength(7)
    expect(told.caveats.map(({ source }) => source)).toContain('bisf')
  })
})
