import { versionOf, type Disk } from '../model/disk.ts'
import { breakLock, createDisk, describeDisk, pinDisk } from '../model/disk-acts.ts'
import { changeMode, setLicenseMode } from '../model/disk-mode.ts'
import { diskOf } from '../model/locks.ts'
import { letGo, mount } from '../model/mounting.ts'
import { PvsError } from '../model/pvs-error.ts'
import { copyEverywhere } from '../model/replicas.ts'
import { newMaintenanceVersion, promote, removeVersion } from '../model/versions.ts'
import type { Handlers, ServerDesk } from './desk.ts'
import { playScript } from './hook-script.ts'
import { AgentRefusal } from './host-errors.ts'
import { diskFacts } from './disk-facts.ts'
import { serverFacts, soapAnswers } from './server-reads.ts'

/** Everything that changes a vDisk: each reads before, acts, reads after. */
export const diskActs = {
  'New-VdpDisk': async (desk, wish) => {
    desk.begin()
    soapAnswers(desk)
    await desk.spend(20_000)
    const disk = createDisk(desk.farm, desk.server, wish)
    await desk.spend(10_000)
    return { after: look(desk, disk.guid), taskId: null }
  },

  'Set-VdpDiskMode': async (desk, { guid, expectedType, writeCacheType, writeCacheSizeMiB }) => {
    within('write cache type', writeCacheType, 0, 12)
    within('write cache size', writeCacheSizeMiB, 0, 131_072)
    const disk = diskHere(desk, guid)
    if (disk.writeCacheType !== expectedType) {
      throw new AgentRefusal('refused', `WriteCacheType is ${disk.writeCacheType}, not ${expectedType} as expected`)
    }
    const before = look(desk, guid)
    desk.begin()
    const to = { type: writeCacheType, sizeMiB: writeCacheSizeMiB }
    const task = await changeMode(desk.farm, desk.server, disk, to, (ms) => desk.spend(ms))
    return { before, after: look(desk, guid), taskId: task?.id ?? null }
  },

  'Set-VdpLicenseMode': (desk, { guid, licenseMode }) =>
    changed(desk, guid, (disk) => setLicenseMode(desk.farm, desk.server, disk, licenseMode)),

  'Set-VdpDiskServer': (desk, { guid, serverName }) =>
    changed(desk, guid, (disk) => pinDisk(desk.farm, desk.server, disk, serverName)),

  'Set-VdpSealRecord': (desk, { guid, text }) => changed(desk, guid, (disk) => describeDisk(desk.farm, desk.server, disk, text)),

  'Unlock-VdpDisk': (desk, { guid, ownerId }) => {
    mayUnlock(diskHere(desk, guid), ownerId)
    return changed(desk, guid, (disk) => breakLock(desk.farm, desk.server, disk, ownerId))
  },

  'Test-VdpMount': async (desk, { guid }) => {
    slotIsFree(desk)
    const before = serverFacts(desk)
    desk.begin()
    await desk.spend(3_000)
    mount(desk.farm, desk.server, diskHere(desk, guid))
    await desk.spend(5_000)
    letGo(desk.farm, desk.server)
    return { driveLetter: 'E:', before, after: serverFacts(desk) }
  },

  'Dismount-VdpDisk': async (desk, { guid }) => {
    const before = serverFacts(desk)
    desk.begin()
    soapAnswers(desk)
    await desk.spend(1_000)
    const { mounted } = desk.server
    if (mounted === null) throw new PvsError(17)
    if (mounted !== guid) {
      const name = diskOf(desk.farm, mounted)?.name ?? ''
      throw new AgentRefusal('refused', 'another vDisk is mounted on this server', name)
    }
    letGo(desk.farm, desk.server)
    return { before, after: serverFacts(desk) }
  },
} satisfies Handlers<ServerDesk>

/** Hooks on a server. */
export const serverHooks = {
  'Invoke-VdpHook': async (desk, { script, timeoutSeconds }) => {
    desk.begin()
    const program = await playScript(desk, desk.server.name, script, timeoutSeconds)
    if (!program.timedOut && /\brobocopy\b/i.test(script)) copyEverywhere(desk.farm, desk.server)
    return { program, bootGuid: null }
  },
} satisfies Handlers<ServerDesk>

/** Versions of a vDisk. */
export const versionActs = {
  'New-VdpMaintenanceVersion': async (desk, { guid }) => {
    let version = 0
    const change = await changed(desk, guid, (disk) => void (version = newMaintenanceVersion(desk.farm, desk.server, disk)))
    return { ...change, version }
  },

  'Publish-VdpVersion': async (desk, { guid, version, to }) => {
    within('version', version, 1)
    const change = await changed(desk, guid, (disk) => {
      const access = accessOf(disk, version)
      if (!['1 test', '2 test', '1 production', '2 production', '7 production'].includes(`${access} ${to}`)) {
        throw new PvsError(163, `version ${version}, access ${access}, to ${to}`)
      }
      promote(desk.farm, desk.server, disk, version, to)
    })
    return { ...change, taskId: null }
  },

  'Undo-VdpVersion': (desk, { guid, version, madeBy }) => {
    within('version', version, 1)
    mayUndo(desk, diskHere(desk, guid), version, madeBy ?? desk.run)
    return changed(desk, guid, (disk) => removeVersion(desk.farm, desk.server, disk, version))
  },
} satisfies Handlers<ServerDesk>

async function changed(desk: ServerDesk, guid: string, change: (disk: Disk) => void) {
  soapAnswers(desk)
  const before = look(desk, guid)
  desk.begin()
  await desk.spend(700)
  change(diskHere(desk, guid))
  await desk.spend(300)
  return { before, after: look(desk, guid) }
}

function diskHere(desk: ServerDesk, guid: string): Disk {
  soapAnswers(desk)
  const disk = diskOf(desk.farm, guid)
  if (!disk) throw new PvsError(44)
  return disk
}

function look(desk: ServerDesk, guid: string) {
  return diskFacts(desk, (one) => one.guid === guid)
}

/** What the parameters of the agents' functions allow. */
function within(what: string, value: number, least: number, most = Infinity): void {
  if (value < least || value > most) throw new AgentRefusal('arguments', `${what} ${value}`)
}

function accessOf(disk: Disk, version: number): number {
  const found = versionOf(disk, version)
  if (!found) throw new PvsError(165, `version ${version}`)
  return found.access
}

function slotIsFree(desk: ServerDesk): void {
  soapAnswers(desk)
  if (desk.server.mounted !== null) throw new AgentRefusal('refused', 'another vDisk is mounted on this server')
}

function mayUnlock(disk: Disk, ownerId: string): void {
  const held = disk.locks.filter((one) => one.ownerId === ownerId)
  if (held.some((one) => one.ownerKind === 'server')) throw new AgentRefusal('refused', 'a server holds this lock')
  if (held.length === 0) throw new PvsError(110)
}

/** A version is deleted only by the run that created it, and only the highest. */
function mayUndo(desk: ServerDesk, disk: Disk, version: number, run: string): void {
  accessOf(disk, version)
  const own = desk.memory.acts.some(
    ({ op, effect, result }) =>
      op === 'New-VdpMaintenanceVersion' && effect.startsWith(`${run}/`) && result?.['version'] === version,
  )
  if (!own) throw new AgentRefusal('refused', `no receipt of ${run} says that it created version ${version}`)
  const highest = Math.max(...disk.versions.map((one) => one.version))
  if (highest !== version) throw new AgentRefusal('refused', `version ${highest} stands above version ${version}`)
}
