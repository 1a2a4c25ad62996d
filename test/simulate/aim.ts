import { stagesOf } from '../../src/procedure/stages.ts'
import { STEPS, type StepName } from '../../src/workflow/plan.ts'
import type { Drawn } from './draw.ts'
import type { LinkFault } from './link.ts'

/** What a seed is about: a stage, what goes wrong while a run stands there, and what people decide there. */
export interface Aim {
  readonly place: string
  /** Links that break at requests of this stage. */
  readonly slips: readonly LinkFault[]
  /** The decision that is made there, as often as it is taken; null: as anywhere. */
  readonly choice: 'approve' | 'retry' | 'mark-done' | 'skip' | 'abort' | null
  /** The workflow wants the stage's step approved. */
  readonly approved: boolean
  /** What comes before the stage in its step is found done by hand, so that this stage is the first to ask for a change. */
  readonly ahead: boolean
  /** Nothing else goes wrong. */
  readonly calm: boolean
}

/** The wait for the mount slot is no stage, and may be aimed at all the same. */
const SLOT = 'sealVDisk.takingSlot'

/** Everything that can be aimed at. */
export const PLACES: readonly string[] = [
  ...Object.entries(stagesOf).flatMap(([step, stages]) => stages.map(({ name }) => `${step}.${name}`)),
  SLOT,
]

type Needs = Partial<Pick<Drawn, 'procedure' | 'wish' | 'localStore' | 'office' | 'found' | 'twin' | 'hasty' | 'faults'>>

const imaging: Needs = { procedure: 'kms-new-image', wish: 'imaging' }
const version: Needs = { procedure: 'kms-maintenance-version' }
const tokens: Needs = { procedure: 'kms-new-image', wish: 'tokens' }
const running: Needs = { procedure: 'kms-new-image', wish: 'usual', found: 'running', localStore: false }
const kmsHost: Needs = { procedure: 'kms-new-image', wish: 'kmsHost' }

/** What a draw needs so that its run comes to a stage that most runs pass by. */
const NEEDS: Readonly<Record<string, Needs>> = {
  'createVDisk.makeDisk': imaging,
  'createVDisk.pinServer': { localStore: true },
  'createVDisk.disableOthers': { procedure: 'kms-new-image', wish: 'inPlace' },
  'createVDisk.clearLicenseMode': { procedure: 'kms-update-image' },
  'createVDisk.openVersion': version,
  'createVDisk.attachDisk': imaging,
  'createVDisk.bootHardDisk': imaging,
  'createVDisk.imageDisk': imaging,
  'createVDisk.leaveHardDisk': imaging,
  'cleanTokens.cleanTokens': tokens,
  'activateWindows.useKmsHost': kmsHost,
  'activateWindows.restoreKmsHost': kmsHost,
  'sealVDisk.tidyTarget': tokens,
  'sealVDisk.checkDriver': { procedure: 'kms-new-image', wish: 'mountProbe' },
  'sealVDisk.publishVersion': version,
  'sealVDisk.confirmCopies': { procedure: 'kms-new-image', wish: 'hookCopies', localStore: true, hasty: true },
  'verify.checkCopy': { procedure: 'copied-image', hasty: true },
  'verify.watchCanaries': { wish: 'expedite' },
  'release.releaseDevices': { procedure: 'kms-new-image', wish: 'inPlace' },
  [SLOT]: { twin: true, hasty: true },
}

/** What is found done by hand, so that a stage is the first of its step to ask for a change. */
const AHEAD: Readonly<Record<string, Needs>> = {
  'preflight.before': running,
  'preflight.after': running,
  'createVDisk.before': running,
  'createVDisk.connectDevice': { procedure: 'kms-new-image', wish: 'usual', found: 'other source', localStore: false },
  'createVDisk.bootTarget': { procedure: 'kms-new-image', wish: 'usual', found: 'open', localStore: false },
  'createVDisk.bootHardDisk': { ...imaging, found: 'running' },
  'createVDisk.after': running,
  'activateWindows.after': { wish: 'noTest' },
  'rearmWindows.after': { wish: 'neverRearm' },
  'installOfficeKey.after': { office: false },
  'rearmOffice.after': { wish: 'neverRearm' },
  'sealVDisk.after': version,
  'verify.watchCanaries': { procedure: 'verify-only', wish: 'expedite', found: 'canaries', faults: [{ fault: 'kms-down' }] },
  'verify.after': { procedure: 'verify-only', wish: 'usual', found: 'canaries' },
}

/** A draw made fit for its aim: the run comes by the stage, and what is to go wrong there does. */
export function aimed(drawn: Drawn): Drawn {
  const { aim } = drawn
  if (aim === null) return drawn
  const { place, slips, approved, ahead, calm } = aim
  const [step = '', name = ''] = place.split('.')
  const moment = name === 'before' || name === 'after' ? name : null
  const faults = calm ? { faults: [], strokes: [], links: [] } : {}
  const fit: Drawn = { ...drawn, ...faults, ...NEEDS[place], ...(ahead ? AHEAD[place] : {}) }
  const inside = place === SLOT ? 'sealVDisk.checkDriver' : place
  return {
    ...fit,
    hooks: moment !== null ? [hookFor(drawn, aim, stepOf(step), moment)] : calm ? [] : fit.hooks,
    approvals: approved || ahead ? [...new Set([...fit.approvals, stepOf(step)])] : fit.approvals,
    links: [...fit.links, ...slips.map((slip) => ({ ...slip, in: inside })), ...around(drawn, aim)],
    // Whoever has the slot is held while it has it, and people come so seldom that the other run's patience ends first.
    people: place === SLOT ? { ...fit.people, everyMinutes: 90 } : fit.people,
  }
}

/** Stages that change nothing and look once: only a long silence holds a run there. */
const COPIES = ['verify.checkCopy', 'sealVDisk.confirmCopies']

/** Links that have to break elsewhere for an aim: a machine that is shut down by hand needs some farm minutes during which the run does not
 *  hear of the farm; whoever has the slot keeps it. */
function around({ speed }: Drawn, { place, ahead }: Aim): readonly LinkFault[] {
  const outage = (ms: number, at: string): LinkFault => ({ of: 'requests', at: 1, is: 'outage', ms, in: at })
  if (place === SLOT) return [outage(90_000, 'sealVDisk.checkDriver')]
  if (ahead && COPIES.includes(place)) return [outage(90_000, place)]
  const later = ahead && place.startsWith('sealVDisk.') && place !== 'sealVDisk.before'
  return later ? [outage(Math.ceil(24_000 / speed), 'sealVDisk.shutDownTarget')] : []
}

function stepOf(step: string): StepName {
  return STEPS.find((one) => one === step) ?? 'release'
}

/** Where the target is up, as far as a workflow may count on it. */
const TARGET_IS_UP = /^(createVDisk\.after|sealVDisk\.before|(cleanTokens|install\w+|activateWindows|rearm\w+)\.\w+)$/

/** One hook at this place. Before step 1 the target is off, unless it was found running; such a hook may reboot it. */
function hookFor(
  { hooks, chance }: Drawn,
  { place, ahead }: Aim,
  step: StepName,
  moment: 'before' | 'after',
): Drawn['hooks'][number] {
  const drawn = hooks[0] ?? { on: 'target', effect: 'idempotent', script: 'exit 0', mayReboot: chance % 2 === 0 }
  const early = place.startsWith('preflight.') || place === 'createVDisk.before'
  if (early && ahead) return { ...drawn, step, moment, on: 'target', mayReboot: true }
  const on = drawn.on === 'target' && !TARGET_IS_UP.test(place) ? 'pvs' : drawn.on
  return { ...drawn, step, moment, on }
}
