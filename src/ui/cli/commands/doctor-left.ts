import type { Look } from '../../../diagnosis/check.ts'
import type { Told } from '../../../diagnosis/examine.ts'
import type { LeftOver } from '../../../procedure/steps/mend/offers.ts'

/** What the doctor found, with the run that left a vDisk of another file mounted where a journal of this store says so: its own file is the one
 *  whose doctor may mend it. */
export function withOwnMounts(findings: readonly Told[], looks: readonly Look[], { mounts }: LeftOver): readonly Told[] {
  return findings.map((one) => {
    if (one.check !== 'mount.slot' || one.verdict !== 'fail') return one
    const look = looks.find(({ plan, servers }) => one.vdisks.includes(plan.title) && servers[one.host] !== undefined)
    const mounted = look?.servers[one.host]?.mounted
    if (look === undefined || mounted === null || mounted === undefined || !('guid' in mounted)) return one
    const own = mounts.find(({ server, guid }) => server === one.host && guid === mounted.guid)
    if (own === undefined || mounted.guid === look.disk?.disk?.guid) return one
    return {
      ...one,
      says: `${one.says}: run ${own.run} of this store (${own.title}) left it there`,
      remedy: ['Let a run of that vDisk take it off:', `vdiskprep doctor ${own.file} --fix mount.slot`, ...one.remedy],
    }
  })
}
