import { CACHE_LIMIT_MIB, CACHES_IN_RAM } from './cache-names.ts'
import { demand, object, type PlanSubject } from './plan-subject.ts'
import { keyAt, spanAt, written } from './tree-path.ts'
import { durationMs, sizeMiB } from './units.ts'

/** Longest time a workflow may wait for anything. */
const LONGEST_MS = 14 * 24 * 3600 * 1000

/** Checks the disk's cache and licence mode, the way the sealed disk reaches others, waived checks and waiting times. */
export function checkDisk(subject: PlanSubject): void {
  checkCache(subject)
  checkLicenceMode(subject)
  checkSpread(subject)
  checkWaivers(subject)
  checkTimes(subject)
}

function checkCache(subject: PlanSubject): void {
  const { cache } = subject.file.vdisk ?? {}
  if (!cache) return
  const inRam = cache.type !== undefined && CACHES_IN_RAM.includes(cache.type)
  if (cache.type === undefined) {
    demand(subject, ['vdisk', 'cache', 'type'], { missing: 'the cache has no type', expected: 'type: ram-with-overflow' })
  } else if (inRam && cache.size === undefined) {
    demand(subject, ['vdisk', 'cache', 'size'], { missing: `cache type ${cache.type} needs a size`, expected: 'size: 4GiB' })
  }
  const size = cache.size === undefined ? undefined : sizeMiB(cache.size)
  if (size !== undefined && (size > CACHE_LIMIT_MIB || (inRam && size === 0))) {
    object(subject, ['vdisk', 'cache', 'size'], {
      message: `a cache of ${cache.size ?? ''} is not possible`,
      expected: '1MiB to 128GiB',
    })
  }
}

/** `kms: false` stands for LicenseMode MAK; the mode of a shipped procedure is only a default then. */
function checkLicenceMode(subject: PlanSubject): void {
  const path = ['seal', 'licenseMode']
  const { kms, seal } = subject.file
  const mode = seal?.licenseMode
  if (kms !== false || mode === undefined || mode === 'mak') return
  if (subject.isShipped(spanAt(subject.tree, path).source.file)) return
  object(subject, path, {
    message: `seal.licenseMode is ${mode}, and kms: false says that this vDisk is for MAK`,
    expected: 'one of the two: seal.licenseMode: mak, or no kms: false',
  })
}

function checkSpread(subject: PlanSubject): void {
  const { seal = {}, release = {}, hooks = {} } = subject.file
  if (seal.replicate === 'hook' && !written(subject.tree, ['hooks', 'sealVDisk', 'after']) && subject.complete) {
    object(subject, ['seal', 'replicate'], {
      message: 'seal.replicate: hook needs a hook that copies the disk to the other servers',
      expected: 'hooks.sealVDisk.after',
    })
  }
  if (release.mode === 'assign' && (release.devices ?? []).length === 0 && hooks.release === undefined) {
    demand(subject, ['release', 'devices'], {
      missing: 'release.mode: assign names no devices',
      expected: 'release.devices: [W11-001, W11-002]',
    })
  }
  if (release.devices !== undefined && release.devices.length > 0 && release.mode !== 'assign' && subject.complete) {
    object(subject, ['release', 'devices'], { message: 'release.devices is read only with release.mode: assign' })
  }
}

function checkWaivers(subject: PlanSubject): void {
  for (const [index, waived] of (subject.file.waive ?? []).entries()) {
    for (const field of ['check', 'reason'] as const) {
      if (waived[field] !== undefined || written(subject.tree, ['waive', index, field])) continue
      const expected = field === 'check' ? 'check: its id, as plan prints it' : 'reason: why it may fail'
      subject.found.add({ at: keyAt(subject.tree, ['waive', index]), message: `a waived check has no ${field}`, expected })
    }
  }
}

function checkTimes(subject: PlanSubject): void {
  const { policy = {}, seal = {}, verify = {} } = subject.file
  const times: [path: string[], text: string | undefined][] = [
    [['seal', 'offDwell'], seal.offDwell],
    [['verify', 'deadline'], verify.deadline],
    ...Object.entries(policy).flatMap(([step, fields]) =>
      (['backoff', 'poll', 'deadline'] as const).map((field): [string[], string | undefined] => [
        ['policy', step, field],
        fields?.[field],
      ]),
    ),
  ]
  for (const [path, text] of times) {
    const ms = text === undefined ? undefined : durationMs(text)
    if (ms === undefined || (ms > 0 && ms <= LONGEST_MS)) continue
    object(subject, path, { message: `${path.join('.')} is ${text ?? ''}`, expected: 'more than nothing and at most 14d' })
  }
}
