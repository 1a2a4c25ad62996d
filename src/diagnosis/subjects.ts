import type { FaultRecord } from '../faults/fault.ts'
import { describeFault } from '../faults/table.ts'
import type { FactsOf } from '../wire/operations/catalogue.ts'
import type { Device, DeviceState, Disk, DiskState, ServerState } from '../wire/operations/farm-state.ts'
import type { KmsHostState } from '../wire/operations/kms-host.ts'
import type { TargetPart, TargetState } from '../wire/operations/target-state.ts'
import { known, type Unreadable } from '../wire/reading.ts'
import type { DeviceRef } from '../workflow/plan.ts'
import type { Look } from './check.ts'
import { checkOf, type Role } from './check-of-fault.ts'
import { bad, hidden, na, type Ruling } from './ruling.ts'

/** One host of a check: what was seen of it, or the ruling because it was not. */
export type Subject<S> = { readonly host: string; readonly seen: S } | { readonly host: string; readonly ruling: Ruling }

type TargetWith<P extends TargetPart> = TargetState & { readonly [K in P]: NonNullable<TargetState[K]> }

/** Said of a target that nobody expects to answer. */
export const TARGET_OFF = 'the target is off: looked at after it boots from the vDisk'

/** Why a host, or what a host was asked of the farm, is missing from the look; nothing when it was not asked at all. `name` is the host
 *  that was asked, for canaries the canary. */
export function missingFrom(look: Look, group: string, name: string): FaultRecord | undefined {
  return look.missing[`${group}.${name}`] ?? look.missing[group]
}

/** What a fault says, with the host filled in. */
export function faultSays(fault: FaultRecord, host: string): string {
  return describeFault(fault.code, { host, server: host, ...fault.details }).says
}

/** A fault in its own words as a ruling; remedies that need a run are left out, and without any the check's own stands. */
export function faultRuling(fault: FaultRecord, host: string): Ruling {
  const { says, effect, remedy } = describeFault(fault.code, { host, server: host, ...fault.details })
  const here = remedy.filter((line) => !line.includes('<run>'))
  return bad(says, here.length > 0 ? { effect, remedy: here } : { effect })
}

/** True when the target is silent and the farm says that its device is inactive: its disk is not open yet. */
export function targetIsOff(look: Look): boolean {
  const fault = missingFrom(look, 'target', look.plan.target.host)
  return look.target === null && fault?.code === 'HOST_UNREACHABLE' && look.device?.device?.active === false
}

/** Why nothing is seen of a target that is off: it waits for its boot from the vDisk, unless others keep it from that by streaming the disk. */
export const OFF = { verdict: 'na', says: TARGET_OFF, because: 'disk.streaming' } as const satisfies Ruling

/** The target, if all these parts were asked for. */
export function onTarget<const P extends readonly TargetPart[]>(
  ...parts: P
): (look: Look) => readonly Subject<TargetWith<P[number]>>[] {
  return (look) => {
    const host = look.plan.target.host
    if (look.target === null) {
      return [
        {
          host,
          ruling: targetIsOff(look) ? OFF : unseen(look, host, missingFrom(look, 'target', host), 'target'),
        },
      ]
    }
    const target = look.target
    const left = parts.find((part) => target[part] === undefined)
    if (left === undefined) return [{ host, seen: target as TargetWith<P[number]> }]
    const handsOff = left === 'office' && target.officeRearmed
    return [
      {
        host,
        ruling: na(handsOff ? 'Office was rearmed: nothing of Office is touched until the seal' : `not asked for (${left})`),
      },
    ]
  }
}

/** The target, if its licence store answers: one that does not is a question of its own. */
export function onAnsweringStore(look: Look): readonly Subject<TargetWith<'windowsLicense'>>[] {
  return onTarget('windowsLicense')(look).map((subject) =>
    'ruling' in subject || subject.seen.windowsLicense.query.answers
      ? subject
      : { host: subject.host, ruling: hidden('windows.query', 'the licence store does not answer') },
  )
}

/** Every PVS server of the plan, each as a host of its own. */
export function onServers(look: Look): readonly Subject<ServerState>[] {
  return look.plan.farm.servers.map((host) => {
    const seen = look.servers[host]
    return seen === undefined
      ? { host, ruling: unseen(look, host, missingFrom(look, 'servers', host), 'server') }
      : { host, seen }
  })
}

/** The answer about the vDisk, however many were found. */
export function onDiskAnswer(look: Look): readonly Subject<DiskState>[] {
  const host = look.plan.farm.server
  if (look.disk !== null) return [{ host, seen: look.disk }]
  return [{ host, ruling: unseen(look, host, missingFrom(look, 'disk', host), 'server') }]
}

/** The one vDisk that was found; finding none or several is a question of its own. */
export function onDisk(look: Look): readonly Subject<DiskState & { disk: Disk }>[] {
  return onDiskAnswer(look).map((subject) => {
    if ('ruling' in subject) return subject
    const { disk, found } = subject.seen
    if (found === 1 && disk !== undefined) return { host: subject.host, seen: { ...subject.seen, disk } }
    return { host: subject.host, ruling: hidden('disk.found', `${found === 0 ? 'no vDisk' : `${String(found)} vDisks`} found`) }
  })
}

/** The answer about the record of the prep device. */
export function onDeviceAnswer(look: Look): readonly Subject<DeviceState>[] {
  const host = look.plan.target.device
  if (look.device !== null) return [{ host, seen: look.device }]
  return [{ host, ruling: unseen(look, look.plan.farm.server, missingFrom(look, 'device', look.plan.farm.server), 'server') }]
}

/** The one record of the prep device. */
export function onDevice(look: Look): readonly Subject<Device>[] {
  return onDeviceAnswer(look).map((subject) => {
    if ('ruling' in subject) return subject
    const device = subject.seen.device
    return device === undefined
      ? { host: subject.host, ruling: hidden('device.record', 'no device record') }
      : { host: subject.host, seen: device }
  })
}

/** The farm's answer about each canary. */
export function onCanaries(look: Look): readonly Subject<DeviceState & { ref: DeviceRef }>[] {
  return look.plan.canaries.map((ref) => {
    const seen = look.canaryDevices[ref.host]
    const host = ref.host
    return seen === undefined
      ? { host, ruling: unseen(look, look.plan.farm.server, missingFrom(look, 'canaries', host), 'server') }
      : { host, seen: { ...seen, ref } }
  })
}

/** The KMS host itself, where the inventory names one. */
export function onKmsHost(look: Look): readonly Subject<KmsHostState>[] {
  const host = look.plan.kmsHost
  if (host === null) return [{ host: look.plan.farm.name, ruling: na('no KMS host in the inventory: seen from the target only') }]
  if (look.kms !== null) return [{ host, seen: look.kms }]
  return [{ host, ruling: unseen(look, host, missingFrom(look, 'kms', host), 'kms') }]
}

/** True when PVS means this host of the inventory: by its own name for it, or by ours while it was not read. */
export function isServer(look: Look, host: string, pvsName: string): boolean {
  return [host, look.servers[host]?.server].some((name) => name?.toUpperCase() === pvsName.toUpperCase())
}

/** What the target can reach of KMS. */
export function onReach(look: Look): readonly Subject<FactsOf<'Test-VdpKmsReachability'>>[] {
  const host = look.plan.target.host
  if (look.reach !== null) return [{ host, seen: look.reach }]
  if (targetIsOff(look)) return [{ host, ruling: OFF }]
  return [
    {
      host,
      ruling: unseen(look, host, missingFrom(look, 'reach', host) ?? missingFrom(look, 'target', host), 'target'),
    },
  ]
}

/** The plan alone: no host is asked. */
export function onPlan(look: Look): readonly Subject<null>[] {
  return [{ host: look.plan.farm.name, seen: null }]
}

/** A fact that cannot be told while another check is not in order. */
interface Hiding extends Unreadable {
  readonly because: string
}

/** The device record as a fact of another check. */
export function deviceFact(look: Look): Device | Hiding {
  const device = look.device?.device
  return device ?? { unknown: `the record of ${look.plan.target.device} is not known`, because: 'device.record' }
}

/** The farm's settings, as the run's own server tells them. */
export function farmFact(look: Look): Exclude<ServerState['farm'], Unreadable> | Hiding {
  const server = look.plan.farm.server
  const farm = look.servers[server]?.farm
  if (farm !== undefined && known(farm)) return farm
  return { unknown: farm?.unknown ?? `the settings of the farm were not read on ${server}`, because: 'farm.connection' }
}

function unseen(look: Look, host: string, fault: FaultRecord | undefined, role: Role): Ruling {
  return fault === undefined ? na('not looked at') : hidden(checkOf(fault.code, role), faultSays(fault, host))
}
