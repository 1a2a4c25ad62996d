import { expect, test } from '@jest/globals'
import { preflight } from '../../src/procedure/steps/preflight.ts'
import { healthy } from '../diagnosis/healthy-look.ts'
import { judged } from './sight.ts'

/** What preflight reads of a farm where the second server's copy of the disk is stale. */
function stale() {
  const look = healthy()
  for (const copy of look.disk.inventory) copy.state = copy.server === 'PVS02' ? 2 : 0
  const { plan, servers, disk, device, canaryDevices: canaries, target, reach, kms } = look
  const { host } = plan.target
  const now = {
    servers,
    disk: { [plan.farm.server]: disk },
    device: { [plan.farm.server]: device },
    canaries,
    target: { [host]: target },
    reach: { [host]: reach },
    kms: { [plan.kmsHost ?? '']: kms },
  }
  return { plan, now }
}

test('a check that the canaries rest on keeps the run from ending as verified where it is waived', () => {
  expect(judged(preflight, stale())).toMatchObject({ is: 'hold', fault: { details: { checks: ['disk.replicas'] } } })
  const waived = judged(preflight, { ...stale(), granted: ['disk.replicas'], memory: { weaker: ['said before'] } })
  expect(waived).toMatchObject({ is: 'done', learn: { weaker: ['said before', 'the check disk.replicas was waived'] } })
})

test('a check that is waived and in order weakens nothing', () => {
  const { plan, now } = stale()
  for (const copy of Object.values(now.disk)[0]?.inventory ?? []) copy.state = 0
  const verdict = judged(preflight, { plan, now, granted: ['disk.replicas'] })
  expect(verdict).toMatchObject({ is: 'done' })
  expect('learn' in verdict).toBe(false)
})
