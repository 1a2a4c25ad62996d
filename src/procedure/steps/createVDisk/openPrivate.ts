import { wayOf } from '../../../diagnosis/way.ts'
import { ask } from '../../asking.ts'
import { lookAtDisk } from '../../looks.ts'
import { isPrivate, privateTypeFor } from '../../../farm/image-mode.ts'
import { mayNotOpen } from './may-open.ts'
import { judgeTask, lookAtTask, taskOf } from '../../pvs-task.ts'
import { defineStage } from '../../stage.ts'
import { act, detailOf, done, hold, skipped } from '../../verdict.ts'

/** Step 1: the disk is opened read/write. Only the prep device may find it then. Source: pvs.md 4.1, 2.2. */
export const openPrivate = defineStage({
  name: 'openPrivate',
  step: 'createVDisk',
  title: 'open the vDisk in Private mode',
  repeat: 'after-probe',
  probe: (look) => ({ tasks: lookAtTask(look), disk: lookAtDisk(look) }),

  judge({ plan, memory, now, intent, end }) {
    if (wayOf(plan) === 'version') return skipped('a disk with versions is never switched to Private mode')
    const disk = now.disk.disk
    if (disk === undefined)
      return hold('VDISK_NOT_FOUND', { name: plan.vdisk.name, store: plan.vdisk.store, site: plan.farm.site })
    if (isPrivate(disk.writeCacheType)) {
      const foreign = now.disk.locks.find((lock) => lock.ownerId !== memory.device?.id)
      if (foreign !== undefined) return hold('FOREIGN_WRITER', { name: disk.name, owner: foreign.ownerName })
      return done(`Private mode, WriteCacheType ${String(disk.writeCacheType)}`)
    }
    if (end?.is === 'refused') {
      return hold('MODE_CHANGE_FAILED', {
        name: disk.name,
        wanted: 'Private',
        state: 'Standard',
        ...end.fault.details,
        code: detailOf(end.fault, 'code'),
      })
    }
    if (intent !== null && taskOf(end) !== null)
      return judgeTask(intent.what, plan.farm.server, now.tasks, 'the disk is still Standard', now.disk.at)
    const obstacle = mayNotOpen(disk, now.disk, { memory })
    if (obstacle !== null) return obstacle
    const type = privateTypeFor(disk.writeCacheType)
    return act(
      {
        ask: ask(plan.farm.server, 'Set-VdpDiskMode', {
          guid: disk.guid,
          expectedType: disk.writeCacheType,
          writeCacheType: type,
          writeCacheSizeMiB: disk.writeCacheSizeMiB,
        }),
        what: `open ${disk.name} in Private mode`,
        key: 'open-private',
        undo: [
          {
            key: 'mode',
            is: 'mode',
            guid: disk.guid,
            writeCacheType: disk.writeCacheType,
            writeCacheSizeMiB: disk.writeCacheSizeMiB,
          },
        ],
      },
      `Standard mode (WriteCacheType ${String(disk.writeCacheType)}), no device streams it`,
    )
  },
})
