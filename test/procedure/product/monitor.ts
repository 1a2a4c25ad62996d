import type { RunEvent } from '../../../src/procedure/events.ts'
import { mountSlot } from '../../../src/procedure/chart/context.ts'
import { stageAt } from '../../../src/procedure/stages.ts'
import { PREP_DEVICE } from './farms.ts'
import type { Edge } from './search.ts'

/** What an onlooker remembers who sees only the acts sent and the lines written: no word of the chart's own memory. */
export interface Monitor {
  /** Rearms begun since a person last allowed one. */
  readonly rearmed: readonly string[]
  /** From the first rearm to the shutdown for the seal. */
  readonly window: boolean
  /** An act of this run may have mounted the disk. */
  readonly mounts: boolean
  readonly privilege: boolean
  readonly driver: boolean
  /** The image was booted read/write in this run. */
  readonly touched: boolean
  /** Verification is over: proved, or waived by a person. */
  readonly verified: boolean
  readonly approvedSteps: readonly string[]
  readonly approvedActs: readonly string[]
  /** An act whose outcome is unknown. */
  readonly doubt: boolean
  /** Rearm steps left since activation. */
  readonly left: readonly string[]
  readonly restoreSkipped: boolean
  readonly ending: boolean
}

/** Nothing has happened. */
export const atStart: Monitor = {
  rearmed: [],
  window: false,
  mounts: false,
  privilege: false,
  driver: false,
  touched: false,
  verified: false,
  approvedSteps: [],
  approvedActs: [],
  doubt: false,
  left: [],
  restoreSkipped: false,
  ending: false,
}

/** The rearms: their acts may not be repeated without a decision by name. */
export const REARMS: readonly string[] = ['Invoke-VdpWindowsRearm', 'Invoke-VdpOfficeRearm']
/** The decisions that allow another rearm. */
const AGAIN: readonly (string | null)[] = ['rearm-again', 'check-again']

/** What the onlooker remembers after one more event. */
export function watch(before: Monitor, edge: Edge): Monitor {
  let seen = before
  if (edge.happening?.event.type === 'xstate.error.actor.act') {
    const { inDoubt } = edge.happening.event['error'] as { readonly inDoubt: boolean }
    seen = { ...seen, doubt: inDoubt }
  }
  for (const line of edge.told) seen = heard(seen, line, edge)
  for (const { place, ask } of edge.acts) {
    if (REARMS.includes(ask.op)) seen = { ...seen, rearmed: [...new Set([...seen.rearmed, ask.op])].sort(), window: true }
    if (ask.op === 'Test-VdpMount' || place === 'sealVDisk.switchToStandard') seen = { ...seen, mounts: true }
    if (place === 'sealVDisk.shutDownTarget') seen = { ...seen, window: false }
    if (ask.op === 'Start-VdpDevice' && (ask.args as { deviceId: string }).deviceId === PREP_DEVICE)
      seen = { ...seen, touched: true }
  }
  if (!edge.after.leases.includes(mountSlot(edge.after.plan))) seen = { ...seen, mounts: false, privilege: false, driver: false }
  return edge.after.ending === null ? seen : { ...seen, ...FORGOTTEN_AT_THE_END }
}

/** Nothing that is asked of a run on its way back. */
const FORGOTTEN_AT_THE_END = {
  verified: false,
  doubt: false,
  rearmed: [],
  window: false,
  mounts: false,
  privilege: false,
  driver: false,
  approvedSteps: [],
  left: [],
}

function heard(seen: Monitor, line: RunEvent, edge: Edge): Monitor {
  switch (line.type) {
    case 'settled':
      return line.receipt === 'none'
        ? { ...seen, doubt: false, rearmed: without(seen.rearmed, edge.before.stage.intent?.op) }
        : { ...seen, doubt: false }
    case 'decided':
      return decided(seen, line, edge)
    case 'ending':
      return { ...seen, ending: true }
    case 'stage.entered':
      return { ...seen, approvedActs: [] }
    case 'stage.done':
      return stageDone({ ...seen, doubt: false }, line.place)
    case 'step.entered':
      return line.step === 'activateWindows' ? { ...seen, left: [] } : seen
    case 'step.done':
    case 'step.skipped':
      return line.step === 'rearmWindows' || line.step === 'rearmOffice'
        ? { ...seen, left: [...new Set([...seen.left, line.step])].sort() }
        : seen
    default:
      return seen
  }
}

function stageDone(seen: Monitor, place: string): Monitor {
  switch (place) {
    case 'createVDisk.bootTarget':
      return { ...seen, touched: true }
    case 'sealVDisk.shutDownTarget':
      return { ...seen, window: false }
    case 'sealVDisk.checkPrivilege':
      return { ...seen, privilege: true }
    case 'sealVDisk.checkDriver':
      return { ...seen, driver: true }
    case 'verify.watchCanaries':
      return { ...seen, verified: true }
    default:
      return seen
  }
}

function decided(seen: Monitor, { decision, option, by, place }: RunEvent & { type: 'decided' }, { before, at }: Edge): Monitor {
  if (decision === 'skip' && place === 'restoring.restore') return { ...seen, restoreSkipped: true }
  if (decision !== 'approve') return seen
  if (AGAIN.includes(option)) {
    const lost = before.stage.heldFor?.code === 'REARM_LOST' || option === 'check-again'
    return { ...seen, rearmed: [], window: lost ? false : seen.window, approvedSteps: lost ? [] : seen.approvedSteps }
  }
  const { verdict } = before.stage
  if (!at.endsWith('.approving') || verdict?.is !== 'act') return seen
  const { step } = stageAt(place)
  const another = before.plan.approvals[step]?.anotherPerson === true
  if (another && by.login === before.startedBy.login) return seen
  return {
    ...seen,
    approvedSteps: [...new Set([...seen.approvedSteps, step])].sort(),
    approvedActs: [...new Set([...seen.approvedActs, verdict.act.key])].sort(),
  }
}

function without(list: readonly string[], gone: string | undefined): readonly string[] {
  return list.filter((one) => one !== gone)
}
