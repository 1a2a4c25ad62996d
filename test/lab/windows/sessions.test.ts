import { setTimeout } from 'node:timers/promises'
import { afterEach, describe, expect, test } from '@jest/globals'
import { presetFarm, type PresetWish } from '../../../src/lab/farm-file/presets.ts'
import { startLab, type Lab } from '../../../src/lab/lab.ts'
import { powerOff } from '../../../src/lab/model/power.ts'
import { readAgents, readBootstrap } from '../../../src/remote/agent-files.ts'
import { bootstrapCommand } from '../../../src/remote/bootstrap.ts'
import { AGENTS_FOLDER, pwshMissing } from '../../fixtures/powershell.ts'
import { Cut, openRaw, type RawSession } from '../raw-client.ts'

const missing = pwshMissing()
const where = missing === undefined ? describe : describe.skip
const open: { close(): Promise<void> }[] = []

afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close()
})

/** A lab in real time with its master on, and a bare client that brings the shipped agents. */
async function started(wish: Partial<PresetWish> = {}) {
  const farm = presetFarm({ os: 'windows-11-23h2', office: 'ltsc-2021', speed: 20, ...wish })
  const [master, disk] = [farm.devices[0], farm.disks[0]]
  if (master) master.power = 'on'
  if (disk) disk.writeCacheType = 0
  const lab = await startLab(farm, { agents: 'powershell' })
  open.push(lab)
  const agents = {
    command: bootstrapCommand(await readBootstrap(AGENTS_FOLDER)),
    text: await readAgents(AGENTS_FOLDER, 'target'),
  }
  return { lab, session: (fence: number) => openRaw(lab, 'W11-MASTER', { fence, agents }) }
}

const imageOf = (lab: Lab) => lab.cast.master.running?.image

/** Begins to write the licence store anew and breaks the link once its service has stopped. */
async function brokenInside(lab: Lab, session: RawSession): Promise<void> {
  const { path = '', sha256 = '' } = imageOf(lab)?.tokens.file ?? {}
  const args = { folder: path.replace(/\\[^\\]+$/, ''), sha256 }
  const act = session.ask('Reset-VdpTokenStore', args, { effect: 'e1' }).catch((thrown: unknown) => thrown)
  await until(() => imageOf(lab)?.licensing.service === 'stopped')
  session.cut()
  expect(await act).toBeInstanceOf(Cut)
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await setTimeout(5)
}

const resets = (lab: Lab) => lab.ledger().filter((entry) => entry.did === 'tokens')

where(`a session that is a PowerShell process ${missing ?? ''}`, () => {
  test('tells that it is a lab, under the name of the machine, and answers with the agents that were sent', async () => {
    const { session } = await started()
    const { welcome } = await session(1)
    expect(welcome).toMatchObject({ computer: 'W11-MASTER', culture: 'en-US', lab: { speed: 20, world: { d302: 'all' } } })
  })

  test('when its link breaks, the act goes on to its end; the receipt tells', async () => {
    const { lab, session } = await started({ world: { linkLossKillsAct: 'no' } })
    await brokenInside(lab, await session(1))
    await until(() => resets(lab).length === 1)
    const again = await session(2)
    const told = async () => (await again.ask('Get-VdpTargetState', { parts: ['service'] })).act.receipts[0]
    let receipt = await told()
    while (receipt?.ended === null) receipt = await told()
    expect(receipt).toMatchObject({ effect: 'e1', op: 'Reset-VdpTokenStore', error: null })
  })

  test('in the other world its end is the end of the act, and the store stays renamed', async () => {
    const { lab, session } = await started({ world: { linkLossKillsAct: 'yes' } })
    await brokenInside(lab, await session(1))
    const answer = await (await session(2)).ask('Get-VdpTargetState', { parts: ['service'] })
    expect(answer).toMatchObject({ service: { state: 'stopped' }, act: { receipts: [{ ended: null, alive: false }] } })
    expect(resets(lab)).toEqual([])
  })

  test('a machine that goes down takes it along, and what agents left in memory is gone after the boot', async () => {
    const { lab, session } = await started({ speed: 600 })
    const first = await session(7)
    powerOff(lab.model, lab.cast.master, true)
    expect(await first.ended).toBeNull()
    await until(() => lab.cast.master.running === null)
    await until(() => lab.cast.master.running !== null)
    const second = await session(1)
    expect(second.welcome.fence).toBe(1)
    expect(second.welcome.boot).not.toBe(first.welcome.boot)
  })

  test('a session of an older fence is refused while a newer one stands', async () => {
    const { session } = await started()
    await session(5)
    await expect(session(4)).rejects.toMatchObject({ error: { kind: 'fenced' } })
  })
})

test.each([
  ['that is not there', '/nowhere/pwsh', 'no program /nowhere/pwsh'],
  ['that is no PowerShell', process.execPath, expect.stringContaining('does not start: ')],
])('a lab with a PowerShell %s says so', async (_title, program, message) => {
  const before = process.env['VDISKPREP_PWSH']
  process.env['VDISKPREP_PWSH'] = program
  try {
    const farm = presetFarm({ os: 'windows-7' })
    await expect(startLab(farm, { agents: 'powershell' })).rejects.toMatchObject({ name: 'NoPowershell', message })
  } finally {
    if (before === undefined) delete process.env['VDISKPREP_PWSH']
    else process.env['VDISKPREP_PWSH'] = before
  }
})
