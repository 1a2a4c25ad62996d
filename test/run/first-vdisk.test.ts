import { afterEach, expect, test } from '@jest/globals'
import { closeLabs, lab } from './harness.ts'

afterEach(closeLabs)

test('Windows 11 with Office LTSC 2021 goes from its YAML to a sealed vDisk whose two canaries differ', async () => {
  const farm = await lab({ os: 'windows-11-23h2', office: 'ltsc-2021' })
  const t = performance.now()
  const run = await farm.run('kms-new-image')
  console.log(performance.now() - t)
  console.log(run.story())
  expect(run.outcome).toBe('verified')
})
