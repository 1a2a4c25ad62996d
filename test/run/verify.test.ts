import { afterAll, afterEach, describe, expect, test } from '@jest/globals'
import { verificationOf } from '../../src/workflow/verification.ts'
import { keep, type Told } from '../faults/told.ts'
import { ranksOf } from './explained.ts'
import { faultCases } from './fault-cases.ts'
import { closeLabs, lab, maria } from './harness.ts'
import { RunInLab } from './run-in-lab.ts'

/** Faults by which clones are not right after a seal; two of them in a short run, all with VDISKPREP_DEEP=1. */
const WRONG = ['DUPLICATE_CMID', 'CANARY_ELSEWHERE', 'CANARY_NOT_LICENSED']
const cases = faultCases
  .filter(({ says }) => WRONG.includes(says))
  .slice(0, process.env['VDISKPREP_DEEP'] === '1' ? undefined : 2)

const rows: Told[] = []
afterEach(closeLabs)
afterAll(() => {
  keep('verify', rows)
})

describe('verify, later and alone, on a vDisk whose clones are not right', () => {
  test.each(cases.map((one) => [Object.values(one.fault).join(' '), one.says, one] as const))(
    'says of %s what the run said: %s',
    async (title, says, { fault, workflow }) => {
      const farm = await lab({ os: 'windows-11-23h2', office: 'ltsc-2021', faults: [fault] })
      const run = await farm.run('kms-new-image', workflow)
      expect(run.says).toBe(says)
      if (run.outcome === null) await run.answer('abort')
      const changes = () => farm.ledger().filter(({ did }) => did === 'mode' || did === 'rearm' || did === 'key')
      const before = changes()
      const verification = await RunInLab.begin(farm, verificationOf(await farm.plan('kms-new-image', workflow)), maria)
      const explained = await ranksOf(verification)
      const right = verification.says === says
      rows.push({ fault: title, by: 'verify', said: String(verification.says), right, rank: 1, falseAlarms: [], explained })
      expect(explained.filter((rank) => rank !== 1)).toEqual([])
      expect(verification.says).toBe(says)
      expect(changes()).toEqual(before)
    },
  )
})
