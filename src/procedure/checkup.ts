import type { Look, OwnAct } from '../diagnosis/check.ts'
import { partsToAsk } from '../diagnosis/diagnose.ts'
import { APART_MS } from '../diagnosis/checks/occupancy.ts'
import type { DiskState } from '../wire/operations/farm-state.ts'
import type { Plan } from '../workflow/plan.ts'
import { ask, type Ask, type Probe } from './asking.ts'
import type { Looked } from './chart/signals.ts'
import { lookAtCanaryDevices, lookAtDevice, lookAtDisk, lookAtFiles, lookAtServers, lookAtTarget } from './looks.ts'
import { emptyMemory, type Memory } from './memory.ts'

/** What the checks read, every host in a group of its own, so that one that is silent leaves its checks unknown and not the whole look. */
export function lookAtAll(look: { readonly plan: Plan; readonly memory: Memory }) {
  const { plan } = look
  const kms: Record<string, Ask<'Get-VdpKmsHostState'>> = plan.kmsHost === null
    ? {}
    : { [plan.kmsHost]: ask(plan.kmsHost, 'Get-VdpKmsHostState', {}) }
  const reach = ask(plan.target.host, 'Test-VdpKmsReachability', { host: plan.kms.machine, port: plan.kms.port })
  return {
    servers: lookAtServers(look),
    disk: { [plan.farm.server]: lookAtDisk(look) },
    files: lookAtFiles(look),
    device: { [plan.farm.server]: lookAtDevice(look) },
    canaries: lookAtCanaryDevices(look),
    target: { [plan.target.host]: lookAtTarget(look, partsToAsk(false)) },
    reach: { [plan.target.host]: reach },
    kms,
  }
}

/** What such a probe brought, as the checks want it. */
export function lookOf(plan: Plan, { now, missing }: Looked): Look {
  const group = (label: string) => (now[label] ?? {}) as Readonly<Record<string, never>>
  const own = now['own'] as { readonly journal: readonly OwnAct[] } | undefined
  const of = (label: string, name: string | null) =>
    name !== null && name in group(label) ? (group(label)[name] as never) : null
  return {
    plan,
    target: of('target', plan.target.host),
    servers: group('servers'),
    disk: of('disk', plan.farm.server),
    files: group('files'),
    device: of('device', plan.farm.server),
    canaryDevices: group('canaries'),
    reach: of('reach', plan.target.host),
    kms: of('kms', plan.kmsHost),
    missing,
    ...(own === undefined ? {} : { own: own.journal }),
  }
}

/** Since when acts of runs may be behind the changes that the audit trail shows of a disk; null: it shows none. Milliseconds. */
export function actsSought(disk: Partial<DiskState> | null): number | null {
  const changes = disk?.recentChanges
  return Array.isArray(changes) && changes.length > 0 ? Math.min(...changes.map(({ at }) => Date.parse(at))) - APART_MS : null
}

/** Looks at all hosts of all plans at once, for the doctor. A target whose Office a run has rearmed refuses to be asked about it: such a one
 *  is asked again for the rest. Yields the probes that are to be answered; reads only. */
export function* checkups(plans: readonly Plan[]): Generator<Probe, readonly Look[], Looked> {
  const first = yield joined(plans.map((plan) => lookAtAll({ plan, memory: emptyMemory })))
  const looks = plans.map((_, at) => partOf(first, at))
  const shy = looks.map(({ missing }, at) => missing[`target.${plans[at]?.target.host ?? ''}`]?.code === 'HOST_REFUSED')
  if (!shy.includes(true)) return plans.map((plan, at) => lookOf(plan, partOf(first, at)))
  const second = yield joined(
    plans.map((plan, at) =>
      shy[at] === true ? { target: { [plan.target.host]: lookAtTarget({ plan, memory: emptyMemory }, partsToAsk(true)) } } : {},
    ),
  )
  return plans.map((plan, at) => lookOf(plan, mended(partOf(first, at), partOf(second, at))))
}

/** The probes of a look with the target asked again, without its Office, where it refused to be asked about it. */
export function* askedAgain<R>(plan: Plan, looks: Generator<Probe, R, Looked>): Generator<Probe, R, Looked> {
  let next = looks.next()
  while (next.done !== true) {
    const first = yield next.value
    const isShy = first.missing[`target.${plan.target.host}`]?.code === 'HOST_REFUSED'
    const target = { [plan.target.host]: lookAtTarget({ plan, memory: emptyMemory }, partsToAsk(true)) }
    next = looks.next(isShy ? mended(first, yield { target }) : first)
  }
  return next.value
}

/** Labels of several probes side by side: `3/disk`. */
export function joined(probes: readonly Probe[]): Probe {
  return Object.fromEntries(probes.flatMap((probe, at) => Object.entries(probe).map(([label, one]) => [`${at}/${label}`, one])))
}

/** What one of several probes that were joined brought. */
export function partOf({ now, missing }: Looked, at: number): Looked {
  const mine = <V>(all: Readonly<Record<string, V>>) =>
    Object.fromEntries(
      Object.entries(all).flatMap(([label, one]) => (label.startsWith(`${at}/`) ? [[label.slice(`${at}/`.length), one]] : [])),
    )
  return { now: mine(now), missing: mine(missing) }
}

/** The answer of the second look in the place of the refusal of the first. */
function mended(first: Looked, second: Looked): Looked {
  const answered = Object.values(second.now).some((group) => Object.keys(group as object).length > 0)
  if (!answered) return first
  const missing = Object.entries(first.missing).filter(([label]) => !label.startsWith('target.'))
  return { now: { ...first.now, ...second.now }, missing: Object.fromEntries(missing) }
}
