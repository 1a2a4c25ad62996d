import { expect, test } from '@jest/globals'
import { emptyMemory } from '../../src/procedure/memory.ts'
import { openVersion } from '../../src/procedure/steps/createVDisk/openVersion.ts'
import { restore } from '../../src/procedure/steps/restore/restore.ts'
import type { Undo } from '../../src/procedure/undo.ts'
import type { Plan } from '../../src/workflow/plan.ts'
import { healthy } from '../diagnosis/healthy-look.ts'
import { judged } from './sight.ts'

const farm = healthy()
const { guid } = farm.disk.disk
const made: Undo = { key: 'made-disk', is: 'madeDisk' }
const kmsHost: Undo = { key: 'kms-host', is: 'kmsHost', host: 'W11-MASTER', machine: null, port: null }
const now = { disk: farm.disk, devices: {}, target: {}, tasks: {} }

test('a disk that is there although this run never saw its own made is not called its own: a person may delete another one', () => {
  const verdict = judged(restore, { now, memory: { undo: [made] } })
  const [says = ''] = verdict.is === 'done' ? (verdict.learn?.remains ?? []) : []
  expect(says).toContain('is not known')
  expect(says).not.toContain('-DeleteDiskFile')
  expect(judged(restore, { now, memory: { undo: [made], made: guid } })).toMatchObject({
    learn: { remains: [expect.stringContaining(`Remove-PvsDiskLocator -Guid ${guid} -DeleteDiskFile`)] },
  })
})

test('a KMS host that stays in the image of a silent target is told at the end', () => {
  expect(judged(restore, { now, memory: { undo: [kmsHost] } })).toMatchObject({
    learn: { undo: [], remains: [expect.stringContaining('stays in the image')] },
  })
})

test('a version in maintenance is not taken for our own, nor deleted at the end, when PVS refused to make ours', () => {
  const plan: Plan = {
    ...farm.plan,
    scenario: 'maintenance-version',
    vdisk: { ...farm.plan.vdisk, create: 'maintenance-version' },
  }
  const disk = { ...farm.disk, versions: [...farm.disk.versions, { ...farm.disk.versions[0], version: 1, access: 1 }] }
  const undo: Undo = { key: 'version', is: 'version', guid, version: 1 }
  const refused = { is: 'refused', fault: { code: 'PVS_ERROR', details: { code: 160 } } } as const
  const intent = { key: 'new-version', baseline: 0 }
  expect(judged(openVersion, { plan, now: { disk }, intent, end: refused })).toMatchObject({
    is: 'hold',
    fault: { code: 'PVS_ERROR' },
  })
  expect(judged(restore, { plan, now: { ...now, disk }, memory: { undo: [undo] } })).toMatchObject({
    learn: { undo: [], remains: [expect.stringContaining('whether this run made it is not known')] },
  })
  expect(judged(restore, { plan, now: { ...now, disk }, memory: { undo: [undo], version: 1 } })).toMatchObject({
    is: 'act',
    act: { ask: { op: 'Undo-VdpVersion' } },
  })
})

test('a device kept off the disk gets it back only while the image is untouched; later that is the release', () => {
  const deviceId = 'de51ce00-0000-4000-8000-000000000009'
  const undo: Undo = { key: 'device-disk:9', is: 'deviceDisk', deviceId, device: 'DESK-9', guid }
  const closed = { ...now, disk: { ...farm.disk, locks: [], disk: { ...farm.disk.disk, writeCacheType: 9, active: false } } }
  expect(judged(restore, { now: closed, memory: { undo: [undo] } })).toMatchObject({
    is: 'act',
    act: { ask: { op: 'Set-VdpDeviceDisk', args: { deviceId, enabled: true } } },
  })
  expect(judged(restore, { now: closed, memory: { undo: [undo], touched: true } })).toMatchObject({
    is: 'done',
    learn: { undo: [], remains: [expect.stringContaining('DESK-9 stays disabled for this disk')] },
  })
})

test.each([
  ['the image was changed and is open', { touched: true }, /stays open in Private mode .* vdiskprep plan /],
  ['a rearm was spent', { touched: true, office: { rearmed: true } }, /a spent rearm among it/],
  ['a mount could not be let go of', { ownMount: 'PVS01' }, /mounted .* on PVS01 .* vdiskprep doctor .* --only mount/],
])('an end that leaves something in place never says that everything is as it was: %s', (_title, memory, says) => {
  const open = { ...now, disk: { ...farm.disk, disk: { ...farm.disk.disk, writeCacheType: 0 } } }
  const because = told(open, memory)
  expect(because).toMatch(says)
  expect(because).toContain('the rest is as it was before the run')
  expect(because).not.toContain('everything is as it was')
  expect(told(open, { ...memory, sealed: { at: '2026-11-02T12:00:00Z', diskGuid: guid } })).toBe('nothing to put back')
})

test('what stays is told of a run whose PVS server is silent as well', () => {
  const silent = { code: 'HOST_UNREACHABLE', details: { host: 'PVS01', why: 'timed out' } } as const
  expect(judged(restore, { now: {}, missing: { disk: silent }, memory: { touched: true } })).toMatchObject({
    because: expect.arrayContaining([expect.stringContaining('stays open in Private mode')]),
  })
})

function told(seen: unknown, memory: object): string {
  const verdict = judged(restore, {
    now: seen,
    memory: { ...memory, office: { ...emptyMemory.office, ...('office' in memory ? (memory.office as object) : {}) } },
  })
  return 'because' in verdict ? [verdict.because].flat().join('; ') : ''
}
