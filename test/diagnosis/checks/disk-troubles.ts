import type { Draft } from '../healthy-look.ts'
import { trouble, type Trouble } from './troubles.ts'

const unread = { unknown: 'access denied' }
const ON_01 = { host: 'PVS01' } as const
const OTHER = 'de51ce00-0000-4000-8000-0000000000ff'

const noDisk = (look: Draft) => ({ look: { disk: { ...look.disk, found: 0, disk: undefined } } })
const deviceUnread = {
  look: { device: null, missing: { device: { code: 'HOST_UNREACHABLE', details: { host: 'PVS01', why: 'timed out' } } } },
} as const
const version = (n: number, access: number) => ({
  version: n,
  access,
  type: 1,
  isPending: false,
  deviceCount: 0,
  goodInventory: true,
  description: '',
  createdAt: '2026-10-01T00:00:00Z',
})
const standard = (look: Draft) => Object.assign(look.disk.disk, { writeCacheType: 9, licenseMode: 2 })

/** Everything that can be wrong with the vDisk. */
export const diskTroubles: readonly Trouble[] = [
  trouble('disk.found', 'there is none', noDisk, 'fail', /no vDisk W11-Office in store Store1 of site Site/, ON_01),
  trouble(
    'disk.found',
    'PVS knows none',
    () => ({ look: { disk: null, missing: { disk: { code: 'VDISK_NOT_FOUND', details: {} } } } }),
    'fail',
    /no vDisk W11-Office/,
    ON_01,
  ),
  trouble(
    'disk.found',
    'the name of the disk to be made is taken',
    (look) => void Object.assign(look.plan.vdisk, { create: 'imaging-wizard', sizeMiB: 81_920 }),
    'fail',
    /is in store Store1 already/,
    ON_01,
  ),
  trouble(
    'disk.found',
    'there are two',
    (look) => ({ look: { disk: { ...look.disk, found: 2, disk: undefined } } }),
    'fail',
    /2 vDisks answer/,
    ON_01,
  ),
  trouble(
    'disk.found',
    'PVS does not answer',
    () => ({ look: { disk: null, missing: { disk: { code: 'HOST_UNREACHABLE', details: { why: 'timed out' } } } } }),
    'unknown',
    /PVS01 cannot be reached/,
    ON_01,
  ),
  trouble(
    'disk.access',
    'only the clones are looked at and it is open',
    (look) => (look.plan.scenario = 'verify-only'),
    'fail',
    /not sealed/,
    ON_01,
  ),
  trouble(
    'disk.access',
    'a version is wanted and it is open',
    (look) => (look.plan.scenario = 'maintenance-version'),
    'fail',
    /code 159/,
    ON_01,
  ),
  trouble(
    'disk.access',
    'the cache in RAM has no size',
    (look) => Object.assign(look.disk.disk, { writeCacheType: 3, writeCacheSizeMiB: 0 }),
    'fail',
    /type 3 needs a size/,
    ON_01,
  ),
  trouble(
    'disk.access',
    'the type has no published meaning',
    (look) => (look.disk.disk.writeCacheType = 2),
    'unknown',
    /no meaning is published/,
    ON_01,
  ),
  trouble(
    'disk.licenceMode',
    'a sealed disk was never set to KMS',
    (look) => {
      standard(look).licenseMode = 0
      look.plan.scenario = 'verify-only'
    },
    'fail',
    /None \(0\); sealed for KMS it would be 2/,
    ON_01,
  ),
  trouble(
    'disk.licenceMode',
    'it is set to MAK',
    (look) => (look.disk.disk.licenseMode = 1),
    'warn',
    /Multiple Activation Key \(1\); the seal sets 2/,
    ON_01,
  ),
  trouble('disk.enabled', 'it is disabled', (look) => (look.disk.disk.enabled = false), 'warn', /W11-Office is disabled/, ON_01),
  trouble(
    'mount.disk',
    'a server has it mounted',
    (look) => (look.disk.disk.mapped = true),
    'fail',
    /mounted on a server/,
    ON_01,
  ),
  trouble('disk.autoUpdate', 'it is on', (look) => (look.disk.disk.autoUpdate = true), 'warn', /is on/, ON_01),
  trouble(
    'disk.locks',
    'another machine writes to the open disk',
    (look) => look.disk.locks.push({ exclusive: true, readOnly: false, ownerKind: 'device', ownerId: OTHER, ownerName: 'W11-X' }),
    'fail',
    /W11-X has W11-Office open read\/write/,
    ON_01,
  ),
  trouble(
    'disk.locks',
    'a server holds it',
    (look) => (look.disk.locks = [{ exclusive: true, readOnly: false, ownerKind: 'server', ownerId: OTHER, ownerName: 'PVS02' }]),
    'fail',
    /locked by PVS02 \(server, exclusive\)/,
    ON_01,
  ),
  trouble(
    'disk.locks',
    'the prep device left its own behind',
    (look) => (look.device.device.active = false),
    'warn',
    /off and still holds its lock/,
    { ...ON_01, remedy: /Unlock-PvsDisk -Name "W11-Office" -SiteName "Site" -StoreName "Store1" -OwnerId/ },
  ),
  trouble(
    'disk.locks',
    'the owner cannot be compared',
    () => deviceUnread,
    'unknown',
    /the record of W11-MASTER is not known/,
    ON_01,
  ),
  trouble(
    'disk.streaming',
    'clones run from it',
    (look) => {
      look.disk.disk.deviceCount = 3
      look.disk.assignments.push({ deviceId: OTHER, device: 'W11-P07', enabled: true, active: true, type: 0 })
    },
    'fail',
    /2 devices stream W11-Office: W11-P07/,
    ON_01,
  ),
  trouble('disk.streaming', 'whose stream it is cannot be told', () => deviceUnread, 'unknown', /not known/, ON_01),
  trouble(
    'disk.assigned',
    'another device may boot it',
    (look) => look.disk.assignments.push({ deviceId: OTHER, device: 'W11-P07', enabled: true, active: false, type: 0 }),
    'fail',
    /assigned to W11-P07 besides W11-MASTER/,
    { ...ON_01, remedy: /copy/ },
  ),
  trouble(
    'disk.assigned',
    'another device may boot it, in place',
    (look) => {
      look.plan.vdisk.open = 'in-place'
      look.disk.assignments.push({ deviceId: OTHER, device: 'W11-P07', enabled: true, active: false, type: 0 })
    },
    'warn',
    /disabled for it until the release/,
    ON_01,
  ),
  trouble('disk.assigned', 'the devices cannot be compared', () => deviceUnread, 'unknown', /not known/, ON_01),
  trouble(
    'disk.files',
    'one .pvp is another one',
    ({ files }) => Object.assign(files['PVS02']?.files[0] ?? {}, { sha256: 'cd34' }),
    'warn',
    /W11-Office\.pvp differs by hash: PVS01 \/ PVS02/,
    ON_01,
  ),
  trouble(
    'disk.files',
    'one vDisk file is of another day',
    ({ files }) => Object.assign(files['PVS02']?.files[1] ?? {}, { modified: '2026-10-01T00:00:00.000Z' }),
    'warn',
    /W11-Office\.vhdx differs by size or time/,
    ON_01,
  ),
  trouble(
    'disk.files',
    'one .pvp is missing',
    ({ files }) => void files['PVS02']?.files.shift(),
    'warn',
    /W11-Office\.pvp is missing on PVS02/,
    ON_01,
  ),
  trouble(
    'disk.files',
    'PVS itself knows that the copy is old',
    (look) => {
      look.disk.inventory = look.disk.inventory.map((one) => (one.server === 'PVS02' ? { ...one, state: 2 } : one))
    },
    'unknown',
    /because of disk\.replicas: no second copy/,
    ON_01,
  ),
  trouble(
    'disk.files',
    'a server did not tell',
    ({ files: { PVS01 } }) => ({
      look: { files: { PVS01 }, missing: { 'files.PVS02': { code: 'HOST_UNREACHABLE', details: { why: 'x' } } } },
    }),
    'unknown',
    /PVS02 cannot be reached/,
    ON_01,
  ),
  trouble(
    'disk.changes',
    'a colleague is at work',
    (look) =>
      (look.disk.recentChanges = [{ at: '2026-11-02T11:30:00Z', by: 'HQ\\maria', action: 'SetDisk', object: 'W11-Office' }]),
    'warn',
    /SetDisk by HQ\\maria at 2026-11-02T11:30:00Z/,
    ON_01,
  ),
  ...(['HQ\\svc-run', 'HQ\\maria'] as const).map((by) =>
    trouble(
      'disk.changes',
      `a run of ours was at work, and ${by}`,
      (look) => {
        const change = (at: string, who: string) => ({ at, by: who, action: 'SetDisk', object: 'W11-Office' })
        look.disk.recentChanges = [change('2026-11-02T11:30:00Z', 'HQ\\svc-run'), change('2026-11-02T11:31:00Z', by)]
        const from = Date.parse('2026-11-02T11:29:30Z')
        return { look: { own: [{ run: '8k2', from, to: from + 60_000 }] } }
      },
      by === 'HQ\\maria' ? 'warn' : 'pass',
      by === 'HQ\\maria' ? /SetDisk by HQ\\maria/ : /none but those of run 8k2/,
      ON_01,
    ),
  ),
  trouble(
    'disk.changes',
    'that was this morning',
    (look) =>
      (look.disk.recentChanges = [{ at: '2026-11-02T07:30:00Z', by: 'HQ\\maria', action: 'SetDisk', object: 'W11-Office' }]),
    'pass',
    /none/,
    ON_01,
  ),
  trouble(
    'disk.changes',
    'the audit trail cannot be read',
    (look) => (look.disk.recentChanges = unread),
    'unknown',
    /access denied/,
    ON_01,
  ),
  trouble(
    'disk.versions',
    'it has some',
    (look) => look.disk.versions.push(version(1, 0), version(2, 0)),
    'fail',
    /2 versions, up to 2/,
    ON_01,
  ),
  trouble(
    'disk.versions',
    'a maintenance version exists',
    (look) => {
      standard(look)
      look.plan.scenario = 'maintenance-version'
      look.disk.versions.push(version(1, 1))
    },
    'fail',
    /version 1 \(maintenance\)/,
    ON_01,
  ),
  trouble(
    'disk.versions',
    'replicas of one differ',
    (look) => {
      standard(look)
      look.plan.scenario = 'maintenance-version'
      look.disk.versions.push({ ...version(1, 0), goodInventory: false })
    },
    'fail',
    /not the same on all servers: version 1/,
    ON_01,
  ),
  trouble(
    'disk.merge',
    'the next version starts one',
    (look) => {
      look.plan.scenario = 'maintenance-version'
      look.disk.versions.push(version(1, 0), version(2, 0), version(3, 0), version(4, 0))
    },
    'fail',
    /5 of 5 versions/,
    ON_01,
  ),
  trouble(
    'disk.merge',
    'the farm cannot be read',
    (look) => {
      look.plan.scenario = 'maintenance-version'
      look.servers.PVS01.farm = unread
    },
    'unknown',
    /access denied/,
    ON_01,
  ),
  trouble('disk.temporaryVersion', 'one is set', (look) => (look.disk.disk.temporaryVersionSet = true), 'fail', /is set/, ON_01),
  trouble(
    'store.space',
    'it is full',
    (look) => (look.disk.store = { pathKind: 'local', freeMiB: 500, servers: ['PVS01', 'PVS02'] }),
    'fail',
    /500 MiB free/,
    ON_01,
  ),
  trouble(
    'store.space',
    'it is nearly full',
    (look) => (look.disk.store = { pathKind: 'local', freeMiB: 4096, servers: ['PVS01', 'PVS02'] }),
    'warn',
    /4 GiB free in Store1, less than a tenth/,
    ON_01,
  ),
  trouble(
    'store.space',
    'the new disk does not fit',
    (look) => {
      Object.assign(look.plan.vdisk, { create: 'imaging-wizard', sizeMiB: 307_200 })
    },
    'fail',
    /the new disk takes up to 300 GiB/,
    ON_01,
  ),
  trouble(
    'store.space',
    'it cannot be read',
    (look) => (look.disk.store = { pathKind: 'share', freeMiB: unread, servers: ['PVS01', 'PVS02'] }),
    'unknown',
    /access denied/,
    ON_01,
  ),
  ...(['disk.pvp', 'disk.replicas'] as const).flatMap((check) => [
    trouble(
      check,
      'PVS02 lacks it',
      (look) => {
        for (const copy of look.disk.inventory) copy.state = copy.server === 'PVS02' ? (check === 'disk.pvp' ? 3 : 2) : 0
      },
      'fail',
      /^PVS02: (\.pvp missing|version file out of date)$/,
      { ...ON_01, remedy: /Copy \.vhdx and \.pvp together/ },
    ),
    trouble(
      check,
      'PVS02 was not reached',
      (look) => {
        for (const copy of look.disk.inventory) copy.state = copy.server === 'PVS02' ? 5 : 0
      },
      'unknown',
      /PVS02: server not reachable/,
      ON_01,
    ),
    trouble(check, 'the inventory is empty', (look) => (look.disk.inventory = []), 'unknown', /names no server/, ON_01),
  ]),
  trouble(
    'disk.server',
    'another server alone provides it',
    (look) => (look.disk.disk.serverName = 'PVS02'),
    'warn',
    /provided by PVS02 alone, the run works through PVS01/,
    ON_01,
  ),
  trouble('disk.server', 'the store cannot be read', (look) => (look.disk.store = unread), 'unknown', /access denied/, ON_01),
]
