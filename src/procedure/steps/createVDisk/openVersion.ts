import { wayOf } from '../../../diagnosis/way.ts'
import { ask } from '../../asking.ts'
import { lookAtDisk } from '../../looks.ts'
import { defineStage } from '../../stage.ts'
import { act, done, hold, skipped } from '../../verdict.ts'

/** PvsDiskVersion.Access: 1 maintenance, 2 the highest of them. Source: pvs.md 4.4. */
const IN_MAINTENANCE = [1, 2]

/** Step 1 of a maintenance version: a new one over the highest, which the prep device alone is offered read/write. Production goes on with
 *  the version it has. On abort it is deleted again. Source: pvs.md 2.2, 4.4. */
export const openVersion = defineStage({
  name: 'openVersion',
  step: 'createVDisk',
  title: 'make a maintenance version',
  repeat: 'after-probe',
  probe: (look) => ({ disk: lookAtDisk(look) }),
  baseline: ({ disk }) => highest(disk.versions),

  judge({ plan, memory, now, intent, end }) {
    if (wayOf(plan) !== 'version') return skipped('the whole disk is opened')
    const { disk, versions } = now.disk
    if (disk === undefined)
      return hold('VDISK_NOT_FOUND', { name: plan.vdisk.name, store: plan.vdisk.store, site: plan.farm.site })
    const open = versions.find(({ access }) => IN_MAINTENANCE.includes(access))
    const own = memory.version ?? (intent === null ? null : Number(intent.baseline) + 1)
    const refused = end?.is === 'refused' || (end?.is === 'settled' && end.receipt === 'failed')
    if (open !== undefined && open.version === own && !refused)
      return done(`version ${String(open.version)} is in maintenance`, { version: open.version })
    if (open !== undefined) {
      const message = `version ${String(open.version)} is in maintenance already, and not by this run`
      return hold('PVS_ERROR', { server: plan.farm.server, operation: 'a new maintenance version', code: 160, message })
    }
    if (end?.is === 'refused') return hold(end.fault.code, end.fault.details)
    const next = highest(versions) + 1
    return act(
      {
        ask: ask(plan.farm.server, 'New-VdpMaintenanceVersion', { guid: disk.guid }),
        what: `make maintenance version ${String(next)} of ${disk.name}`,
        key: 'new-version',
        undo: [{ key: 'version', is: 'version', guid: disk.guid, version: next }],
      },
      ['no version is in work', 'no public source shows that PVS prepares a version when it is promoted: the canaries decide'],
    )
  },
})

function highest(versions: readonly { readonly version: number }[]): number {
  return Math.max(0, ...versions.map(({ version }) => version))
}
