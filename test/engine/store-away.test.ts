import { afterAll, describe, expect, test } from '@jest/globals'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { resumeRun } from '../../src/engine/begin.ts'
import { drive } from '../../src/engine/drive.ts'
import { openStore } from '../../src/store/sqlite/open.ts'
import { database, loaded, names, worldOf } from './rim.ts'
import { facts, scriptedHosts } from './scripted-hosts.ts'
import { intended, maria, standing, stored, wanting } from './standing.ts'

const folder = mkdtempSync(join(tmpdir(), 'vdp-away-'))
afterAll(() => rmSync(folder, { recursive: true }))

const PLACE = 'rearmWindows.rearmWindows'
const ask = { host: 'W11-MASTER', op: 'Invoke-VdpWindowsRearm', args: {} }
const acting = standing({
  place: PLACE,
  inner: 'acting',
  stage: { phase: 'confirm', intent: intended(PLACE, 'rearm-windows'), verdict: wanting('rearm-windows') },
  context: { begun: { 'rearm-windows': 1 } },
  effects: [{ id: '1.1', kind: 'act', input: { place: PLACE, effect: 'rearm', ask }, state: 'pending', fence: null }],
})

/** Drives the run while another program takes the whole database in the middle of the act, and gives it back when told to. */
async function driveBeside(path: string, patienceMs: number, hold: (release: () => void) => void) {
  const store = openStore(path, { patienceMs })
  await stored(store, acting)
  const other = new DatabaseSync(path)
  const hosts = scriptedHosts({
    'Invoke-VdpWindowsRearm': () => {
      other.exec('begin exclusive')
      hold(() => other.exec('rollback'))
      return facts({})
    },
    'Get-VdpTargetState': () => facts({ act: { fence: 1, receipts: [] } }),
  })
  const world = worldOf(store, hosts)
  const own = await resumeRun(world, names('one'), 'k7w2m', maria)
  const end = await drive(world, own, maria, new AbortController().signal).catch((thrown: unknown) => thrown)
  other.close()
  await store.close()
  return { end, rearms: hosts.asked.filter(({ op }) => op === ask.op).length }
}

describe('another program that holds the store while an act is under way', () => {
  test('for three seconds delays the run and nothing else', async () => {
    const began = performance.now()
    const { end, rearms } = await driveBeside(join(folder, 'three.db'), 30_000, (release) => void setTimeout(release, 3000))
    expect([end, rearms]).toEqual(['waiting', 1])
    expect(performance.now() - began).toBeGreaterThanOrEqual(3000)
  })

  test('for longer than the run waits stops it, says which act is in doubt, and leaves that act as begun', async () => {
    const path = join(folder, 'long.db')
    const { end, rearms } = await driveBeside(path, 300, () => undefined)
    expect(end).toMatchObject({
      code: 'STORE_BUSY',
      details: { doubt: 'Invoke-VdpWindowsRearm on W11-MASTER, whose receipt a resume asks for' },
    })
    expect(rearms).toBe(1)
    expect((await loaded(database(path))).effects).toMatchObject([{ kind: 'act', state: 'started' }])
  })
})
