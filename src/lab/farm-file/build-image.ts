import type { Random } from '../random.ts'
import { lasts } from '../model/durations.ts'
import type { Image, InstalledKey, OfficeInstallation } from '../model/image.ts'
import { officeKeys } from '../model/office-keys.ts'
import { officeReleases, officeServiceOn } from '../model/office-releases.ts'
import { newTokenFile } from '../model/token-store.ts'
import { windowsKeys } from '../model/windows-keys.ts'
import { windowsRelease, type WindowsRelease } from '../model/windows-releases.ts'
import type { ImagePlan } from './schema.ts'

/** Update services that could reboot a machine. */
const updateServices = {
  wuauserv: { state: 'running', startMode: 'manual' },
  UsoSvc: { state: 'running', startMode: 'auto' },
  TrustedInstaller: { state: 'stopped', startMode: 'manual' },
} as const

/** A Windows as it lies on a disk before anything is prepared. */
export function buildImage(plan: ImagePlan, random: Random, now: number): Image {
  const release = windowsRelease(plan.os)
  const edition = plan.edition ?? ('Enterprise' in release.editions ? 'Enterprise' : 'Standard')
  const id = random.guid()
  const modern = release.build >= 10_240
  const services = Object.entries(updateServices).filter(([service]) => modern || service !== 'UsoSvc')
  return {
    id,
    windows: plan.os,
    edition,
    evaluation: plan.evaluation,
    language: plan.language,
    licensing: {
      cmid: random.guid(),
      rearmsLeft: plan.rearmsLeft ?? release.rearms,
      skipRearm: null,
      rearm: 'none',
      key: plan.evaluation ? { partial: 'EVAL1', channel: 'TIMEBASED_EVAL' } : windowsKey(plan, release, edition),
      broken: null,
      status: plan.activated ? 1 : 2,
      reason: plan.activated ? '0x00000000' : '0x4004F00C',
      until: now + (plan.activated ? lasts.activated : lasts.grace),
      kms: { machine: null, port: 0, lookupDomain: null, discovered: null, setByPolicy: false, activationType: 0 },
      service: 'running',
    },
    office: plan.office === null ? null : buildOffice(plan, random),
    tokens: { file: newTokenFile({ windows: plan.os }, now, id), backups: [] },
    events: [],
    updates: {
      pendingReboot: [],
      installerRunning: false,
      staged: [],
      services: Object.fromEntries(services.map(([service, state]) => [service, { ...state }])),
    },
    security: { bitLocker: 'decrypted', machinePasswordChangeDisabled: true, otherRearmTool: [] },
    fastStartup: false,
    rearmedAt: null,
    preparedAt: null,
    officeTouched: false,
  }
}

/** Keys that are not public have no real form here: the last five stand for them. */
function windowsKey(plan: ImagePlan, release: WindowsRelease, edition: string): InstalledKey | null {
  const gvlk = windowsKeys.find((one) => one.family === release.family && one.edition === edition)
  if (plan.windowsKey === 'gvlk') return gvlk ? { partial: gvlk.key.slice(-5), channel: 'VOLUME_KMSCLIENT' } : null
  if (plan.windowsKey === 'mak') return { partial: 'MAK99', channel: 'VOLUME_MAK' }
  if (plan.windowsKey === 'kms-host') return { partial: 'HOST7', channel: 'VOLUME_KMS_W' }
  return plan.windowsKey === 'retail' ? { partial: 'RTL66', channel: 'RETAIL' } : null
}

function buildOffice(plan: ImagePlan, random: Random): OfficeInstallation | null {
  if (plan.office === null) return null
  const { suite, release } = officeReleases[plan.office]
  return {
    name: plan.office,
    bits: plan.officeBits,
    volume: true,
    service: officeServiceOn(plan.office, plan.os),
    products: (plan.products ?? [suite]).map((product) => {
      const gvlk = officeKeys.find((one) => one.release === release && one.product === product)
      const key: InstalledKey | null =
        plan.officeKeys === 'gvlk' && gvlk ? { partial: gvlk.key.slice(-5), channel: 'VOLUME_KMSCLIENT' } : null
      return { product, key, status: key ? 2 : 0, reason: '0x00000000', until: null }
    }),
    cmid: random.guid(),
    rearmsLeft: plan.officeRearmsLeft,
    rearm: 'none',
    toolPresent: true,
  }
}
