import type { DiskState } from '../../wire/operations/farm-state.ts'
import { differencesOf } from '../../farm/copies.ts'
import { known, type Reading } from '../../wire/reading.ts'
import { checkOf } from '../check-of-fault.ts'
import type { Check, Look } from '../check.ts'
import { defineCheck, noReadings } from '../define.ts'
import { bad, hidden, na, pass, unsure, warn, type Ruling } from '../ruling.ts'
import { faultSays, isServer, missingFrom, onDisk, onDiskAnswer } from '../subjects.ts'

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
  source: 'pvs-guide',
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
  source: 'pvs-guide; pvs-chain; citrix-blog; article; pvs-volume',
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
  source: 'pvs-guide (195)',
  reads: ['disk.inventory'],
  rule: 'Fails when the inventory says that a version file is missing or out of date; unknown for a server that PVS could not reach.',
  effect: 'A clone that boots from a stale copy gets an unprepared image.',
  remedy: ['Copy .vhdx and .pvp together to that server, then on {server}: Update-PvsInventory'],
  byHand: 'on {server}: Get-PvsDiskInventory {vdisk}',
  subjects: onDisk,
  facts: noReadings,
  ruling: (_, { inventory }) => copies(inventory, [1, 2], `up to date on ${inventory.map((copy) => copy.server).join(', ')}`),
})

/** Copies that PVS itself calls up to date, by the server that holds them. */
function goodCopies({ inventory }: DiskState, look: Look): Reading<Readonly<Record<string, Copy['files']>>> {
  const copies: [string, Copy['files']][] = []
  for (const { server, state } of inventory) {
    const host = look.plan.farm.servers.find((one) => isServer(look, one, server))
    if (state !== 0 || host === undefined) continue
    const copy = look.files[host]
    const fault = missingFrom(look, 'files', host)
    if (copy !== undefined) copies.push([server, copy.files])
    else if (fault !== undefined) {
      const because = `${checkOf(fault.code, 'server')} ${host}`
      return { unknown: faultSays(fault, host), because } as Reading<never>
    }
  }
  return Object.fromEntries(copies)
}

type Copy = Look['files'][string]

const together = defineCheck({
  id: 'disk.files',
  title: 'files of the disk on each server',
  group: 'disk',
  severity: 'warn',
  source: 'pvs-chain; pvs-volume',
  reads: ['files.files', 'disk.inventory', 'disk.store'],
  rule: 'In a store of local folders, warns when a .pvp has not one hash on all servers, or a vDisk file not one size and time, although the inventory says up to date. The content of a vDisk file is not read here: a run with verify.copies: content does.',
  effect:
    'Not copied together: clones of one server may get an unprepared image. Whether PVS ever rewrites a .pvp on one server alone is unproven.',
  remedy: ['Copy .vhdx and .pvp together to that server, then on {server}: Update-PvsInventory'],
  byHand: 'on each server, in the folder of {store}: Get-FileHash {disk}*.pvp; Get-ChildItem {disk}*',
  subjects: onDisk,
  facts: (state, look) => {
    const isLocal = known(state.store) && state.store.pathKind === 'local'
    return { store: state.store, copies: isLocal ? goodCopies(state, look) : {} }
  },
  hiddenBy: 'service.soap',
  ruling({ store, copies }, { inventory }) {
    if (store.pathKind === 'share') return na('one copy on a share')
    const servers = Object.keys(copies)
    if (inventory.length < 2) return na('the store has one server')
    if (servers.length < 2) {
      const isPvp = inventory.some(({ state }) => state === 3 || state === 4)
      return hidden(isPvp ? 'disk.pvp' : 'disk.replicas', 'no second copy that PVS calls up to date')
    }
    const differences = differencesOf(copies)
    return differences.length === 0 ? pass(`alike on ${servers.join(', ')}`) : bad(differences.join('; '))
  },
})

const pinned = defineCheck({
  id: 'disk.server',
  title: 'server that provides the vDisk',
  group: 'disk',
  severity: 'warn',
  source: 'pvs-guide; article',
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
export const fileChecks: readonly Check[] = [space, properties, replicas, together, pinned]
