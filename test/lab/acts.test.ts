import { afterEach, describe, expect, test } from '@jest/globals'
import { startLab, type Lab } from '../../src/lab/lab.ts'
import { presetFarm, type PresetWish } from '../../src/lab/farm-file/presets.ts'
import { Cut, openRaw } from './raw-client.ts'

const w11 = { os: 'windows-11-23h2', office: 'ltsc-2021' } as const
const labs: Lab[] = []

async function running(wish: Partial<PresetWish> = {}): Promise<Lab> {
  const farm = presetFarm({ ...w11, ...wish })
  Object.assign(farm.devices[0] ?? {}, { power: 'on' })
  Object.assign(farm.disks[0] ?? {}, { writeCacheType: 0 })
  const started = await startLab(farm)
  labs.push(started)
  return started
}

afterEach(async () => {
  await Promise.all(labs.splice(0).map((one) => one.close()))
})

/** Polls the receipts of the master through a session of its own until they are as wanted. */
async function receiptWhere(farm: Lab, wanted: (row: { ended: string | null; alive: boolean }) => boolean, fence = 2) {
  const session = await openRaw(farm, 'W11-MASTER', { fence })
  for (;;) {
    const { act } = await session.ask('Get-VdpTargetState', { parts: ['boot'] })
    const row = act.receipts.at(-1)
    if (row && wanted(row)) {
      await session.close()
      return row
    }
  }
}

describe('acts', () => {
  test('an act leaves a receipt with effect, fence, times and pid; a failed one carries its error', async () => {
    const farm = await running()
    const session = await openRaw(farm, 'W11-MASTER', { fence: 7 })
    await session.ask('Invoke-VdpWindowsRearm', {}, { effect: '8k2/rearmWindows/1' })
    await expect(session.ask('Invoke-VdpWindowsRearm', {}, { effect: '8k2/rearmWindows/2' })).rejects.toMatchObject({
      error: { hresult: '0xC004D302' },
    })
    const { act } = await session.ask('Get-VdpTargetState', { parts: ['boot'] })
    expect(act.fence).toBe(7)
    expect(act.receipts).toMatchObject([
      { effect: '8k2/rearmWindows/1', op: 'Invoke-VdpWindowsRearm', fence: 7, alive: true, error: null },
      { effect: '8k2/rearmWindows/2', error: 'The trusted data store was rearmed.' },
    ])
    expect(Date.parse(act.receipts[0]?.ended ?? '')).toBeGreaterThan(Date.parse(act.receipts[0]?.started ?? ''))
    await session.close()
    expect((await receiptWhere(farm, (row) => !row.alive, 7)).ended).not.toBeNull()
  })

  test('an older fence is refused before it acts, and a new connection under it is refused at hello', async () => {
    const farm = await running()
    const old = await openRaw(farm, 'W11-MASTER', { fence: 1 })
    const fresh = await openRaw(farm, 'W11-MASTER', { fence: 2 })
    await expect(old.ask('Invoke-VdpWindowsRearm', {}, { effect: 'a' })).rejects.toMatchObject({ error: { kind: 'fenced' } })
    expect(farm.ledger('W11-MASTER').rearms).toEqual([])
    await expect(openRaw(farm, 'W11-MASTER', { fence: 1 })).rejects.toMatchObject({ error: { kind: 'fenced' } })
    expect((await old.ask('Get-VdpTargetState', { parts: ['boot'] })).act.fence).toBe(2)
    await Promise.all([old.close(), fresh.close()])
  })

  test('fences are counted per run: another run on the same server begins at its own', async () => {
    const farm = await running()
    const guid = farm.cast.disk.guid
    const one = await openRaw(farm, 'PVS01', { run: 'aaa', fence: 9 })
    const two = await openRaw(farm, 'PVS01', { run: 'bbb', fence: 1 })
    await two.ask('Set-VdpSealRecord', { guid, text: 'two' }, { effect: 'bbb/1' })
    expect((await one.ask('Get-VdpServerState', {})).act.fence).toBe(9)
    await Promise.all([one.close(), two.close()])
  })

  test('one act at a time: the second waits for the first, and reads go on meanwhile', async () => {
    const farm = await running({ speed: 100 })
    const { guid } = farm.cast.disk
    const sessions = await Promise.all([1, 2, 3].map(() => openRaw(farm, 'PVS01')))
    const [one, two, reader] = sessions
    const first = one?.ask('Set-VdpSealRecord', { guid, text: 'one' }, { effect: 'one' })
    const second = two?.ask('Set-VdpSealRecord', { guid, text: 'two' }, { effect: 'two' })
    await reader?.ask('Get-VdpServerState', {})
    await Promise.all([first, second])
    const { act } = (await reader?.ask('Get-VdpServerState', {})) ?? {}
    const [a, b] = act?.receipts ?? []
    expect(Date.parse(b?.started ?? '')).toBeGreaterThanOrEqual(Date.parse(a?.ended ?? ''))
    await Promise.all(sessions.map((session) => session.close()))
  })

  test('an act goes on to its end when its client dies, and the receipt says so', async () => {
    const farm = await running({ speed: 2 })
    const session = await openRaw(farm, 'W11-MASTER')
    const lost = session.ask('Invoke-VdpWindowsRearm', {}, { effect: 'rearm' })
    expect(await receiptWhere(farm, () => true)).toMatchObject({ effect: 'rearm', ended: null, alive: true })
    session.cut()
    await expect(lost).rejects.toThrow(Cut)
    expect(await receiptWhere(farm, (row) => row.ended !== null)).toMatchObject({ alive: false, error: null })
    expect(farm.ledger('W11-MASTER').rearms).toEqual([{ product: 'Windows', effective: true }])
  })

  test('in world linkLossKillsAct: yes the act dies with its client: no end, nobody alive, nothing done', async () => {
    const farm = await running({ speed: 20, world: { linkLossKillsAct: 'yes' } })
    const session = await openRaw(farm, 'W11-MASTER')
    const lost = session.ask(
      'Invoke-VdpHook',
      { script: 'Start-Sleep 600', parameters: {}, timeoutSeconds: 900 },
      { effect: 'hook' },
    )
    await receiptWhere(farm, () => true)
    session.cut()
    await expect(lost).rejects.toThrow(Cut)
    expect(await receiptWhere(farm, (row) => !row.alive)).toMatchObject({ effect: 'hook', ended: null })
    expect(farm.ledger('W11-MASTER').entries.filter((one) => one.did === 'hook')).toEqual([])
  })

  test.each([
    ['link-lost-before-act', [], []],
    ['link-lost-after-act', [{ product: 'Windows', effective: true }], ['rearm']],
  ])('%s: the ledger and the receipts tell what happened', async (fault, rearms, effects) => {
    const farm = await running({ faults: [{ fault }] })
    const session = await openRaw(farm, 'W11-MASTER')
    await expect(session.ask('Invoke-VdpWindowsRearm', {}, { effect: 'rearm' })).rejects.toThrow(Cut)
    const again = await openRaw(farm, 'W11-MASTER', { fence: 2 })
    const { act } = await again.ask('Get-VdpTargetState', { parts: ['boot'] })
    expect(act.receipts.map((one) => one.effect)).toEqual(effects)
    expect(farm.ledger('W11-MASTER').rearms).toEqual(rearms)
    await again.close()
  })

  test('the agent does not remember for its caller: the same effect asked again acts again', async () => {
    const farm = await running()
    const { guid } = farm.cast.disk
    const session = await openRaw(farm, 'PVS01')
    await session.ask('Set-VdpSealRecord', { guid, text: 'x' }, { effect: 'same' })
    await session.ask('Set-VdpSealRecord', { guid, text: 'y' }, { effect: 'same' })
    expect(farm.ledger('PVS01').entries.filter((one) => one.did === 'seal-record')).toHaveLength(2)
    await session.close()
  })

  test('a writer without effect, arguments that do not fit, and operations of another host are refused by kind', async () => {
    const farm = await running()
    const session = await openRaw(farm, 'PVS01')
    const { guid } = farm.cast.disk
    await expect(session.ask('Set-VdpSealRecord', { guid, text: 'x' })).rejects.toMatchObject({ error: { kind: 'arguments' } })
    await expect(session.ask('Get-VdpTask', { taskId: 'none' })).rejects.toMatchObject({ error: { kind: 'arguments' } })
    await expect(session.ask('Invoke-VdpWindowsRearm', {}, { effect: 'x' })).rejects.toMatchObject({ error: { kind: 'missing' } })
    await session.close()
  })

  test("a target's receipts and fence are gone with its boot; those of a PVS server stay", async () => {
    const farm = await running()
    const session = await openRaw(farm, 'W11-MASTER', { fence: 5 })
    const back = new Promise<void>((resolve) => {
      farm.model.onPower.push((_, up) => {
        if (up) resolve()
      })
    })
    await session.ask('Restart-VdpComputer', { reason: 'test' }, { effect: 'restart' })
    await back
    const again = await openRaw(farm, 'W11-MASTER', { fence: 1 })
    expect(again.welcome.boot).not.toBe(session.welcome.boot)
    expect((await again.ask('Get-VdpTargetState', { parts: ['boot'] })).act).toEqual({ fence: 1, receipts: [] })
    await again.close()
  })
})
