import { isPrivate } from '../../../farm/image-mode.ts'
import { lookAtDisk } from '../../looks.ts'
import { defineStage } from '../../stage.ts'
import { done, hold, skipped } from '../../verdict.ts'

/** Verification of a copy, first: .pvp and .vhdx travelled together. Without its .pvp a copy begins anew with LicenseMode 0; files that
 *  differ between servers give clones another image. Source: pvs.md 2, 2.1, 4.6. */
export const checkCopy = defineStage({
  name: 'checkCopy',
  step: 'verify',
  title: 'check that the copy is whole on every server',
  repeat: 'safe',
  probe: (look) => ({ disk: lookAtDisk(look) }),

  judge({ plan, now }) {
    if (plan.scenario !== 'copied-image') return skipped('the disk is no copy')
    const { disk, found, inventory } = now.disk
    const { name, store } = plan.vdisk
    if (found > 1) return hold('VDISK_AMBIGUOUS', { name, store, found })
    if (disk === undefined) return hold('VDISK_NOT_FOUND', { name, store, site: plan.farm.site })
    if (isPrivate(disk.writeCacheType))
      return hold('COPY_NOT_SEALED', { name, why: `WriteCacheType is ${String(disk.writeCacheType)}: Private mode` })
    if (disk.licenseMode !== plan.seal.licenseMode)
      return hold('COPY_NOT_SEALED', {
        name,
        why: `LicenseMode is ${String(disk.licenseMode)}, sealed it was ${String(plan.seal.licenseMode)}`,
      })
    const stale = inventory.filter(({ state }) => state !== 0)
    if (stale.length > 0) return hold('REPLICA_STALE', { name, servers: stale.map(({ server }) => server) })
    return done([
      `Standard, LicenseMode ${String(disk.licenseMode)}`,
      `.pvp and .vhdx up to date on ${String(inventory.length)} servers`,
    ])
  },
})
