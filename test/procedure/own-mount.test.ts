import { describe, expect, test } from '@jest/globals'
import { judgeMount, SWITCH, TRIAL } from '../../src/procedure/steps/seal/own-mount.ts'
import type { ActEnd } from '../../src/procedure/stage.ts'
import { emptyMemory, type DiskMemory } from '../../src/procedure/memory.ts'
import { healthy } from '../diagnosis/healthy-look.ts'

const farm = healthy()
const { guid, name } = farm.disk.disk
const disk: DiskMemory = {
  ...{ guid, name, writeCacheType: 9, writeCacheSizeMiB: 4096, licenseMode: 2, serverName: null, sealedBefore: false },
  sealAs: null,
}
const refused = (returnCode: number): ActEnd => ({ is: 'refused', fault: { code: 'PVS_ERROR', details: { returnCode } } })
const answered: ActEnd = { is: 'answered', facts: { after: { ...farm.servers.PVS01, mounted: { guid, name } } } }

interface Case {
  readonly key?: string
  readonly end?: ActEnd
  readonly server?: string
  readonly mounted?: string
  readonly ownMount?: string
  readonly granted?: readonly string[]
}

function judged({ key, end = refused(88), server = 'PVS01', mounted = guid, ownMount, granted = [] }: Case) {
  const intent = { key: key ?? '', effect: 'e1', what: 'an act', host: server, op: 'Test-VdpMount', baseline: null } as const
  return judgeMount(
    { server, guid: mounted, name },
    {
      plan: farm.plan,
      memory: { ...emptyMemory, disk, ownMount: ownMount ?? null },
      intent: key === undefined ? null : intent,
      end: key === undefined ? null : end,
      granted,
    },
  )
}

describe('a mounted disk', () => {
  test.each<[string, Case]>([
    ['PVS could not unmap what the trial mounted', { key: TRIAL }],
    ['PVS could not unmap what the switch mounted', { key: SWITCH }],
    ['the answer of the trial shows it mounted', { key: TRIAL, end: answered }],
    ['the run remembers its own mount on that server', { ownMount: 'PVS01' }],
  ])('may be dismounted by a decision where %s', (_, one) => {
    expect(judged(one)).toMatchObject({
      is: 'hold',
      fault: { code: 'MOUNT_LEFT_BEHIND' },
      options: [{ name: 'dismount' }],
      learn: { ownMount: 'PVS01' },
    })
    expect(judged({ ...one, granted: ['dismount'] })).toMatchObject({
      is: 'act',
      act: { ask: { op: 'Dismount-VdpDisk', args: { guid } }, uses: 'dismount' },
    })
  })

  test('is dismounted again by a decision after PVS refused the first time', () => {
    const again = { key: 'dismount', ownMount: 'PVS01', granted: ['dismount'] }
    expect(judged(again)).toMatchObject({ is: 'act', act: { ask: { op: 'Dismount-VdpDisk' } } })
  })

  test.each<[string, Case]>([
    ['nothing was begun', {}],
    ['it was mounted already when ours was asked for', { key: TRIAL, end: refused(199) }],
    ['the slot was taken when ours was asked for', { key: TRIAL, end: refused(85) }],
    [
      'the answer was lost: somebody may have been faster',
      { key: TRIAL, end: { is: 'settled', receipt: 'unfinished', result: null } },
    ],
    ['our own mount was on another server', { ownMount: 'PVS02' }],
    ['our act ran on another server', { key: TRIAL, server: 'PVS02' }],
    ['it is another disk', { key: TRIAL, mounted: '0d15c000-0000-4000-8000-0000000000ff' }],
  ])('is never dismounted, not even by a decision, where %s', (_, one) => {
    expect(judged({ ...one, granted: ['dismount'] })).toMatchObject({ is: 'hold', fault: { code: 'MOUNT_FOREIGN' }, options: [] })
  })
})
