import type { Disk, ServerState } from '../../../wire/operations/farm-state.ts'
import { known } from '../../../wire/reading.ts'
import type { Plan } from '../../../workflow/plan.ts'
import { ask, type Probe } from '../../asking.ts'
import { lookAtDisk, lookAtServers } from '../../looks.ts'
import { isPrivate, privateTypeFor } from '../../../farm/image-mode.ts'
import { defineStage, type ActEnd, type Sight } from '../../stage.ts'
import { act, detailOf, done, hold, retry, type Verdict } from '../../verdict.ts'

/** Step 8: Private to Standard with LicenseMode 2 is what makes PVS mount the image and prepare it for KMS. Only this transition does:
 *  on a disk that is Standard already nothing would be prepared, so it is refused. Source: article step 8; pvs.md 2, 5. */
export const switchToStandard = defineStage({
  name: 'switchToStandard',
  step: 'sealVDisk',
  title: 'switch to Standard image mode (KmsPrep)',
  repeat: 'after-probe',
  probe: (look) => ({ disk: lookAtDisk(look), servers: lookAtServers(look) }),

  judge(sight) {
    const { plan, memory, now, intent, end } = sight
    const disk = now.disk.disk
    const seal = memory.disk?.sealAs
    if (disk === undefined || seal === undefined || seal === null) {
      return hold('VDISK_NOT_FOUND', { name: plan.vdisk.name, store: plan.vdisk.store, site: plan.farm.site })
    }
    if (intent?.key === SWITCH && end?.is === 'refused') return refused(disk, end, sight)
    if (!isPrivate(disk.writeCacheType)) return closed(disk, now.servers, sight)
    if (intent?.key === SWITCH) return stillOpen(intent.what, sight)
    if (disk.licenseMode !== plan.seal.licenseMode) {
      return hold('NOT_PROVED', {
        act: 'set the licence mode',
        host: plan.farm.server,
        why: `LicenseMode is ${String(disk.licenseMode)}`,
      })
    }
    const lock = now.disk.locks[0]
    if (lock !== undefined) return hold('VDISK_LOCKED', { name: disk.name, owner: lock.ownerName, kind: lock.ownerKind })
    return act({ ask: modeRequest(disk, seal, plan), what: `switch ${disk.name} to Standard image mode`, key: SWITCH }, [
      `Private (${String(disk.writeCacheType)}), LicenseMode ${String(disk.licenseMode)}, no lock`,
      `to WriteCacheType ${String(seal.writeCacheType)}, ${String(seal.writeCacheSizeMiB)} MiB`,
    ])
  },
})

const SWITCH = 'switch-to-standard'
const AGAIN = { name: 'switch-again', label: 'open the disk again and repeat the switch: only the transition prepares' }

type Switching = Pick<Sight<Probe>, 'plan' | 'memory' | 'intent' | 'end' | 'granted'>

function modeRequest(disk: Disk, to: { readonly writeCacheType: number; readonly writeCacheSizeMiB: number }, plan: Plan) {
  const { writeCacheType, writeCacheSizeMiB } = to
  return ask(plan.farm.server, 'Set-VdpDiskMode', {
    guid: disk.guid,
    expectedType: disk.writeCacheType,
    writeCacheType,
    writeCacheSizeMiB,
  })
}

/** PVS said no; what it left is read, never assumed. A disk that is Standard now was not prepared: it has to be opened again first. */
function refused(disk: Disk, end: ActEnd & { is: 'refused' }, { plan, granted }: Switching): Verdict {
  const open = isPrivate(disk.writeCacheType)
  if (!open && granted.includes(AGAIN.name)) {
    const back = { writeCacheType: privateTypeFor(disk.writeCacheType), writeCacheSizeMiB: disk.writeCacheSizeMiB }
    return act(
      { ask: modeRequest(disk, back, plan), what: `open ${disk.name} again`, key: 'reopen' },
      'the switch failed and left the disk Standard, unprepared',
    )
  }
  const details = {
    ...end.fault.details,
    name: disk.name,
    server: plan.farm.server,
    wanted: 'Standard',
    state: open ? 'Private' : 'Standard',
    code: detailOf(end.fault, 'returnCode'),
    driver: `code ${detailOf(end.fault, 'returnCode')}`,
    account: 'a service account',
    service: 'StreamService or soapserver',
    mounted: disk.name,
  }
  return hold(mapFault(end), details, [], open ? [] : [AGAIN])
}

/** Standard: by our own switch it is the aim, without one nothing was prepared. */
function closed(disk: Disk, servers: Readonly<Record<string, ServerState>>, { plan, intent, granted }: Switching): Verdict {
  if (intent === null || (intent.key === 'reopen' && !granted.includes(AGAIN.name)))
    return hold('NO_TRANSITION', { name: disk.name, file: plan.source.file })
  const mounted = Object.values(servers).find((server) => known(server.mounted) && server.mounted !== null)
  if (mounted !== undefined || disk.mapped) {
    const server = mounted?.server ?? plan.farm.server
    return retry('the server to dismount the disk', 'still mapped', {
      code: 'MOUNT_LEFT_BEHIND',
      details: { name: disk.name, server },
    })
  }
  return done(
    `WriteCacheType ${String(disk.writeCacheType)} re-read, nothing mounted: consistent with a KmsPrep that ran (it shows nowhere)`,
  )
}

/** Private although the switch was asked for: code 177 names a task that goes on, a lost answer leaves it open. */
function stillOpen(what: string, { plan, end }: Switching): Verdict {
  const server = plan.farm.server
  const task = end?.is === 'answered' ? (end.facts as { taskId: string | null }).taskId : null
  if (task === null && end?.is !== 'settled')
    return hold('NOT_PROVED', { act: what, host: server, why: 'the disk is still Private' })
  const overdue = { code: 'OUTCOME_UNKNOWN', details: { act: what, host: server, why: 'the disk is still Private' } } as const
  return retry('PVS to finish the mode change', task === null ? 'still Private' : `task ${task}`, overdue)
}

/** Which fault a refused mode change is: 84 and 87 the driver, 86 and 209 the right, 199 and 88 a mount. Source: pvs.md 4.7, 8. */
function mapFault(end: ActEnd & { is: 'refused' }) {
  switch (end.fault.details['returnCode']) {
    case 84:
    case 87:
      return 'MAP_NO_DRIVER'
    case 86:
    case 209:
      return 'MAP_NO_PRIVILEGE'
    case 88:
    case 199:
      return 'MOUNT_LEFT_BEHIND'
    default:
      return 'MODE_CHANGE_FAILED'
  }
}
