import { expect, test } from '@jest/globals'
import type { Look } from '../../src/diagnosis/check.ts'
import type { Told } from '../../src/diagnosis/examine.ts'
import { withOwnMounts } from '../../src/ui/cli/commands/doctor-left.ts'

const found = {
  ...{ check: 'mount.slot', host: 'PVS04', verdict: 'fail', vdisks: ['W11-Kiosk'] },
  ...{ says: 'W11-Test is mounted, and not by a run of this plan', remedy: ['on PVS04: Dismount-PvsDisk'] },
} as unknown as Told
const look = {
  plan: { title: 'W11-Kiosk' },
  servers: { PVS04: { mounted: { guid: 'guid-of-test', name: 'W11-Test' } } },
  disk: { disk: { guid: 'guid-of-kiosk' } },
} as unknown as Look
const left = { run: '9wgn4', title: 'W11-Test', file: 'w11-test.yaml', server: 'PVS04', guid: 'guid-of-test' }

test('the doctor of one vDisk names the run that left another one mounted, and whose doctor mends it', () => {
  const [told] = withOwnMounts([found], [look], { mounts: [left], backups: [] })
  expect(told?.says).toBe(`${found.says}: run 9wgn4 of this store (W11-Test) left it there`)
  expect(told?.remedy).toContain('vdiskprep doctor w11-test.yaml --fix mount.slot')
  expect(told?.remedy).toContain('on PVS04: Dismount-PvsDisk')
})

test.each([
  ['that no run wrote down', []],
  ['that a run left on another server', [{ ...left, server: 'PVS05' }]],
  ['of another vDisk than the one a run left', [{ ...left, guid: 'guid-of-else' }]],
])('a mount %s stays that of a stranger', (_, mounts) => {
  expect(withOwnMounts([found], [look], { mounts, backups: [] })).toEqual([found])
})
