import type { FaultRecord } from '../../faults/fault.ts'
import type { Device, DeviceState, Disk, DiskState } from '../../wire/operations/farm-state.ts'
import type { TargetState } from '../../wire/operations/target-state.ts'
import type { Plan, StepName } from '../../workflow/plan.ts'
import { ask, isAsk, type Ask, type Probe } from '../asking.ts'
import type { Looked } from '../chart/signals.ts'
import { deviceAfter, diskAfter, FORESEEN_DISK } from './project-farm.ts'
import type { Until } from './foreseen.ts'
import { targetAfter } from './project-target.ts'

/** The farm as it would be after the acts foreseen so far: facts of now with those acts laid over them. A machine that a foreseen act
 *  starts is dark: what it will say cannot be known before it is up. */
export class ForeseenWorld {
  readonly #plan: Plan
  readonly #acts: Ask[] = []
  readonly #dark = new Map<string, Until>()
  readonly #devices = new Map<string, Device>()
  readonly #disks = new Map<string, Disk>()

  constructor(plan: Plan) {
    this.#plan = plan
  }

  /** What of a probe can be asked now, and what has to happen before the rest can be: null when all of it can. */
  askable(probe: Probe): { readonly probe: Probe; readonly missing: Looked['missing']; readonly until: Until | null } {
    const lit: Record<string, Probe[string]> = {}
    const missing: Record<string, FaultRecord> = {}
    let until: Until | null = null
    const real = (request: Ask) => this.#real(request)
    const isLit = (request: Ask, label: string) => {
      const dark = this.#dark.get(request.host)
      if (dark === undefined) return true
      until ??= dark
      missing[label] = { code: 'HOST_UNREACHABLE', details: { host: request.host, why: 'it is off now' } }
      return false
    }
    for (const [label, entry] of Object.entries(probe)) {
      if (isAsk(entry)) {
        if (isLit(entry, label)) lit[label] = real(entry)
      } else {
        lit[label] = Object.fromEntries(Object.entries(entry).filter(([name, request]) => isLit(request, `${label}.${name}`)))
      }
    }
    return { probe: lit, missing, until }
  }

  /** True when the effect of an act on later facts can be told from the act alone. */
  apply(act: Ask, step: StepName): boolean {
    this.#acts.push(act)
    if (act.op === 'Start-VdpDevice' || act.op === 'Stop-VdpDevice') this.#darken(act, step)
    if (act.op === 'Restart-VdpComputer') this.#dark.set(act.host, { step, what: `has restarted ${act.host}` })
    return !WITH_UNKNOWN_EFFECT.includes(act.op)
  }

  /** What was read, with the acts laid over it. */
  seen(probe: Probe, looked: Looked): Looked {
    const now: Record<string, unknown> = {}
    for (const [label, entry] of Object.entries(probe)) {
      const facts = looked.now[label]
      if (isAsk(entry)) {
        if (facts !== undefined) now[label] = this.#later(entry, facts)
        continue
      }
      const group = (facts ?? {}) as Record<string, unknown>
      now[label] = Object.fromEntries(
        Object.entries(group).map(([name, one]) => {
          const request = entry[name]
          return [name, request === undefined ? one : this.#later(request, one)]
        }),
      )
    }
    return { now, missing: looked.missing }
  }

  /** A disk that only a foreseen act makes is looked for by its name. */
  #real(request: Ask): Ask {
    const { farm, vdisk } = this.#plan
    if (request.op !== 'Get-VdpDiskState' || (request.args as { guid?: string }).guid !== FORESEEN_DISK) return request
    return ask(request.host, 'Get-VdpDiskState', { site: farm.site, store: vdisk.store, name: vdisk.name })
  }

  #later(request: Ask, facts: unknown): unknown {
    switch (request.op) {
      case 'Get-VdpDiskState':
        return this.#laterDisk(facts as DiskState)
      case 'Get-VdpDeviceState':
        return this.#laterDevice(facts as DeviceState)
      case 'Get-VdpTargetState':
        return this.#acts.filter(({ host }) => host === request.host).reduce(targetAfter, facts as TargetState)
      default:
        return facts
    }
  }

  #laterDisk(facts: DiskState): DiskState {
    const later = this.#acts.reduce((state, act) => diskAfter(state, act, (id) => this.#devices.get(id)), facts)
    if (later.disk !== undefined) this.#disks.set(later.disk.guid, later.disk)
    return later
  }

  #laterDevice(facts: DeviceState): DeviceState {
    const later = this.#acts.reduce((state, act) => deviceAfter(state, act, (guid) => this.#disks.get(guid)), facts)
    if (later.device !== undefined) this.#devices.set(later.device.id, later.device)
    return later
  }

  #darken(act: Ask, step: StepName): void {
    const { deviceId } = act.args as { deviceId: string }
    const name = this.#devices.get(deviceId)?.name
    const machine = [this.#plan.target, ...this.#plan.canaries].find(({ device }) => device === name)
    if (machine !== undefined && !this.#dark.has(machine.host))
      this.#dark.set(machine.host, { step, what: `has booted ${machine.device}` })
  }
}

/** Acts whose effect on what is read later is the host's own business. */
const WITH_UNKNOWN_EFFECT: readonly string[] = [
  'Invoke-VdpWindowsRearm',
  'Invoke-VdpOfficeRearm',
  'Invoke-VdpHook',
  'Invoke-VdpImaging',
  'Test-VdpMount',
]
