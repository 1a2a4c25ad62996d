import type { DiskState } from '../../wire/operations/farm-state.ts'
import type { Check } from '../check.ts'
import { defineCheck, noReadings } from '../define.ts'
import { bad, na, pass, unsure, warn, type Ruling } from '../ruling.ts'
import { isServer, onDisk, onDiskAnswer } from '../subjects.ts'

/** Below this a store is as good as full. Our own limit: no source gives one. */
const FULL_MIB = 1024

/** Meanings of an inventory state. Source: pvs.md 4.6. */
const STATES = [
  'up to date',
  'version file missing',
  'version file out of date',
  '.pvp missing',
  '.pvp out of date',
  'server not reachable',
] as const

const space = defineCheck({
  id: 'store.space',
  title: 'free space of the store',
  group: 'disk',
  severity: 'fail',
  source: 'pvs.md 4.6',
  reads: ['disk.store', 'disk.disk.sizeMiB'],
  rule: 'Fails below 1 GiB, or below the size of a disk that is to be made; warns below a tenth of the disk.',
  effect: 'A full store fails in the middle of a write; a dynamic disk grows while it is open.',
  remedy: ['Make room in {store}.'],
  byHand: 'on {server}: Get-PvsStoreFreeSpace -Name "{store}" -ServerName "{server}"',
  subjects: onDiskAnswer,
  facts: ({ store }) => ({ store, free: 'unknown' in store ? store : store.freeMiB }),
  ruling({ free }, { disk }, { plan }) {
    const size = plan.vdisk.create === 'imaging-wizard' ? plan.vdisk.sizeMiB : null
    if (size !== null && free < size) return bad(`${gib(free)} free, the new disk takes up to ${gib(size)}`)
    if (free < FULL_MIB) return bad(`${gib(free)} free in {store}`)
    if (disk !== undefined && free < disk.sizeMiB / 10)
      return warn(`${gib(free)} free in {store}, less than a tenth of {disk} (${gib(disk.sizeMiB)})`)
    return pass(`${gib(free)} free`)
  },
})

function gib(mib: number): string {
  return mib < 1024 ? `${mib} MiB` : `${Math.round(mib / 102.4) / 10} GiB`
}

/** Judges copies by the states that matter to one check; a server that was not reached leaves it unknown. */
function copies(inventory: DiskState['inventory'], wrong: readonly number[], fine: string): Ruling {
  if (inventory.length === 0) return unsure('the inventory names no server')
  const off = inventory.filter((copy) => wrong.includes(copy.state))
  if (off.length > 0) return bad(off.map((copy) => `${copy.server}: ${STATES[copy.state] ?? ''}`).join(', '))
  const silent = inventory.filter((copy) => copy.state === 5)
  return silent.length > 0 ? unsure(`${silent.map((copy) => copy.server).join(', ')}: server not reachable`) : pass(fine)
}

const properties = defineCheck({
  id: 'disk.pvp',
  title: '.pvp beside the disk',
  group: 'disk',
  severity: 'fail',
  source: 'pvs.md 4.6, 6.4, 2',
  reads: ['disk.inventory'],
  rule: 'Fails when the inventory says that a .pvp is missing or out of date; unknown for a server that PVS could not reach.',
  effect: 'The .pvp holds the licence mode: without it the disk falls back to None.',
  remedy: ['Copy .vhdx and .pvp together to that server, then on {server}: Update-PvsInventory'],
  byHand: 'on {server}: Get-PvsDiskInventory {vdisk}',
  subjects: onDisk,
  facts: noReadings,
  ruling: (_, { inventory }) => copies(inventory, [3, 4], `on ${inventory.map((copy) => copy.server).join(', ')}`),
})

const replicas = defineCheck({
  id: 'disk.replicas',
  title: 'copies of the disk on its servers',
  group: 'disk',
  severity: 'fail',
  source: 'pvs.md 4.6, 4.7 (195)',
  reads: ['disk.inventory'],
  rule: 'Fails when the inventory says that a version file is missing or out of date; unknown for a server that PVS could not reach.',
  effect: 'A clone that boots from a stale copy gets an unprepared image.',
  remedy: ['Copy .vhdx and .pvp together to that server, then on {server}: Update-PvsInventory'],
  byHand: 'on {server}: Get-PvsDiskInventory {vdisk}',
  subjects: onDisk,
  facts: noReadings,
  ruling: (_, { inventory }) => copies(inventory, [1, 2], `up to date on ${inventory.map((copy) => copy.server).join(', ')}`),
})

const pinned = defineCheck({
  id: 'disk.server',
  title: 'server that provides the vDisk',
  group: 'disk',
  severity: 'warn',
  source: 'pvs.md 8',
  reads: ['disk.store', 'disk.disk.serverName', 'servers.server'],
  rule: 'Warns when another server than that of the run alone provides the disk.',
  effect: 'Only this server streams the disk. The run pins it to its own server while it is open and puts this back.',
  remedy: ['If it was not meant: let any server provide the vDisk (console: vDisk > Load Balancing).'],
  byHand: 'on {server}: (Get-PvsDiskLocator {vdisk}).ServerName',
  subjects: onDisk,
  facts: ({ store }) => ({ store }),
  ruling({ store }, { disk }, look) {
    if (disk.serverName === null) return pass('any server of the store')
    if (store.servers.length < 2) return na('the store has one server')
    return isServer(look, look.plan.farm.server, disk.serverName)
      ? pass(`${disk.serverName} alone`)
      : bad(`provided by ${disk.serverName} alone, the run works through {server}`)
  },
})

/** The files of the disk: room to write, properties beside it, equal copies. */
export const fileChecks: readonly Check[] = [space, properties, replicas, pinned]
