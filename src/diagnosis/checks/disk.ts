import { hasSealNote } from '../../licensing/rearm.ts'
import { isPrivate } from '../../farm/image-mode.ts'
import type { Check } from '../check.ts'
import { defineCheck, noReadings } from '../define.ts'
import { bad, na, pass, unsure, warn } from '../ruling.ts'
import { missingFrom, onDisk, onDiskAnswer, type Subject } from '../subjects.ts'
import type { DiskState } from '../../wire/operations/farm-state.ts'
import type { Look } from '../check.ts'
import { wayOf } from '../way.ts'

const GET_DISK = 'on {server}: Get-PvsDiskInfo {vdisk}'

/** The answer about the disk; PVS saying that there is none is an answer too. */
function onSearch(look: Look): readonly Subject<Pick<DiskState, 'found'>>[] {
  const host = look.plan.farm.server
  return missingFrom(look, 'disk', host)?.code === 'VDISK_NOT_FOUND' ? [{ host, seen: { found: 0 } }] : onDiskAnswer(look)
}

const found = defineCheck({
  id: 'disk.found',
  title: 'vDisk',
  group: 'disk',
  severity: 'fail',
  source: 'pvs-guide; pvs-toolkit; article',
  reads: ['disk.found'],
  rule: 'Fails unless exactly one vDisk has this address; with create: imaging-wizard unless there is none.',
  effect: 'The right disk is never guessed: nothing is begun.',
  remedy: ['Check site, store and name in {file}.', 'on {server}: Get-PvsDiskInfo -SiteName "{site}" -StoreName "{store}"'],
  byHand: GET_DISK,
  subjects: onSearch,
  facts: noReadings,
  ruling(_, { found }, { plan }) {
    if (found === 1 && plan.vdisk.create === 'imaging-wizard')
      return bad('{disk} is in store {store} already: the Imaging Wizard fills a new disk only', {
        remedy: ['Choose another vdisk.name in {file}, or create: existing.'],
      })
    if (found === 1) return pass(`{disk} in store {store}`)
    if (found > 1) return bad(`${found} vDisks answer to {disk} in {store}`, { remedy: ['Rename one of them in the console.'] })
    return plan.vdisk.create === 'imaging-wizard'
      ? na('step 1 creates it')
      : bad(`no vDisk {disk} in store {store} of site ${plan.farm.site}`)
  },
})

const access = defineCheck({
  id: 'disk.access',
  title: 'access mode',
  group: 'disk',
  severity: 'fail',
  source: 'pvs-guide; pvs-versions; article',
  reads: ['disk.disk.writeCacheType', 'disk.disk.writeCacheSizeMiB'],
  rule: 'Fails when the mode does not fit the scenario: Private where nothing is opened or a version is made, RAM cache of size 0. Types 2 and 5 are unknown.',
  effect: 'PVS prepares a vDisk for KMS only on the change from Private to Standard.',
  remedy: ['vdiskprep run {file} --scenario update-image'],
  byHand: GET_DISK,
  subjects: onDisk,
  facts: noReadings,
  ruling(_, { disk }, { plan }) {
    const type = disk.writeCacheType
    if (type === 2 || type === 5) return unsure(`WriteCacheType ${type}: no meaning is published for it`)
    if (isPrivate(type)) {
      if (wayOf(plan) === 'private') return pass(`Private (WriteCacheType ${type})`)
      if (wayOf(plan) === 'version') return bad('Private: a maintenance version needs a Standard disk (PVS code 159)')
      return bad('Private: only one device can boot it, and it is not sealed', {
        remedy: ['vdiskprep run {file} --scenario update-image'],
      })
    }
    if (type === 3 && disk.writeCacheSizeMiB === 0)
      return bad('cache in device RAM of size 0: type 3 needs a size', {
        effect: 'Clones would have no room to write.',
        remedy: ['Set vdisk.cache with a size in {file}.'],
      })
    return pass(`Standard (WriteCacheType ${type}, ${disk.writeCacheSizeMiB} MiB)`)
  },
})

const MODES = ['None', 'Multiple Activation Key', 'Key Management Service'] as const

const licenceMode = defineCheck({
  id: 'disk.licenceMode',
  title: 'licence mode',
  group: 'disk',
  severity: 'fail',
  source: 'citrix-blog; article; pvs-volume; pvs-guide',
  reads: ['disk.disk.licenseMode', 'disk.disk.longDescription'],
  rule: 'Where nothing is opened, fails unless the mode is that of the seal; before a seal warns when MAK would be replaced.',
  effect: 'Clones of this disk were not prepared for KMS: they share one CMID.',
  remedy: ['vdiskprep run {file} --scenario repair-activation'],
  byHand: 'on {server}: (Get-PvsDisk {vdisk}).LicenseMode',
  subjects: onDisk,
  facts: noReadings,
  ruling(_, { disk }, { plan }) {
    const now = `${MODES[disk.licenseMode]} (${disk.licenseMode})`
    const wanted = plan.seal.licenseMode
    if (wayOf(plan) === 'closed') {
      if (disk.licenseMode !== wanted) return bad(`${now}; sealed for KMS it would be ${wanted}`)
      return hasSealNote(disk.longDescription)
        ? pass(`${now}, sealed by a run`)
        : pass(`${now}; no seal note: whether PVS prepared it only the clones show`)
    }
    if (disk.licenseMode === 1 && wanted === 2) {
      return warn(`${now}; the seal sets ${wanted}`, {
        effect: 'MAK activations of the clones end.',
        remedy: ['Set seal.licenseMode: mak in {file} if MAK is meant.'],
      })
    }
    return pass(disk.licenseMode === wanted ? now : `${now}; the seal sets ${wanted}`)
  },
})

const enabled = defineCheck({
  id: 'disk.enabled',
  title: 'state of the locator',
  group: 'disk',
  severity: 'warn',
  source: 'pvs-guide',
  reads: ['disk.disk.enabled'],
  rule: 'Warns when the locator is disabled.',
  effect: 'No device boots from a disabled vDisk, neither the prep device nor a canary.',
  remedy: ['on {server}: $d = Get-PvsDiskLocator {vdisk}; $d.Enabled = $true; $d | Set-PvsDiskLocator'],
  byHand: GET_DISK,
  subjects: onDisk,
  facts: noReadings,
  ruling: (_, { disk }) => (disk.enabled ? pass('enabled') : bad('{disk} is disabled')),
})

const mapped = defineCheck({
  id: 'mount.disk',
  title: 'mount of the vDisk',
  group: 'disk',
  severity: 'fail',
  source: 'pvs-guide (199); article',
  reads: ['disk.disk.mapped'],
  rule: 'Fails when the disk is mapped on a server.',
  effect: 'A mounted vDisk cannot be changed or streamed (PVS code 199).',
  remedy: ['Get-PvsMountedDisk on each server of {store}', 'Close what holds it open, then there: Dismount-PvsDisk'],
  byHand: GET_DISK,
  subjects: onDisk,
  facts: noReadings,
  ruling: (_, { disk }) => (disk.mapped ? bad('{disk} is mounted on a server') : pass('not mounted')),
})

const autoUpdate = defineCheck({
  id: 'disk.autoUpdate',
  title: 'automatic update of the vDisk',
  group: 'disk',
  severity: 'warn',
  source: 'pvs-guide (AutoUpdateEnabled)',
  reads: ['disk.disk.autoUpdate'],
  rule: 'Warns when automatic update is on.',
  effect: 'PVS may put another disk in its place while the run works on this one.',
  remedy: ['on {server}: $d = Get-PvsDisk {vdisk}; $d.AutoUpdateEnabled = $false; $d | Set-PvsDisk'],
  byHand: 'on {server}: (Get-PvsDisk {vdisk}).AutoUpdateEnabled',
  subjects: onDisk,
  facts: noReadings,
  ruling: (_, { disk }) => (disk.autoUpdate ? bad('automatic update is on') : pass('off')),
})

/** The vDisk and how it is set. */
export const diskChecks: readonly Check[] = [found, access, licenceMode, enabled, mapped, autoUpdate]
