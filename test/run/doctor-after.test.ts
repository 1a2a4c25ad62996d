import { afterEach, expect, test } from '@jest/globals'
import { examine } from '../../src/diagnosis/examine.ts'
import { ownActs } from '../../src/engine/own-acts.ts'
import { survey } from '../../src/engine/survey.ts'
import { checkups } from '../../src/procedure/checkup.ts'
import { audited } from '../../src/lab/model/farm.ts'
import { diskRecord } from '../../src/ui/cli/checking/disk-record.ts'
import { closeLabs, lab, type LabFarm, type WorkflowWish } from './harness.ts'
import { pass } from './mending.ts'

afterEach(closeLabs)

async function alarms(farm: LabFarm, procedure: string, wish: WorkflowWish = {}): Promise<readonly string[]> {
  const plan = await farm.plan(procedure, wish)
  const world = await farm.world()
  try {
    const seen = await survey(world.hosts, checkups([plan]), new AbortController().signal)
    const own = await ownActs(world.store, plan)
    const record = diskRecord(await world.store.list(), plan)
    const looks = seen.map((look) => ({ ...look, own, record }))
    const { findings } = examine(looks, { only: [], skip: [] })
    return findings.flatMap(({ verdict, host, check, says }) =>
      verdict === 'pass' || verdict === 'na' ? [] : [`${verdict} ${host} ${check}: ${says}`],
    )
  } finally {
    await world.hosts.close()
    await world.store.close()
  }
}

test('a vDisk that a run has sealed has nothing to be said about it, whatever comes next', async () => {
  const farm = await lab({ os: 'windows-11-23h2', office: 'ltsc-2021' })
  expect((await farm.run('kms-new-image')).outcome).toBe('verified')
  expect(await alarms(farm, 'verify-only')).toEqual([])
  await pass(farm, 90)
  expect(await alarms(farm, 'copied-image')).toEqual([])
  expect(await alarms(farm, 'kms-maintenance-version', { acceptRisk: ['maintenanceVersion'] })).toEqual([])
  expect(await alarms(farm, 'kms-update-image')).toEqual([])

  farm.disk.writeCacheType = 0
  const run = farm.runs[0]?.id ?? ''
  expect(await alarms(farm, 'kms-update-image')).toEqual([
    expect.stringMatching(`^warn PVS01 disk\\.open: open in Private mode again: run ${run} sealed it`),
  ])
})

test('the first checks of a run know what earlier runs did, as the doctor does, and still warn of others', async () => {
  const farm = await lab({ os: 'windows-11-23h2', office: 'ltsc-2021' })
  expect((await farm.run('kms-new-image')).outcome).toBe('verified')
  const checked = async () =>
    (await farm.run('verify-only'))
      .story()
      .split('\n')
      .find((line) => line.includes('preflight.checks: done'))
  const before = await checked()
  await pass(farm, 10)
  audited(farm.model, 'SetDisk', farm.names.disk, `${farm.model.domain.toUpperCase()}\\j.doe`)
  const warnings = (line: string | undefined) => Number(/(\d+) warning/.exec(line ?? '')?.[1])
  expect(warnings(await checked())).toBe(warnings(before) + 1)
  expect(warnings(before)).toBe(0)
})
