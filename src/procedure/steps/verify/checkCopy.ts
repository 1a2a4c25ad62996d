import { isPrivate } from '../../../farm/image-mode.ts'
import { differencesOf } from '../../../farm/copies.ts'
import type { Ask } from '../../asking.ts'
import { lookAtDisk, lookAtFiles } from '../../looks.ts'
import { defineStage } from '../../stage.ts'
import { done, hold, skipped } from '../../verdict.ts'

/** Verification of a copy, first: .pvp and .vhdx travelled together. Without its .pvp a copy begins anew with LicenseMode 0; files that
 *  differ between servers give clones another image. Source: pvs.md 2, 2.1, 4.6. */
export const checkCopy = defineStage({
  name: 'checkCopy',
  step: 'verify',
  title: 'check that the copy is whole on every server',
  repeat: 'safe',
  probe(look) {
    const files: Readonly<Record<string, Ask<'Get-VdpDiskFiles'>>> =
      look.plan.scenario === 'copied-image' ? lookAtFiles(look) : {}
    return { disk: lookAtDisk(look), files }
  },

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
    const held = new Set(inventory.map(({ server }) => server.toUpperCase()))
    const local = Object.entries(now.files).filter(([, { shared, server }]) => !shared && held.has(server.toUpperCase()))
    const copies = Object.fromEntries(local.map(([host, { files }]) => [host, files]))
    const differences = differencesOf(copies)
    if (differences.length > 0) return hold('REPLICA_STALE', { name, servers: Object.keys(copies) }, differences)
    const compared =
      Object.keys(copies).length < 2
        ? 'one copy on a share'
        : `.pvp by hash, vDisk files by size and time: alike on ${Object.keys(copies).join(', ')}`
    return done([
      `Standard, LicenseMode ${String(disk.licenseMode)}`,
      `.pvp and .vhdx up to date on ${String(inventory.length)} servers by the inventory of PVS`,
      compared,
    ])
  },
})
