import { describe, expect, test } from '@jest/globals'
import { awaitOff } from '../../src/procedure/steps/seal/awaitOff.ts'
import { switchToStandard } from '../../src/procedure/steps/seal/switchToStandard.ts'
import type { ActEnd } from '../../src/procedure/stage.ts'
import { healthy } from '../diagnosis/healthy-look.ts'
import { judged } from './sight.ts'

const farm = healthy()
const TASK = '7a5c0000-0000-4000-8000-000000000001'
const open = { ...farm.disk.disk, licenseMode: 2 as const, active: false, deviceCount: 0 }
const alone = { ...farm.disk.assignments[0], active: false }
const stranger = { deviceId: 'de51ce00-0000-4000-8000-000000000009', device: 'DESK-9', enabled: true, active: false, type: 0 }

/** The disk as step 8 finds it: nothing streams it, no lock. */
const disk = (change: Partial<typeof open> = {}, assignments: readonly object[] = [alone]) => ({
  ...farm.disk,
  locks: [],
  assignments,
  disk: { ...open, ...change },
})
const standard = { writeCacheType: 9 }

describe('a disk that became Standard unprepared', () => {
  const found = (seen: ReturnType<typeof disk>) =>
    judged(switchToStandard, {
      now: { tasks: {}, disk: seen, servers: farm.servers },
      granted: ['switch-again'],
    })

  test('is opened again by a decision', () => {
    expect(found(disk(standard))).toMatchObject({ is: 'act', act: { key: 'reopen', ask: { args: { writeCacheType: 0 } } } })
  })

  test('is not opened while another device may boot it: that one would take it read/write', () => {
    expect(found(disk(standard, [alone, stranger]))).toMatchObject({
      is: 'hold',
      fault: { code: 'VDISK_ASSIGNED', details: { others: ['DESK-9'] } },
    })
  })

  test('is not opened while a device streams it', () => {
    expect(found(disk({ ...standard, active: true, deviceCount: 1 }))).toMatchObject({
      is: 'hold',
      fault: { code: 'VDISK_IN_USE' },
    })
  })
})

describe('a switch that PVS goes on with as a task', () => {
  const intent = { key: 'switch-to-standard', op: 'Set-VdpDiskMode', host: 'PVS01' } as const
  const end: ActEnd = { is: 'answered', facts: { before: null, after: null, taskId: TASK } }
  const seen = (state: number, error: object | null = null) =>
    judged(switchToStandard, {
      now: {
        tasks: { [TASK]: { at: farm.disk.at, found: true, state, percent: 50, error } },
        disk: disk(standard),
        servers: farm.servers,
      },
      intent,
      end,
    })

  test('is not done while the task runs, although the disk says Standard already', () => {
    expect(seen(0)).toMatchObject({ is: 'retry' })
  })

  test('is not done when the task failed and left the disk Standard: it was not prepared', () => {
    expect(seen(3, { returnCode: 84, message: 'map failed', details: '' })).toMatchObject({
      is: 'hold',
      fault: { code: 'PVS_TASK_FAILED' },
      options: [{ name: 'switch-again' }],
    })
  })

  test('is done when the task is complete', () => {
    expect(seen(2)).toMatchObject({ is: 'done' })
  })
})

test('a clock of the PVS server that was set back begins the off dwell anew and does not prolong it', () => {
  const device = { ...farm.device.device, active: false, enabled: false }
  const now = { device: { ...farm.device, device }, disk: disk() }
  const later = new Date(Date.parse(farm.device.at) + 3_600_000).toISOString()
  expect(judged(awaitOff, { now, memory: { off: { since: later, seen: later } } })).toMatchObject({
    is: 'retry',
    learn: { off: { since: farm.device.at, seen: farm.device.at } },
  })
})
