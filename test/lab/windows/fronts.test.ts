import { afterEach, describe, expect, test } from '@jest/globals'
import { pwshMissing } from '../../fixtures/powershell.ts'
import { faultCases } from '../../run/fault-cases.ts'
import { closeLabs } from '../../run/harness.ts'
import { runTold, type RunCase } from './run-fronts.ts'

const missing = pwshMissing()
const long = process.env['VDISKPREP_DEEP'] === '1' ? undefined : 'skipped: VDISKPREP_DEEP=1 runs it'

type Case = RunCase & { readonly says: string }

const few: readonly Case[] = [
  {
    name: 'Windows 11 with Office LTSC 2024, nothing in the way',
    wish: { os: 'windows-11-23h2', office: 'ltsc-2024' },
    says: 'verified',
  },
]

const many: readonly Case[] = [
  {
    name: 'Windows 7 with Office 2010, the answer to the Office rearm is lost',
    wish: { os: 'windows-7', office: '2010', faults: [{ fault: 'link-lost-after-act', op: 'Invoke-VdpOfficeRearm' }] },
    says: 'verified',
  },
  {
    name: 'a German Windows 10 with a 32-bit Office 2016',
    wish: { os: 'windows-10-22h2', office: '2016', image: { language: 'de-DE', officeBits: 32 } },
    says: 'verified',
  },
  {
    name: 'Server 2022, a link that breaks before the rearm and kills what runs',
    wish: {
      os: 'server-2022',
      office: 'ltsc-2021',
      world: { linkLossKillsAct: 'yes' },
      faults: [{ fault: 'link-lost-before-act' }, { fault: 'hung-program' }],
    },
    says: 'REARM_FAILED',
  },
  ...faultCases.map(({ fault, says, onHardDisk = false, workflow = {} }): Case => ({
    name: Object.values(fault).join(' '),
    wish: { os: 'windows-11-23h2', office: 'ltsc-2021', faults: [fault], onHardDisk },
    workflow,
    says,
  })),
]

/** Machines that restart by themselves race with the looks, and a look takes another time on each front. */
const RACES = ['reboot-inside-window', 'rebooted-during-shutdown']

afterEach(closeLabs)

describe('the same run through both fronts', () => {
  const compared = missing === undefined ? test : test.skip
  compared.each(few)(`$name: $says ${missing ?? ''}`, alike, 300_000)
  if (long === undefined) compared.each(many)(`$name: $says ${missing ?? ''}`, alike, 300_000)
  else test.skip(`each named fault of the lab, ${many.length} runs in all; ${long}`, () => undefined)
})

/** Journal with every fact in it, and ledger, are the same up to moments and the identity of boots and processes; of a run that ended well
 *  nothing stays in the image but what it is for. */
async function alike(one: Case): Promise<void> {
  const builtIn = await runTold(one, 'built-in')
  const shipped = await runTold(one, 'powershell')
  expect([builtIn.says, shipped.says]).toEqual([one.says, one.says])
  expect(shipped.unmodelled).toEqual([])
  if (one.says === 'verified') expect(shipped.leftInImage).toEqual([])
  expect(shipped.ledger).toEqual(builtIn.ledger)
  if (!one.wish.faults?.some(({ fault }) => RACES.includes(fault))) expect(shipped.journal).toEqual(builtIn.journal)
}
