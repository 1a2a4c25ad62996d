import { wayOf } from '../../../diagnosis/way.ts'
import type { Disk, DiskState, ServerState } from '../../../wire/operations/farm-state.ts'
import { known } from '../../../wire/reading.ts'
import type { Plan } from '../../../workflow/plan.ts'
import { ask, type Probe } from '../../asking.ts'
import { lookAtDisk, lookAtServers } from '../../looks.ts'
import { isPrivate } from '../../../farm/image-mode.ts'
import { reopen, REOPEN, standardAlready } from './reopen.ts'
import { judgeMount, SWITCH } from './own-mount.ts'
import { strangers } from './strangers.ts'
import { judgeTask, lookAtTask, taskOf, unendedTask } from '../../pvs-task.ts'
import { defineStage, type ActEnd, type Sight } from '../../stage.ts'
import { act, detailOf, done, hold, retry, skipped, unknown, type Verdict } from '../../verdict.ts'

/** Step 8: Private to Standard with LicenseMode 2 is what makes PVS mount the image and prepare it for KMS. Only this transition does:
 *  on a disk that is Standard already nothing would be prepared, so it is refused. Source: article step 8; pvs.md 2, 5. */
export const switchToStandard = defineStage({
  name: 'switchToStandard',
  step: 'sealVDisk',
  title: 'switch to Standard image mode (KmsPrep)',
  repeat: 'after-probe',
  probe: (look) => ({ tasks: lookAtTask(look), disk: lookAtDisk(look), servers: lookAtServers(look) }),

  judge(sight) {
    const { plan, memory, now, intent, end } = sight
    if (wayOf(plan) === 'version') return skipped('the disk is Standard: a version is promoted instead')
    const disk = now.disk.disk
    const seal = memory.disk?.sealAs
    if (disk === undefined || seal === undefined || seal === null) {
      return hold('VDISK_NOT_FOUND', { name: plan.vdisk.name, store: plan.vdisk.store, site: plan.farm.site })
    }
    if (intent?.key === SWITCH && failed(end)) return refused(disk, end, sight)
    if (!isPrivate(disk.writeCacheType)) return closed(disk, sight)
    if (intent?.key === SWITCH && taskOf(end) !== null)
      return judgeTask(intent.what, plan.farm.server, now.tasks, 'the disk is still Private', now.disk.at)
    if (intent?.key === SWITCH) return stillOpen(intent.what, sight)
    if (disk.licenseMode !== plan.seal.licenseMode) {
      return hold('NOT_PROVED', {
        act: 'set the licence mode',
        host: plan.farm.server,
        why: `LicenseMode is ${String(disk.licenseMode)}`,
      })
    }
    const obstacle = inTheWay(disk, sight)
    if (obstacle !== null) return obstacle
    return act({ ask: modeRequest(disk, seal, plan), what: `switch ${disk.name} to Standard image mode`, key: SWITCH }, [
      `Private (${String(disk.writeCacheType)}), LicenseMode ${String(disk.licenseMode)}, no lock`,
      `to WriteCacheType ${String(seal.writeCacheType)}, ${String(seal.writeCacheSizeMiB)} MiB`,
    ])
  },
})

type Switching = Pick<Sight<Probe>, 'plan' | 'memory' | 'intent' | 'end' | 'granted'> & {
  readonly now: {
    readonly tasks: Parameters<typeof unendedTask>[2]
    readonly disk: DiskState
    readonly servers: Readonly<Record<string, ServerState>>
  }
}
type Failed = ActEnd & ({ is: 'refused' } | { is: 'settled' })

/** What forbids the switch now: another device that may take the disk, the slot taken, a lock. */
function inTheWay(disk: Disk, sight: Switching): Verdict | null {
  const { plan, now } = sight
  const foreign = strangers(now.disk, sight)
  if (foreign !== null) return foreign
  const mounted = now.servers[plan.farm.server]?.mounted ?? null
  if (mounted !== null)
    return known(mounted)
      ? judgeMount({ server: plan.farm.server, ...mounted }, sight)
      : unknown(`what is mounted on ${plan.farm.server}`, mounted.unknown)
  const lock = now.disk.locks[0]
  return lock === undefined ? null : hold('VDISK_LOCKED', { name: disk.name, owner: lock.ownerName, kind: lock.ownerKind })
}

/** The server that has this disk mounted; null when none says so. */
function holderOf({ guid, name }: Disk, servers: Readonly<Record<string, ServerState>>) {
  const holder = Object.values(servers).find(({ mounted }) => known(mounted) && mounted?.guid === guid)
  return holder === undefined ? null : { server: holder.server, guid, name }
}

/** PVS said no, to us or, where the answer was lost, to the receipt. */
function failed(end: ActEnd | null): end is Failed {
  return end?.is === 'refused' || (end?.is === 'settled' && end.receipt === 'failed')
}

function modeRequest(disk: Disk, to: { readonly writeCacheType: number; readonly writeCacheSizeMiB: number }, plan: Plan) {
  const { writeCacheType, writeCacheSizeMiB } = to
  return ask(plan.farm.server, 'Set-VdpDiskMode', {
    guid: disk.guid,
    expectedType: disk.writeCacheType,
    writeCacheType,
    writeCacheSizeMiB,
  })
}

/** What PVS left after its refusal is read, never assumed. A disk that is Standard now was not prepared: it has to be opened again first. */
function refused(disk: Disk, end: Failed, sight: Switching): Verdict {
  const { plan, granted, now } = sight
  const holder = holderOf(disk, now.servers)
  if (holder !== null) return judgeMount(holder, sight)
  const open = isPrivate(disk.writeCacheType)
  if (!open && granted.includes(REOPEN.name))
    return reopen(disk, sight, 'the switch failed and left the disk Standard, unprepared')
  const fault = end.is === 'refused' ? end.fault : ({ code: 'PVS_ERROR', details: {} } as const)
  const details = {
    ...fault.details,
    name: disk.name,
    server: plan.farm.server,
    wanted: 'Standard',
    state: open ? 'Private' : 'Standard',
    code: detailOf(fault, 'returnCode'),
    driver: `code ${detailOf(fault, 'returnCode')}`,
    account: 'a service account',
    service: 'StreamService or soapserver',
    mounted: disk.name,
  }
  return hold(mapFault(fault.details['returnCode']), details, [], open ? [] : [REOPEN])
}

/** Standard: by our own switch it is the aim, without one nothing was prepared. */
function closed(disk: Disk, sight: Switching): Verdict {
  const { plan, now, intent, granted } = sight
  if (intent?.key !== SWITCH) return standardAlready(disk, sight)
  const task = unendedTask(intent.what, plan.farm.server, now.tasks, 'the disk says Standard already')
  if (task?.is === 'retry') return task
  const holder = holderOf(disk, now.servers)
  if (holder !== null || disk.mapped) {
    const server = holder?.server ?? plan.farm.server
    return retry('the server to dismount the disk', 'still mapped', {
      code: 'MOUNT_FOREIGN',
      details: { mounted: disk.name, server },
    })
  }
  if (task?.is === 'hold')
    return granted.includes(REOPEN.name)
      ? reopen(disk, sight, 'its task failed and left the disk Standard, unprepared')
      : { ...task, options: [REOPEN] }
  return done(
    `WriteCacheType ${String(disk.writeCacheType)} re-read, nothing mounted: consistent with a KmsPrep that ran (it shows nowhere)`,
    { ownMount: null },
  )
}

/** Private although the switch was asked for: a lost answer leaves it open whether PVS goes on. */
function stillOpen(what: string, { plan, end }: Switching): Verdict {
  const server = plan.farm.server
  const why = 'the disk is still Private'
  if (end?.is !== 'settled') return hold('NOT_PROVED', { act: what, host: server, why })
  return retry('PVS to finish the mode change', why, { code: 'OUTCOME_UNKNOWN', details: { act: what, host: server, why } })
}

/** Which fault a refused mode change is: 84 and 87 the driver, 86 and 209 the right, 199 and 88 a mount. Source: pvs.md 4.7, 8. */
function mapFault(returnCode: unknown) {
  switch (returnCode) {
    case 84:
    case 87:
      return 'MAP_NO_DRIVER'
    case 86:
    case 209:
      return 'MAP_NO_PRIVILEGE'
    case 88:
    case 199:
      return 'MOUNT_FOREIGN'
    default:
      return 'MODE_CHANGE_FAILED'
  }
}
