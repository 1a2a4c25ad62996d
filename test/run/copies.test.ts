import { afterEach, expect, test } from '@jest/globals'
import { closeLabs, lab } from './harness.ts'
import { copyAnew } from './mending.ts'

afterEach(closeLabs)

/** A sealed vDisk in a store of local folders, the copy of whose last server was damaged on its way. */
async function damagedCopy() {
  const farm = await lab({ os: 'windows-11-23h2', office: 'ltsc-2021', faults: [{ fault: 'replica-damaged' }] })
  Object.assign(farm.disk, { writeCacheType: 9, licenseMode: 2 })
  return farm
}

test('a copy that was damaged on its way is found by its content, with the place, though size, time and PVS call it good', async () => {
  const farm = await damagedCopy()
  const run = await farm.run('copied-image', { verify: { copies: 'content', deadline: '8m' } })
  // The deadline passes first: what was read by then is not read again.
  expect(run.says).toBe('CONTENT_UNPROVED')
  const read = Number(/after ([\d.]+) of 80 GiB/.exec(String(run.held?.fault.details['why']))?.[1])
  expect(read).toBeGreaterThan(40)
  await run.answer('retry')
  expect(run.says).toBe('REPLICA_STALE')
  expect(JSON.stringify(run.story()).split(' of 80 GiB read and alike').length - 1).toBe(60 / 2 + 1)
  expect(JSON.stringify(run.held)).toMatch(/differs by content between \d+ and \d+ GiB: PVS01 \/ PVS02/)
  expect(farm.ledger().filter(({ did }) => did === 'boot')).toEqual([])

  copyAnew(farm)
  for (let holds = 0; holds < 2 && !run.story().includes('contents alike'); holds++) await run.answer('retry')
  expect(run.story()).toMatch(/contents alike on PVS01, PVS02: \d+ of \d+ GiB by SHA-256/)
})

test('by size and time alone, which is the default, such a copy passes: what was compared is told', async () => {
  const run = await (await damagedCopy()).run('copied-image')
  expect(run.story()).toContain('vDisk files by size and time: alike on PVS01, PVS02')
})
