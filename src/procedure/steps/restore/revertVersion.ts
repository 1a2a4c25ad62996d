import { wayOf } from '../../../diagnosis/way.ts'
import type { DiskState } from '../../../wire/operations/farm-state.ts'
import type { Plan } from '../../../workflow/plan.ts'
import { ask } from '../../asking.ts'
import { lookAtDisk } from '../../looks.ts'
import type { Memory } from '../../memory.ts'
import { defineStage } from '../../stage.ts'
import { act, done, hold, retry, skipped } from '../../verdict.ts'

/** PvsDiskVersion.Access of a version that only test or maintenance devices get. Source: pvs.md 4.4. */
const NOT_RELEASED = [1, 2, 7]

/** After a version was proved wrong by its clones, where the workflow wants it reverted: it is deleted, which for the highest version leaves
 *  what was there before. Only one that this product made by its journal and the receipts on the server, that nobody uses, that was not
 *  released meanwhile, and never without an approval: nothing brings it back. Source: Remove-PvsDiskVersion, pvs.md 4.4. */
export const revertVersion = defineStage({
  name: 'revertVersion',
  step: 'verify',
  title: 'revert the version that was proved wrong',
  repeat: 'after-probe',
  skippable: true,
  wanted: ({ verify }) => verify.onFailure === 'revert',
  probe: (look) => ({ disk: lookAtDisk(look) }),

  judge({ plan, memory, now, end }) {
    const { unfit } = memory
    if (unfit === null) return skipped('no version was proved wrong')
    const { disk, versions } = now.disk
    const { store, name } = plan.vdisk
    if (disk === undefined) return hold('VDISK_NOT_FOUND', { name, store, site: plan.farm.site })
    const title = `version ${String(unfit.version)} of ${disk.name}`
    const version = versions.find((one) => one.version === unfit.version)
    if (version === undefined) return done(`${title} is gone; the highest is version ${String(highest(versions))}`)
    const stays = maker(plan, memory) === null ? 'no run of this journal made it' : whyItStays(version, versions)
    if (stays !== null) return done(`${title} stays: ${stays}`)
    const by = users(now.disk, version, plan)
    const details = { version: unfit.version, name: disk.name, by }
    if (by.length > 0) return retry(`nobody to use ${title}`, by.join(', '), { code: 'VERSION_IN_USE', details })
    if (end?.is === 'refused') return hold(end.fault.code, end.fault.details)
    const args = { guid: disk.guid, version: unfit.version, ...maker(plan, memory) }
    return act(
      {
        ask: ask(plan.farm.server, 'Undo-VdpVersion', args),
        what: `delete ${title}`,
        key: 'revert-version',
        approval: `the workflow reverts a version that fails its verification (${unfit.code}); a deleted version does not come back`,
      },
      'no device uses it, and it was not released',
    )
  },
})

/** How the server is told which run made the version: this one needs no name. Null when the journal knows none. */
function maker(plan: Plan, { unfit, version }: Memory): { readonly madeBy?: string } | null {
  if (wayOf(plan) === 'version' && unfit?.version === version) return {}
  const { sealedBy } = plan.verify
  return sealedBy !== undefined && sealedBy.version === unfit?.version ? { madeBy: sealedBy.run } : null
}

type Version = DiskState['versions'][number]

function whyItStays(version: Version, versions: readonly Version[]): string | null {
  if (!NOT_RELEASED.includes(version.access)) return `it was released meanwhile (access ${String(version.access)})`
  const above = highest(versions)
  return above > version.version ? `version ${String(above)} stands above it` : null
}

/** Locks do not tell their version: a writer's counts, and one of a canary, which booted this version. Source: pvs.md 4.2, 4.4 (DeviceCount). */
function users({ locks }: DiskState, { deviceCount }: Version, { canaries }: Plan): readonly string[] {
  const owners = locks
    .filter(({ exclusive, ownerName }) => exclusive || canaries.some(({ device }) => device === ownerName))
    .map(({ ownerName }) => `the lock of ${ownerName}`)
  return deviceCount === 0 ? owners : [`${String(deviceCount)} devices`, ...owners]
}

function highest(versions: readonly Version[]): number {
  return Math.max(0, ...versions.map(({ version }) => version))
}
