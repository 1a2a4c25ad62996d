import { isSealedForMak } from '../../farm/licence-mode.ts'
import { lastFive } from '../../licensing/channel.ts'
import { windowsNamed } from '../../licensing/keys-names.ts'
import { rearmWanted } from '../../licensing/rearm.ts'
import type { Plan, StepName } from '../../workflow/plan.ts'
import type { Memory } from '../memory.ts'
import type { Caveat, Forecast } from './foreseen.ts'

/** What the workflow alone tells of a step whose facts do not exist yet; null when that is nothing. */
export function wishOf(plan: Plan, step: StepName, memory: Memory): string | null {
  switch (step) {
    case 'cleanTokens':
      return `policy ${plan.cleanTokens}`
    case 'installWindowsKey': {
      if (plan.windows.key !== null) return `...${lastFive(plan.windows.key)} of the workflow, unless it is in`
      const row = typeof plan.windows.os === 'string' ? windowsNamed(plan.windows.os) : undefined
      return row === undefined
        ? 'the public key of the edition that is found'
        : `...${lastFive(row.key)}, the public key of ${plan.windows.os ?? ''}, unless it is in`
    }
    case 'activateWindows':
      return plan.kms.machine === null ? 'by the KMS host that DNS names' : `by ${plan.kms.machine} of the workflow`
    case 'installOfficeKey': {
      const keys = Object.entries(plan.office.keys).map(([product, key]) => `...${lastFive(key)} ${product}`)
      return keys.length > 0 ? keys.join('  ') : 'the public key of each volume product that is found'
    }
    case 'rearmWindows': {
      const { wanted, because } = rearmOf(plan, memory)
      return wanted === false ? `none: ${because}` : because
    }
    case 'rearmOffice':
      return `policy ${plan.office.rearm}`
    case 'verify':
      if (isSealedForMak(plan)) return `${plan.canaries.map(({ device }) => device).join(', ')}: LicenseMode 1, a MAK in each`
      return `${plan.canaries.map(({ device }) => device).join(', ')}: distinct CMIDs, licensed within ${String(Math.round(plan.verify.deadlineMs / 60_000))} min`
    default:
      return null
  }
}

/** The rearm decision: as inspected, or by the rule where what is not known yet makes no difference to it. */
export function rearmOf(plan: Plan, memory: Memory): Forecast['rearm'] {
  if (memory.rearm !== null) return memory.rearm
  const purpose =
    plan.scenario === 'new-base-image' ? 'newImage' : plan.scenario === 'repair-activation' ? 'repair' : ('update' as const)
  const sealedBefore = memory.disk?.sealedBefore ?? false
  const [changed, same] = [plan.office.present !== 'none', false].map((officeChanged) =>
    rearmWanted({
      policy: plan.windows.rearm,
      purpose,
      sealedBefore,
      officeChanged,
      duplicatesFound: false,
      forMak: isSealedForMak(plan),
    }),
  )
  if (same !== undefined && changed?.wanted === same.wanted) return same
  return { wanted: null, because: 'only if Office was added or its key changed since the last seal' }
}

/** The order of 5, 6 and 7, or how it will be chosen. */
export function orderOf(plan: Plan, memory: Memory): Forecast['order'] {
  if (memory.order !== null) return memory.order
  if (plan.office.present === 'none') return { sequence: 'article', because: 'no Office: Windows alone is rearmed' }
  if (plan.order !== 'auto')
    return {
      sequence: null,
      because: `${plan.order === 'article' ? '5-6-7' : '6-7-5'} by the workflow, where there is an Office`,
    }
  return { sequence: null, because: 'not known yet: 6-7-5 where Office shares sppsvc with Windows, else 5-6-7' }
}

/** What the sources leave open or say against each other about this plan. */
export function caveatsOf(plan: Plan): readonly Caveat[] {
  const caveats: Caveat[] = []
  if (plan.scenario === 'update-image') {
    caveats.push({
      says: 'Sources contradict each other on a rearm at an update: the article rearms at every seal, readers who asked Citrix never.',
      source: 'article; pvs-volume',
    })
  }
  if (plan.scenario === 'maintenance-version' || plan.vdisk.create === 'maintenance-version') {
    caveats.push({
      says: 'No public source shows that PVS prepares an image when a version is promoted: only two canaries can tell.',
      source: 'pvs-versions; article',
    })
  }
  if (plan.vdisk.create === 'imaging-wizard') {
    caveats.push({
      says: 'The silent options of the Imaging Wizard are not documented: its success is read from its log, and proved by the boot.',
      source: 'bisf',
    })
  }
  return caveats
}
