import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Session } from '../../../src/engine/ports/hosts.ts'
import { operations, type ArgsOf, type OperationName } from '../../../src/wire/operations/catalogue.ts'
import { pwshMissing } from '../../fixtures/powershell.ts'
import { directFarm } from './direct.ts'
import { changed, serverInventory, targetInventory } from './leftovers.ts'
import { serverWriters } from './server-writers.ts'
import { targetWriters, type Writer } from './writers.ts'

const missing = pwshMissing()
const deep = process.env['VDISKPREP_DEEP'] === '1'
const told = missing === undefined ? test : test.skip

/** What each act on a target is for; everything else has to be as it was. Fences and receipts are kept in memory: they go with the boot. */
const PURPOSE: Readonly<Partial<Record<OperationName, readonly RegExp[]>>> = {
  'Reset-VdpTokenStore': [
    /^file .*\\tokens\.dat$/,
    /^file .*\\tokens\.dat\.\w+\.bar$/,
    /^licence (key|status|reason|until)$/,
    /^office products$/,
  ],
  'Restore-VdpTokenStore': [
    /^file .*\\tokens\.dat$/,
    /^file .*\\tokens\.dat\.\w+\.bar$/,
    /^licence (key|status|reason|until)$/,
    /^office products$/,
  ],
  'Remove-VdpTokenBackup': [/^file .*\\tokens\.dat\.\w+\.bar$/],
  'Set-VdpWindowsKey': [/^licence (key|status|reason|until)$/],
  'Set-VdpKmsHost': [/^licence kms$/],
  'Invoke-VdpWindowsActivation': [/^licence (status|reason|until|kms)$/],
  'Clear-VdpSkipRearm': [/^licence skipRearm$/, /^value .*SoftwareProtectionPlatform!SkipRearm$/],
  'Invoke-VdpWindowsRearm': [/^licence (rearm|rearmsLeft)$/, /^volatile windowsRearmed$/],
  'Set-VdpOfficeKey': [/^office products$/],
  'Invoke-VdpOfficeActivation': [/^office products$/, /^licence kms$/],
  'Invoke-VdpOfficeRearm': [/^office (rearm|rearmsLeft)$/, /^volatile officeRearmed$/],
  'Invoke-VdpImaging': [/^file C:\\ProgramData\\Citrix\\ImagingWizard\\/, /^service (swprv|vss)$/],
  'Set-VdpUpdateServices': [/^service (wuauserv|UsoSvc)$/],
  'Start-VdpService': [/^service soapserver$/],
}
const RECEIPTS = /^volatile (acts|boot)$|^f\w+ C:\\ProgramData\\vdiskprep(\\acts\.json)?$/

/** After a rearm the licensing service refuses what comes next. */
const LAST = ['Invoke-VdpOfficeRearm', 'Invoke-VdpWindowsRearm']
const stays = [...targetWriters, ...serverWriters]
  .filter(({ op }) => !/-VdpComputer$/.test(op))
  .sort((a, b) => LAST.indexOf(a.op) - LAST.indexOf(b.op))
const shown = stays.filter(
  ({ op, host }) =>
    deep || (host !== 'PVS01' && ['Reset-VdpTokenStore', 'Invoke-VdpWindowsRearm', 'Set-VdpKmsHost'].includes(op)),
)

describe('an act leaves nothing on a machine but what it is for', () => {
  const found = new Map<Writer, readonly string[]>()
  beforeAll(async () => {
    if (missing !== undefined) return
    for (const wish of new Set(shown.map((one) => one.wish)))
      for (const host of new Set(shown.map((one) => one.host)))
        await inOneSession(
          shown.filter((one) => one.wish === wish && one.host === host),
          found,
        )
  }, 600_000)

  told.each(shown.map((one) => [`${one.op}, ${one.what} ${missing ?? ''}`, one] as const))('%s', (_, writer) => {
    const purpose = PURPOSE[writer.op] ?? []
    expect(found.get(writer)?.filter((name) => !RECEIPTS.test(name) && !purpose.some((one) => one.test(name)))).toEqual([])
  })

  if (!deep)
    test.skip(`the other ${String(stays.length - shown.length)} acts (skipped: VDISKPREP_DEEP=1 runs them)`, () => undefined)

  afterAll(() => {
    if (found.size > 0)
      process.stderr.write(`${String(found.size)} acts: files, registry, services and tasks compared before and after\n`)
  })
})

/** Does acts of one machine one after the other, and notes what each of them changed there. */
async function inOneSession(writers: readonly Writer[], found: Map<Writer, readonly string[]>): Promise<void> {
  const [first] = writers
  if (first === undefined) return
  const farm = await directFarm('powershell', first.wish)
  let session: Session | undefined
  let acts = 0
  const ask = async <O extends OperationName>(op: O, args: ArgsOf<O>) => {
    session ??= await farm.open(first.host, { run: '8k2', fence: 1 })
    return await session.request(op, args, operations[op].writes ? { effect: `8k2/${String((acts += 1))}` } : undefined)
  }
  const inventory = () => (first.host === 'PVS01' ? serverInventory(farm) : targetInventory(farm))
  try {
    for (const writer of writers) {
      await writer.ready(farm, ask)
      const before = inventory()
      expect({ op: writer.op, ...(await ask(writer.op, writer.args(farm) as ArgsOf<OperationName>)) }).toMatchObject({
        op: writer.op,
        is: 'facts',
      })
      found.set(writer, changed(before, inventory()))
    }
    expect(farm.unmodelled()).toEqual([])
  } finally {
    await farm.close()
  }
}
