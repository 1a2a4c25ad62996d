import { wayOf } from '../../../diagnosis/way.ts'
import { SEAL_NOTE } from '../../../licensing/rearm.ts'
import { ask } from '../../asking.ts'
import { lookAtDisk, lookAtServers } from '../../looks.ts'
import type { Memory } from '../../memory.ts'
import { isPrivate } from '../../../farm/image-mode.ts'
import { defineStage } from '../../stage.ts'
import { act, done, fail, hold, retry } from '../../verdict.ts'

/** Step 8, proof: the same disk, Standard, LicenseMode as wanted, nothing mapped, no lock; then the seal note, and equal copies on every
 *  server, where no hook has still to make them. KMS preparation itself shows nowhere: only the canaries can tell. Source: pvs.md 5, 4.6. */
export const confirmSeal = defineStage({
  name: 'confirmSeal',
  step: 'sealVDisk',
  title: 'confirm the seal',
  repeat: 'after-probe',
  probe: (look) => ({ disk: lookAtDisk(look), servers: lookAtServers(look) }),

  judge({ plan, memory, now, intent, end }) {
    const disk = now.disk.disk
    if (disk === undefined)
      return hold('VDISK_NOT_FOUND', { name: plan.vdisk.name, store: plan.vdisk.store, site: plan.farm.site })
    if (disk.guid !== memory.disk?.guid)
      return fail('VDISK_AMBIGUOUS', { name: disk.name, store: plan.vdisk.store, found: 'another' })
    const version = wayOf(plan) === 'version' ? memory.version : null
    if (isPrivate(disk.writeCacheType) || disk.licenseMode !== plan.seal.licenseMode) {
      return hold('NOT_PROVED', {
        act: 'seal',
        host: plan.farm.server,
        why: `WriteCacheType ${String(disk.writeCacheType)}, LicenseMode ${String(disk.licenseMode)}`,
      })
    }
    const writer = now.disk.locks.find((lock) => lock.exclusive)
    if (writer !== undefined) return hold('VDISK_LOCKED', { name: disk.name, owner: writer.ownerName, kind: writer.ownerKind })
    if (disk.mapped)
      return retry('the server to dismount the disk', 'still mapped', {
        code: 'MOUNT_FOREIGN',
        details: { mounted: disk.name, server: plan.farm.server },
      })
    const note = sealNote(memory)
    if (version === null && disk.longDescription !== note && !disk.active) {
      if (intent?.key === 'seal-note' && end?.is === 'refused')
        return hold('PVS_ERROR', {
          server: plan.farm.server,
          operation: 'Set-VdpSealRecord',
          ...end.fault.details,
          code: end.fault.code,
        })
      return act(
        {
          ask: ask(plan.farm.server, 'Set-VdpSealRecord', { guid: disk.guid, text: note }),
          what: 'write the seal note',
          key: 'seal-note',
        },
        'sealed; the note tells the next run',
      )
    }
    const byHook = plan.seal.replicate === 'hook'
    const stale = byHook ? [] : now.disk.inventory.filter((copy) => copy.state !== 0)
    if (stale.length > 0) {
      const fault = { code: 'REPLICA_STALE', details: { name: disk.name, servers: stale.map((copy) => copy.server) } } as const
      return { ...retry('the copies on all servers to be equal', `${String(stale.length)} differ`, fault) }
    }
    return done(
      [
        `Standard (${String(disk.writeCacheType)}), LicenseMode ${String(disk.licenseMode)}, nothing mapped, no lock of a writer`,
        ...(version === null ? [] : [`version ${String(version)} is offered to test devices`]),
        byHook ? 'hooks bring it to the other servers' : `copies equal on ${String(now.disk.inventory.length)} servers`,
      ],
      { sealed: { at: now.disk.at, diskGuid: disk.guid } },
    )
  },
})

/** The note tells what was done and nothing secret; LongDescription takes 399 characters. */
function sealNote(memory: Memory): string {
  const windows =
    memory.windows.rearmsBefore === null ? 'no Windows rearm' : `Windows rearm ${String(memory.windows.rearmsBefore)} left before`
  const office = memory.office.rearmed ? 'Office rearmed' : 'no Office rearm'
  return `${SEAL_NOTE}; ${windows}; ${office}; CMID before ${memory.windows.cmidBefore ?? 'unknown'}`.slice(0, 399)
}
