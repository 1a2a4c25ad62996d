import type { Disk } from '../model/disk.ts'
import { newTask } from '../model/device-acts.ts'
import { breakLock, createDisk, describeDisk, pinDisk } from '../model/disk-acts.ts'
import { beginModeChange, finishModeChange, prepares, setLicenseMode } from '../model/disk-mode.ts'
import { lasts } from '../model/durations.ts'
import { diskOf } from '../model/locks.ts'
import { dismount, letGo, mount } from '../model/mounting.ts'
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
    soapAnswers(desk)
    await desk.spend(20_000)
    const disk = createDisk(desk.farm, desk.server, wish)
    await desk.spend(10_000)
    return { after: look(desk, disk), taskId: null }
  },

  'Set-VdpDiskMode': async (desk, { guid, expectedType, writeCacheType, writeCacheSizeMiB }) => {
    const { farm, server } = desk
    const disk = diskHere(desk, guid)
    const before = look(desk, disk)
    if (disk.writeCacheType !== expectedType) {
      throw new AgentRefusal('refused', `WriteCacheType is ${disk.writeCacheType}, not ${expectedType} as expected`)
    }
    await desk.spend(1_000)
    beginModeChange(farm, server, disk, writeCacheType, writeCacheSizeMiB)
    const ms = prepares(disk, writeCacheType) ? lasts.kmsPrep : 2_000
    const finish = () => finishModeChange(farm, server, disk, writeCacheType, writeCacheSizeMiB)
    if (farm.mischief.modeTaskLies || farm.mischief.modeChangeAsTask) {
      const lies = farm.mischief.modeTaskLies
      const task = newTask(farm, 'SetDisk', ms, () => {
        if (lies) dismountAfterAll(desk, disk)
        else finish()
        return null
      })
      return { before, after: look(desk, disk), taskId: task.id }
    }
    await desk.spend(ms)
    finish()
    await desk.spend(1_000)
    return { before, after: look(desk, disk), taskId: null }
  },

  'Set-VdpLicenseMode': (desk, { guid, licenseMode }) =>
    changed(desk, guid, (disk) => setLicenseMode(desk.farm, desk.server, disk, licenseMode)),

  'Set-VdpDiskServer': (desk, { guid, serverName }) =>
    changed(desk, guid, (disk) => pinDisk(desk.farm, desk.server, disk, serverName)),

  'Set-VdpSealRecord': (desk, { guid, text }) => changed(desk, guid, (disk) => describeDisk(desk.farm, desk.server, disk, text)),

  'Unlock-VdpDisk': (desk, { guid, ownerId }) =>
    changed(desk, guid, (disk) => {
      if (disk.locks.some((one) => one.ownerId === ownerId && one.ownerKind === 'server'))
        throw new AgentRefusal('refused', 'a server holds this lock')
      breakLock(desk.farm, desk.server, disk, ownerId)
    }),

  'Test-VdpMount': async (desk, { guid }) => {
    const disk = diskHere(desk, guid)
    const before = serverFacts(desk)
    await desk.spend(3_000)
    mount(desk.farm, desk.server, disk)
    await desk.spend(5_000)
    letGo(desk.farm, desk.server)
    return { driveLetter: 'E:', before, after: serverFacts(desk) }
  },

  'Dismount-VdpDisk': async (desk, { guid }) => {
    soapAnswers(desk)
    const before = serverFacts(desk)
    await desk.spend(1_000)
    const { mounted } = desk.server
    if (mounted !== null && mounted !== guid) throw new AgentRefusal('refused', 'another vDisk is mounted on this server')
    dismount(desk.farm, desk.server)
    return { before, after: serverFacts(desk) }
  },
} satisfies Handlers<ServerDesk>

/** Hooks on a server. */
export const serverHooks = {
  'Invoke-VdpHook': async (desk, { script, timeoutSeconds }) => {
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
    const change = await changed(desk, guid, (disk) => promote(desk.farm, desk.server, disk, version, to))
    return { ...change, taskId: null }
  },

  'Undo-VdpVersion': (desk, { guid, version }) =>
    changed(desk, guid, (disk) => removeVersion(desk.farm, desk.server, disk, version)),
} satisfies Handlers<ServerDesk>

async function changed(desk: ServerDesk, guid: string, change: (disk: Disk) => void) {
  const disk = diskHere(desk, guid)
  const before = look(desk, disk)
  await desk.spend(700)
  change(disk)
  await desk.spend(300)
  return { before, after: look(desk, disk) }
}

function diskHere(desk: ServerDesk, guid: string): Disk {
  soapAnswers(desk)
  const disk = diskOf(desk.farm, guid)
  if (!disk) throw new PvsError(44)
  return disk
}

function look(desk: ServerDesk, disk: Disk) {
  return diskFacts(desk, (one) => one === disk)
}

function dismountAfterAll(desk: ServerDesk, disk: Disk): void {
  if (disk.mappedOn === desk.server.name) dismount(desk.farm, desk.server)
}
