import { afterAll, describe, expect, test } from '@jest/globals'
import type { FarmFile } from '../../../src/lab/farm-file/schema.ts'
import { pwshMissing } from '../../fixtures/powershell.ts'
import { SERVER } from './server-steps.ts'
import { twoFronts, type Side, type TwoFronts } from './two-fronts.ts'

const missing = pwshMissing()
const where = missing === undefined ? describe : describe.skip

type Faults = NonNullable<FarmFile['faults']>

/** Faults of the farm that a server's answers depend on; those that only a running machine shows are in the comparison of whole runs. */
const single: readonly Faults[number][] = [
  { fault: 'missing-driver' },
  { fault: 'missing-privilege' },
  { fault: 'missing-privilege', service: 'soapserver' },
  { fault: 'privilege-not-restarted' },
  { fault: 'soap-down' },
  { fault: 'key-login-refused' },
  { fault: 'access-denied' },
  { fault: 'mount-left-behind' },
  { fault: 'mount-sticks' },
  { fault: 'foreign-mount' },
  { fault: 'crashed-device-lock' },
  { fault: 'mode-change-as-task' },
  { fault: 'mode-task-lies' },
  { fault: 'duplicate-disk-names' },
  { fault: 'stale-replica' },
  { fault: 'replica-damaged' },
  { fault: 'full-store' },
  { fault: 'assigned-to-others' },
  { fault: 'disk-in-use' },
  { fault: 'disk-has-versions' },
  { fault: 'other-operator' },
  { fault: 'wrong-disk-booted' },
  { fault: 'slow-host', host: SERVER, value: 3 },
]

/** Without VDISKPREP_DEEP=1 only some of those that change what acts answer. */
const SHORT = ['access-denied', 'soap-down', 'foreign-mount', 'mode-change-as-task and mount-sticks']
const deep = process.env['VDISKPREP_DEEP'] === '1'
const cases: readonly (readonly [string, Faults])[] = [
  ...single.map((one) => [[one.fault, one.service ?? ''].join(' ').trim(), [one]] as readonly [string, Faults]),
  ['mode-change-as-task and mount-sticks', [{ fault: 'mode-change-as-task' }, { fault: 'mount-sticks' }]],
]

where(`a PVS server under the faults of the lab, on both fronts ${missing ?? ''}`, () => {
  const open = new Set<TwoFronts>()
  afterAll(() => Promise.all([...open].map((one) => one.close())))

  for (const [name] of cases)
    if (!deep && !SHORT.includes(name)) test.skip(`${name} (skipped: VDISKPREP_DEEP=1 runs it)`, () => undefined)

  test.each(cases.filter(([name]) => deep || SHORT.includes(name)))(
    '%s: the same answers, the same deeds',
    async (_, faults) => {
      const farm = await twoFronts({ os: 'windows-11-23h2', faults })
      open.add(farm)
      const [here, there] = await farm.both((side) => side.welcome(SERVER))
      expect(there).toEqual(here)
      for (const ask of typeof here === 'string' ? [] : round) {
        const [builtIn, shipped] = await farm.both(ask)
        expect(shipped).toEqual(builtIn)
      }
      const [builtIn, shipped] = farm.ledgers()
      expect(shipped).toEqual(builtIn)
      expect(farm.sides[1].farm.unmodelled()).toEqual([])
      open.delete(farm)
      await farm.close()
    },
    120_000,
  )
})

const guid = (side: Side) => side.farm.disk.guid
const mode = (side: Side, from: number, to: number) =>
  side.ask(SERVER, 'Set-VdpDiskMode', { guid: guid(side), expectedType: from, writeCacheType: to, writeCacheSizeMiB: 4096 })
const task = async (side: Side) => {
  await side.pass(2)
  return side.ask(SERVER, 'Get-VdpTask', { taskId: side.farm.model.tasks.at(-1)?.id ?? '1' })
}

/** One round of everything that changes a disk or a mount. */
const round: readonly ((side: Side) => Promise<unknown>)[] = [
  (side) => side.ask(SERVER, 'Get-VdpServerState', {}),
  (side) => side.ask(SERVER, 'Get-VdpDiskState', { site: 'Main', store: 'Store1', name: side.farm.disk.name }),
  (side) => side.ask(SERVER, 'Get-VdpDeviceState', { name: side.farm.master.name }),
  (side) => mode(side, 9, 0),
  task,
  (side) => side.ask(SERVER, 'Set-VdpLicenseMode', { guid: guid(side), licenseMode: 2 }),
  (side) => side.ask(SERVER, 'Test-VdpMount', { guid: guid(side) }),
  (side) => mode(side, 0, 9),
  task,
  (side) => side.ask(SERVER, 'Dismount-VdpDisk', { guid: guid(side) }),
  (side) =>
    side.ask(SERVER, 'Unlock-VdpDisk', { guid: guid(side), ownerId: side.farm.disk.locks[0]?.ownerId ?? side.farm.master.id }),
  (side) => side.ask(SERVER, 'New-VdpMaintenanceVersion', { guid: guid(side) }),
  (side) => side.ask(SERVER, 'Undo-VdpVersion', { guid: guid(side), version: side.farm.disk.versions.at(-1)?.version ?? 1 }),
  (side) => side.ask(SERVER, 'Set-VdpSealRecord', { guid: guid(side), text: 'sealed' }),
  (side) =>
    side.ask(SERVER, 'Connect-VdpDevice', {
      ...{ deviceId: side.farm.master.id, assign: guid(side), unassign: null, bootFrom: 2, type: null, enabled: null },
    }),
  (side) => side.ask(SERVER, 'Invoke-VdpHook', { script: 'robocopy a b', parameters: {}, timeoutSeconds: 60, beside: '' }),
  (side) => side.ask(SERVER, 'Get-VdpDiskState', { guid: guid(side) }),
]
