import { isAsk } from '../../../src/procedure/asking.ts'
import { isPrivate } from '../../../src/farm/image-mode.ts'
import { mountSlot, type RunContext } from '../../../src/procedure/chart/context.ts'
import type { ActInput, LookInput } from '../../../src/procedure/chart/signals.ts'
import { stageAt } from '../../../src/procedure/stages.ts'
import type { Undo } from '../../../src/procedure/undo.ts'
import { CANARY_DEVICES, PREP_DEVICE } from './farms.ts'
import { REARMS, type Monitor } from './monitor.ts'
import type { Edge } from './search.ts'
import type { Finding } from './verdicts.ts'

/** What holds of every event of every run: each says why it does not, or null. */
type Property = (edge: Edge, before: Monitor, after: Monitor, timers: readonly string[]) => string | null

/** The properties of single events by name. */
export const EVENT_PROPERTIES: Readonly<Record<string, Property>> = {
  'no rearm runs a second time without a decision by name': (edge, before, after) =>
    first(edge.acts, ({ ask }) =>
      REARMS.includes(ask.op) && before.rearmed.includes(ask.op) && after.rearmed.includes(ask.op) ? `${ask.op} again` : null,
    ),

  'nothing asks Office after its rearm without a decision': (edge, before, after) =>
    !before.rearmed.includes('Invoke-VdpOfficeRearm') || !after.rearmed.includes('Invoke-VdpOfficeRearm')
      ? null
      : (first(edge.acts, ({ ask }) => (OFFICE_CALLS.includes(ask.op) ? ask.op : null)) ??
        first(edge.looks, (look) => officeLook(edge.after, look))),

  'nothing boots or stops a machine from the first rearm to the shutdown of the seal': (edge, before) =>
    before.window
      ? first(edge.acts, ({ ask, place }) =>
          POWER.includes(ask.op) && place !== 'sealVDisk.shutDownTarget' ? `${ask.op} at ${place}` : null,
        )
      : null,

  'from the first rearm on the run remembers the boot that must last': (edge, _before, after) =>
    after.window && edge.after.memory.window === null ? 'the window is forgotten' : null,

  'no seal without the verdicts on privilege and driver in the same slot': (edge, before) =>
    first(edge.acts, ({ place, ask }) => {
      const closes = 'writeCacheType' in ask.args && !isPrivate(ask.args.writeCacheType)
      return (place.startsWith('sealVDisk.') && closes) || place === 'sealVDisk.publishVersion' ? unproved(edge, before) : null
    }),

  'nothing is dismounted but the disk that this run mounted, seen there, when a person said so': (edge, before) =>
    first(edge.acts, ({ ask }) => {
      if (ask.op !== 'Dismount-VdpDisk') return null
      const { now } = edge.happening?.event['output'] as Finding
      const seen = (now['servers'] as Record<string, { mounted: { guid: string } | null }>)[ask.host]?.mounted?.guid
      const mine = edge.after.memory.disk?.guid === seen && (ask.args as { guid: string }).guid === seen
      return mine && before.mounts && edge.before.stage.granted.includes('dismount') ? null : `mounted: ${String(seen)}`
    }),

  'no production device can boot the disk before the release, once it was touched': (edge, before) =>
    first(edge.acts, (act) => (before.touched && !(act.place.startsWith('release.') && before.verified) ? givesAway(act) : null)),

  'what an act changes for the run alone is on the undo list before it starts': (edge) =>
    first(edge.acts, (act) => unrecorded(act, edge.after.memory.undo)),

  'an undo leaves the list only where it is as it was, or no longer to be put back': (edge) => {
    const gone = edge.before.memory.undo.filter((one) => !edge.after.memory.undo.some(({ key }) => key === one.key))
    const wrong = gone.find(
      (one) => !(MAY_FORGET[edge.before.stage.place] ?? []).includes(one.is) && edge.before.stage.place !== 'restoring.restore',
    )
    return wrong === undefined ? null : `${wrong.key} at ${edge.before.stage.place}`
  },

  'every end comes through the putting back, with nothing left or a skip recorded': (edge, _before, after) => {
    if (!edge.ended) return null
    if (!edge.at.startsWith('restoring.')) return `ended from ${edge.at}`
    const left = edge.after.memory.undo.map(({ key }) => key)
    return left.length === 0 || after.restoreSkipped ? null : `left: ${left.join()}`
  },

  'the mount slot is held exactly in its part of the seal, or to the end of a run that ends there': (edge) => {
    const slot = edge.after.leases.filter((key) => key === mountSlot(edge.after.plan)).length
    const had = edge.before.leases.includes(mountSlot(edge.before.plan))
    const wanted = IN_SLOT.test(edge.to) || (edge.to.startsWith('restoring.') && had) ? 1 : 0
    return slot === wanted ? null : `${String(slot)} slots at ${edge.to}`
  },

  'rearms follow the chosen order, and none is left out before the seal': (edge, before) => {
    const sequence = edge.after.memory.order?.sequence
    const early = first(edge.acts, ({ ask }) => {
      if (sequence === 'officeFirst')
        return ask.op === REARMS[0] && !before.left.includes('rearmOffice') ? 'Windows before Office' : null
      return ask.op === REARMS[1] && !before.left.includes('rearmWindows') ? 'Office before Windows' : null
    })
    const sealing = edge.told.some((line) => line.type === 'step.entered' && line.step === 'sealVDisk')
    return early ?? (sealing && before.left.length + leftNow(edge) < 2 ? 'a rearm step was left out' : null)
  },

  'nothing that asks for approval is done without it': (edge, before) =>
    first(edge.acts, ({ place }) => {
      const { verdict } = edge.after.stage
      if (verdict?.is !== 'act') return null
      const { step } = stageAt(place)
      if (verdict.act.approval !== undefined && !before.approvedActs.includes(verdict.act.key))
        return `${verdict.act.key}: asks for itself`
      if (place.startsWith('restoring.')) return null
      return edge.after.plan.approvals[step] !== undefined && !before.approvedSteps.includes(step)
        ? `${verdict.act.key}: the workflow asks`
        : null
    }),

  'an act in doubt is settled before anything is judged or done': (edge, _before, after) => {
    const ending = edge.after.ending !== null || edge.after.stage.phase === 'mark'
    return after.doubt && !ending && edge.acts.length + edge.looks.length > 0 ? 'it looks or acts while in doubt' : null
  },

  'every act has its intent in the same turn': (edge) =>
    first(edge.acts, ({ effect }) =>
      edge.told.some((line) => line.type === 'intended' && line.effect === effect) ? null : effect,
    ),

  'every state waits for an effect, a timer or a person': (edge, _before, _after, timers) =>
    edge.ended || edge.waits || timers.length > 0 || edge.open ? null : `${edge.to} waits for nothing`,
}

/** The names of the properties of single events that an event breaks. */
export function broken(
  edge: Edge,
  before: Monitor,
  after: Monitor,
  timers: readonly string[],
): readonly { property: string; why: string }[] {
  return Object.entries(EVENT_PROPERTIES).flatMap(([property, holds]) => {
    const why = holds(edge, before, after, timers)
    return why === null ? [] : [{ property, why }]
  })
}

const OFFICE_CALLS: readonly string[] = [
  'Set-VdpOfficeKey',
  'Invoke-VdpOfficeActivation',
  'Reset-VdpTokenStore',
  'Restore-VdpTokenStore',
]
const POWER: readonly string[] = ['Start-VdpDevice', 'Stop-VdpDevice', 'Stop-VdpComputer', 'Restart-VdpComputer']
const IN_SLOT = /^sealVDisk\.(checkPrivilege|checkDriver|setLicenseMode|switchToStandard|publishVersion)\./

/** Where a stage itself sees to what was changed: the version is somebody else's, this run's request was refused; the image is touched and its mode no longer put back; an override is back already; what
 *  was stopped returns with the next boot; a promoted version stays; released devices have the disk. */
const MAY_FORGET: Readonly<Record<string, readonly Undo['is'][]>> = {
  'createVDisk.openVersion': ['version'],
  'createVDisk.bootTarget': ['mode', 'licenseMode'],
  'activateWindows.restoreKmsHost': ['kmsHost'],
  'sealVDisk.shutDownTarget': ['services', 'running'],
  'sealVDisk.publishVersion': ['version'],
  'release.releaseDevices': ['deviceDisk'],
}

function first<T>(list: readonly T[], why: (one: T) => string | null): string | null {
  for (const one of list) {
    const said = why(one)
    if (said !== null) return said
  }
  return null
}

function officeLook({ plan, memory, stage }: RunContext, { place }: LookInput): string | null {
  const probe = stageAt(place).probe({ plan, memory, intent: stage.intent, end: stage.end })
  const asks = Object.values(probe).flatMap((entry) => (isAsk(entry) ? [entry] : Object.values(entry)))
  const asksOffice = asks.some(({ host, args }) => host === plan.target.host && 'parts' in args && args.parts.includes('office'))
  return asksOffice ? `${place} reads Office` : null
}

function unproved({ after }: Edge, { privilege, driver }: Monitor): string | null {
  if (!after.leases.includes(mountSlot(after.plan))) return 'without the mount slot'
  return privilege && driver ? null : `privilege ${String(privilege)}, driver ${String(driver)}`
}

function givesAway({ place, ask: { op, args } }: ActInput): string | null {
  const said = args as { deviceId?: string; enabled?: boolean; assign?: string | null; to?: string }
  const stranger = said.deviceId !== PREP_DEVICE && !CANARY_DEVICES.includes(said.deviceId ?? '')
  const gives =
    (op === 'Set-VdpDeviceDisk' && said.enabled === true) || (op === 'Connect-VdpDevice' && typeof said.assign === 'string')
  if (gives && stranger) return `${op} for a production device at ${place}`
  return op === 'Publish-VdpVersion' && said.to === 'production' ? `${op} at ${place}` : null
}

function unrecorded({ place, ask: { op, args } }: ActInput, undo: readonly Undo[]): string | null {
  if (place.startsWith('restoring.') || place.startsWith('release.') || place === 'activateWindows.restoreKmsHost') return null
  const { deviceId, assign, enabled, state } = args as {
    deviceId?: string
    assign?: string | null
    enabled?: boolean | null
    state?: string
  }
  const needs = (is: Undo['is'], id?: string) =>
    undo.some((one) => one.is === is && (id === undefined || ('deviceId' in one && one.deviceId === id))) ? null : `${op}: ${is}`
  switch (op) {
    case 'Connect-VdpDevice':
      return needs('device', deviceId) ?? (typeof assign === 'string' ? needs('assignment', deviceId) : null)
    case 'Set-VdpDeviceDisk':
      return enabled === false ? needs('deviceDisk', deviceId) : null
    case 'Set-VdpDiskServer':
      return needs('server')
    case 'Set-VdpDiskMode':
      return place.startsWith('createVDisk.') ? needs('mode') : null
    case 'Set-VdpLicenseMode':
      return place.startsWith('createVDisk.') ? needs('licenseMode') : null
    case 'New-VdpMaintenanceVersion':
      return needs('version')
    case 'Start-VdpDevice':
      return needs('running', deviceId)
    case 'Set-VdpKmsHost':
      return needs('kmsHost')
    case 'Set-VdpUpdateServices':
      return state === 'stopped' ? needs('services') : null
    default:
      return null
  }
}

function leftNow({ told }: Edge): number {
  return told.filter(
    (line) =>
      (line.type === 'step.done' || line.type === 'step.skipped') &&
      (line.step === 'rearmWindows' || line.step === 'rearmOffice'),
  ).length
}
