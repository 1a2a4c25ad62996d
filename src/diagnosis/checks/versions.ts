import type { Check } from '../check.ts'
import { defineCheck, noReadings } from '../define.ts'
import { bad, na, pass } from '../ruling.ts'
import { farmFact, onDisk } from '../subjects.ts'
import { NOTHING_OPENED, wayOf } from '../way.ts'

/** PvsDiskVersion.Access. Source: pvs.md 4.4. */
const ACCESS = ['production', 'maintenance', 'maintenance', 'override', 'merging', 'merging', 'merging', 'test'] as const

const GET_VERSIONS = 'on {server}: Get-PvsDiskVersion {vdisk}'

const chain = defineCheck({
  id: 'disk.versions',
  title: 'versions',
  group: 'disk',
  severity: 'fail',
  source: 'pvs-guide (159, 160, 185); pvs-toolkit',
  reads: ['disk.versions'],
  rule: 'Fails when a disk with versions is to be switched to Private mode, or when a version is pending, not in production or not the same everywhere.',
  effect: 'A disk with versions is never switched to Private mode: the base would change under its chain.',
  remedy: ['on {server}: Merge-PvsDisk {vdisk} -NewBase', 'Or set create: maintenance-version in {file} (experimental).'],
  byHand: GET_VERSIONS,
  subjects: onDisk,
  facts: noReadings,
  ruling(_, { versions }, { plan }) {
    const above = versions.filter((version) => version.version > 0)
    if (wayOf(plan) === 'closed') return na(NOTHING_OPENED)
    if (wayOf(plan) === 'private')
      return above.length === 0
        ? pass('none')
        : bad(`${above.length} versions, up to ${Math.max(...above.map((one) => one.version))}`)
    const busy = above.filter((version) => version.access !== 0 || version.isPending)
    const stale = versions.filter((version) => !version.goodInventory)
    const instead = {
      effect: 'A new maintenance version cannot be made, or not on a sound chain.',
      remedy: ['Promote, revert or delete it in the console.', GET_VERSIONS],
    }
    if (busy.length > 0)
      return bad(
        `version ${busy.map((one) => `${one.version} (${one.isPending ? 'pending' : (ACCESS[one.access] ?? '')})`).join(', ')}`,
        instead,
      )
    if (stale.length > 0)
      return bad(`not the same on all servers: version ${stale.map((one) => one.version).join(', ')}`, instead)
    return pass(`${above.length} versions, all in production`)
  },
})

const merge = defineCheck({
  id: 'disk.merge',
  title: 'automatic merge',
  group: 'disk',
  severity: 'fail',
  source: 'pvs-guide; pvs-toolkit',
  reads: ['disk.versions', 'servers.farm'],
  rule: 'For a maintenance version, fails when one more version would start an automatic merge.',
  effect: 'Promoting would start a merge by itself in the middle of the run.',
  remedy: [
    'on {server}: Merge-PvsDisk {vdisk}  # and wait for its end',
    'Or raise the number of versions in the farm properties.',
  ],
  byHand: 'on {server}: (Get-PvsFarm).AutomaticMergeEnabled; (Get-PvsFarm).MaxVersions',
  subjects: onDisk,
  facts: (_, look) => (wayOf(look.plan) === 'version' ? { farm: farmFact(look) } : { farm: null }),
  ruling({ farm }, { versions }) {
    if (farm === null) return na('no version is made')
    if (!farm.automaticMerge) return pass('off')
    const count = versions.filter((version) => version.version > 0).length + 1
    const says = `${count} of ${farm.maxVersions} versions with the new one`
    return count < farm.maxVersions ? pass(says) : bad(says)
  },
})

const temporary = defineCheck({
  id: 'disk.temporaryVersion',
  title: 'temporary version mode',
  group: 'disk',
  severity: 'fail',
  source: 'pvs-guide (222); pvs-toolkit; article',
  reads: ['disk.disk.temporaryVersionSet'],
  rule: 'Fails when a temporary version is set.',
  effect: 'PVS refuses changes of the disk while a temporary version is set (code 222).',
  remedy: ['Shut down the device that set it; the mode ends with it.'],
  byHand: 'on {server}: (Get-PvsDiskInfo {vdisk}).TemporaryVersionSet',
  subjects: onDisk,
  facts: noReadings,
  ruling: (_, { disk }) => (disk.temporaryVersionSet ? bad('a temporary version is set') : pass('not set')),
})

/** Versions of the disk and what would happen to them. */
export const versionChecks: readonly Check[] = [chain, merge, temporary]
