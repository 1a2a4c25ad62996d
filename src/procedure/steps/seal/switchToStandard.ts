import { ask } from '../../asking.ts'
import { lookAtDisk, lookAtServers } from '../../looks.ts'
import { isPrivate } from '../../private-mode.ts'
import { defineStage, type ActEnd } from '../../stage.ts'
import { act, detailOf, done, hold, retry } from '../../verdict.ts'

/** Step 8: Private to Standard with LicenseMode 2 is what makes PVS mount the image and prepare it for KMS. Only this transition does:
 *  on a disk that is Standard already nothing would be prepared, so it is refused. Source: article step 8; pvs.md 2, 5. */
export const switchToStandard = defineStage({
  name: 'switchToStandard',
  step: 'sealVDisk',
  title: 'switch to Standard image mode (KmsPrep)',
  repeat: 'after-probe',
  probe: (look) => ({ disk: lookAtDisk(look), servers: lookAtServers(look) }),

  judge({ plan, memory, now, intent, end }) {
    const disk = now.disk.disk
    const seal = memory.disk?.sealAs
    if (disk === undefined || seal === undefined || seal === null)
      return hold('VDISK_NOT_FOUND', { name: plan.vdisk.name, store: plan.vdisk.store, site: plan.farm.site })
    const open = isPrivate(disk.writeCacheType)
    if (intent !== null && end?.is === 'refused') {
      return hold(mapFault(end), {
        ...end.fault.details,
        name: disk.name,
        server: plan.farm.server,
        wanted: 'Standard',
        state: open ? 'Private' : 'Standard',
        code: detailOf(end.fault, 'returnCode'),
        driver: 'code 84',
        account: 'a service account',
        service: 'StreamService or soapserver',
        mounted: disk.name,
      })
    }
    if (!open) {
      if (intent === null) return hold('NO_TRANSITION', { name: disk.name, file: plan.source.file })
      const mounted = Object.entries(now.servers).find(([, server]) => 'guid' in (server.mounted ?? {}))
      if (mounted !== undefined || disk.mapped)
        return retry('the server to dismount the disk', 'still mapped', {
          code: 'MOUNT_LEFT_BEHIND',
          details: { name: disk.name, server: mounted?.[0] ?? plan.farm.server },
        })
      return done(
        `WriteCacheType ${String(disk.writeCacheType)} re-read, nothing mounted: consistent with a KmsPrep that ran (it shows nowhere)`,
      )
    }
    if (intent !== null) {
      const task = taskOf(end)
      if (task !== null || end?.is === 'settled')
        return retry('PVS to finish the mode change', task === null ? 'still Private' : `task ${task}`, {
          code: 'OUTCOME_UNKNOWN',
          details: { act: intent.what, host: plan.farm.server, why: 'the disk is still Private' },
        })
      return hold('NOT_PROVED', { act: intent.what, host: plan.farm.server, why: 'the disk is still Private' })
    }
    if (disk.licenseMode !== plan.seal.licenseMode)
      return hold('NOT_PROVED', {
        act: 'set the licence mode',
        host: plan.farm.server,
        why: `LicenseMode is ${String(disk.licenseMode)}`,
      })
    const lock = now.disk.locks[0]
    if (lock !== undefined) return hold('VDISK_LOCKED', { name: disk.name, owner: lock.ownerName, kind: lock.ownerKind })
    return act(
      {
        ask: ask(plan.farm.server, 'Set-VdpDiskMode', {
          guid: disk.guid,
          expectedType: disk.writeCacheType,
          writeCacheType: seal.writeCacheType,
          writeCacheSizeMiB: seal.writeCacheSizeMiB,
        }),
        what: `switch ${disk.name} to Standard image mode`,
        key: 'switch-to-standard',
      },
      [
        `Private (${String(disk.writeCacheType)}), LicenseMode ${String(disk.licenseMode)}, no lock`,
        `to WriteCacheType ${String(seal.writeCacheType)}, ${String(seal.writeCacheSizeMiB)} MiB`,
      ],
    )
  },
})

function taskOf(end: ActEnd | null): string | null {
  return end?.is === 'answered' ? ((end.facts as { taskId: string | null }).taskId ?? null) : null
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
