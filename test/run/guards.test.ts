import { afterEach, describe, expect, test } from '@jest/globals'
import { powerOff, powerOn } from '../../src/lab/model/power.ts'
import { pass, restart } from './mending.ts'
import { closeLabs, lab, type LabFarm } from './harness.ts'

afterEach(closeLabs)

const flagship = { os: 'windows-11-23h2', office: 'ltsc-2021' } as const
const preps = (farm: LabFarm) => farm.ledger().filter(({ did }) => did === 'kms-prep')

test('another Windows than the file states is held before any key is installed', async () => {
  const farm = await lab({ ...flagship, image: { windowsKey: 'none' } })
  const run = await farm.run('kms-new-image', { windows: { os: 'Windows 10 Enterprise' } })

  expect(run.says).toBe('OTHER_WINDOWS')
  expect(run.held?.fault.details).toMatchObject({ stated: 'Windows 10 Enterprise' })
  expect(String(run.held?.fault.details['found'])).toContain('Windows 11 Enterprise')
  expect(farm.ledger(farm.names.master).keys).toEqual([])
})

describe('a device that is given the open disk while the prep device is off', () => {
  test('and starts is a foreign writer: nothing is sealed', async () => {
    const farm = await lab({ ...flagship, faults: [{ fault: 'assigned-to-others', when: 'shutdown' }] })
    const [stranger] = farm.lab.cast.production
    farm.model.ledger.onWrite(() => {
      const last = farm.ledger().at(-1)
      if (stranger !== undefined && last?.did === 'shutdown' && last.machine === farm.names.master)
        farm.model.time.after(60_000, () => powerOn(farm.model, stranger))
    })
    const run = await farm.run('kms-new-image')
    expect(run.says).toBe('FOREIGN_DEVICE')
    await pass(farm, 10)
    await run.answer('retry')

    expect(run.says).toBe('FOREIGN_WRITER')
    expect(preps(farm)).toEqual([])
    if (stranger !== undefined) powerOff(farm.model, stranger, false)
  })

  test('after the wait, while a check is mended, is seen before the switch', async () => {
    const farm = await lab({ ...flagship, faults: [{ fault: 'missing-driver', when: 'boot' }] })
    const run = await farm.run('kms-new-image')
    expect(run.says).toBe('MAP_NO_DRIVER')
    farm.lab.cast.production[0]?.disks.push({ guid: farm.disk.guid, enabled: true })
    await run.answer('retry')

    expect(run.says).toBe('FOREIGN_DEVICE')
    expect(run.held?.fault.details['others']).toEqual([farm.names.production])
    expect(preps(farm)).toEqual([])
  })
})

test('a store that the Office rearm has closed opens by a restart, which costs that rearm, and begins anew by a decision', async () => {
  const farm = await lab({ ...flagship, faults: [{ fault: 'office-rearm-locks-store' }] })
  const run = await farm.run('kms-new-image')
  expect(run.says).toBe('STORE_LOCKED_AFTER_OFFICE')
  await run.answer('retry')
  expect(run.says).toBe('STORE_LOCKED_AFTER_OFFICE')

  farm.model.mischief.officeRearmLocksStore = false
  await restart(farm)
  await run.answer('retry')
  expect(run.says).toBe('REARM_LOST')
  await run.answer('approve', { option: 'rearm-again' })
  expect(run.says).toBe('verified')
  expect(farm.ledger(farm.names.master).rearms.map(({ product }) => product)).toEqual(['Office', 'Office', 'Windows'])
})
