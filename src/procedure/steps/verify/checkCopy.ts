import { isPrivate } from '../../../farm/image-mode.ts'
import { differencesOf } from '../../../farm/copies.ts'
import type { Disk } from '../../../wire/operations/farm-state.ts'
import type { Plan } from '../../../workflow/plan.ts'
import type { Ask } from '../../asking.ts'
import { lookAtDisk, lookAtFiles } from '../../looks.ts'
import { defineStage } from '../../stage.ts'
import { done, hold, skipped } from '../../verdict.ts'
import { compareContent, lookAtSlices } from './compareContent.ts'

/** Verification of a copy, first: .pvp and .vhdx travelled together. Without its .pvp a copy begins anew with LicenseMode 0; files that
 *  differ between servers give clones another image. Where the workflow asks for the contents, so in every scenario. Source: pvs.md 2, 2.1,
 *  4.6. */
export const checkCopy = defineStage({
  name: 'checkCopy',
  step: 'verify',
  title: 'check that the copy is whole on every server',
  repeat: 'safe',
  probe(look) {
    const files: Readonly<Record<string, Ask<'Get-VdpDiskFiles'>>> = comparesFiles(look.plan) ? lookAtFiles(look) : {}
    return { disk: lookAtDisk(look), files, slices: lookAtSlices(look) }
  },

  judge({ plan, memory, now, granted }) {
    if (!comparesFiles(plan)) return skipped('the disk is no copy')
    const { disk, found, inventory } = now.disk
    const { name, store } = plan.vdisk
    if (found > 1) return hold('VDISK_AMBIGUOUS', { name, store, found })
    if (disk === undefined) return hold('VDISK_NOT_FOUND', { name, store, site: plan.farm.site })
    const unsealed = plan.scenario === 'copied-image' ? unsealedBy(disk, plan.seal.licenseMode) : null
    if (unsealed !== null) return hold('COPY_NOT_SEALED', { name, why: unsealed })
    const stale = inventory.filter(({ state }) => state !== 0)
    if (stale.length > 0) return hold('REPLICA_STALE', { name, servers: stale.map(({ server }) => server) })
    const held = new Set(inventory.map(({ server }) => server.toUpperCase()))
    const local = Object.entries(now.files).filter(([, { shared, server }]) => !shared && held.has(server.toUpperCase()))
    const copies = Object.fromEntries(local.map(([host, { files }]) => [host, files]))
    const differences = differencesOf(copies)
    if (differences.length > 0) return hold('REPLICA_STALE', { name, servers: Object.keys(copies) }, differences)
    const isAlone = Object.keys(copies).length < 2
    const content =
      isAlone || plan.verify.copies === undefined ? null : compareContent({ plan, memory, granted }, copies, now.slices)
    if (content !== null && content.is !== 'done') return content
    const compared = isAlone
      ? 'one copy on a share'
      : `.pvp by hash, vDisk files by size and time: alike on ${Object.keys(copies).join(', ')}`
    const because = [
      `${isPrivate(disk.writeCacheType) ? 'Private' : 'Standard'}, LicenseMode ${String(disk.licenseMode)}`,
      `.pvp and .vhdx up to date on ${String(inventory.length)} servers by the inventory of PVS`,
      compared,
      ...(content?.because ?? []),
    ]
    return done(because, content?.learn)
  },
})

function comparesFiles({ scenario, verify }: Plan): boolean {
  return scenario === 'copied-image' || verify.copies === 'content'
}

/** Why a disk is not the sealed one; null when it is. */
function unsealedBy({ writeCacheType, licenseMode }: Disk, sealed: number): string | null {
  if (isPrivate(writeCacheType)) return `WriteCacheType is ${String(writeCacheType)}: Private mode`
  return licenseMode === sealed ? null : `LicenseMode is ${String(licenseMode)}, sealed it was ${String(sealed)}`
}
