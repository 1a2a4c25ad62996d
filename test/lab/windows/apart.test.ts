import { afterEach, describe, expect, test } from '@jest/globals'
import type { Agents } from '../../../src/lab/lab.ts'
import { pwshMissing } from '../../fixtures/powershell.ts'
import { directFarm, type DirectFarm } from './direct.ts'
import { attached } from './writers.ts'

const missing = pwshMissing()
const FRONTS: readonly Agents[] = missing === undefined ? ['built-in', 'powershell'] : ['built-in']
const MASTER = 'W11-MASTER'
const MINUTE = 60_000

let farm: DirectFarm | undefined
afterEach(() => farm?.close())

describe('imaging runs as a scheduled task', () => {
  test.each(FRONTS)(
    'of the lab with its %s agents: killed with its session it goes on to its end, and its receipt stays open',
    async (front) => {
      const here = await directFarm(front, {
        ...{ os: 'windows-11-23h2', office: 'ltsc-2021', onHardDisk: true, world: { linkLossKillsAct: 'yes' } },
      })
      farm = here
      attached(here)
      const first = await here.open(MASTER, { run: '8k2', fence: 1 })
      const gone = here.clock.now() + 5 * MINUTE
      const answer = first.request('Invoke-VdpImaging', { volumeLicensing: 'none' }, { effect: '8k2/1' })
      here.clock.wake(gone, () => here.cut(MASTER))
      expect(await answer).toMatchObject({ is: 'lost', sent: true })
      await here.clock.advance(60 * MINUTE)
      const next = await here.open(MASTER, { run: '8k2', fence: 2 })
      expect(await next.request('Get-VdpTargetState', { parts: ['boot'] })).toMatchObject({
        is: 'facts',
        facts: { act: { fence: 2, receipts: [{ effect: '8k2/1', ended: null, alive: false, result: null }] } },
      })
      expect(here.ledger().filter(({ did }) => did === 'imaging')).toHaveLength(1)
    },
  )
})

if (missing !== undefined) test.skip(`the same with the shipped agents (${missing})`, () => undefined)
