import type { FaultRecord } from '../faults/fault.ts'
import { isSealedForMak } from '../farm/licence-mode.ts'
import type { DiskState } from '../wire/operations/farm-state.ts'
import type { Plan } from '../workflow/plan.ts'
import type { Probe } from './asking.ts'
import { joined, partOf } from './checkup.ts'
import type { Looked } from './chart/signals.ts'
import { emptyMemory } from './memory.ts'
import type { Stage } from './stage.ts'
import { bootCanaries } from './steps/verify/bootCanaries.ts'
import { checkMakClones } from './steps/verify/checkMakClones.ts'
import { watchCanaries } from './steps/verify/watchCanaries.ts'
import type { Verdict } from './verdict.ts'

/** What one look shows of one vDisk: `fail` its clones or its settings are wrong, `unknown` nothing shows whether they are right, `warn` they
 *  are right so far. */
export interface FleetLine {
  readonly title: string
  readonly where: string
  readonly verdict: 'fail' | 'unknown' | 'warn' | 'pass'
  readonly code: string | null
  readonly says: string
}

/** Holds that say that a clone shows nothing, not that something is wrong. */
const SHOWS_NOTHING = ['TARGET_NOT_ON_VDISK', 'CANARY_ELSEWHERE', 'TOO_FEW_CANARIES', 'VERSION_NOT_OFFERED', 'DEVICE_NOT_FOUND']

/** Looks at the clones of many vDisks at once, by the rules of a verification; boots nothing, changes nothing. In the order of the plans. Yields the
 *  probes that are to be answered. */
export function* lookAtFleet(plans: readonly Plan[]): Generator<Probe, readonly FleetLine[], Looked> {
  const stages = plans.map((plan) => (isSealedForMak(plan) ? checkMakClones : watchCanaries))
  const first = yield joined(plans.map((plan) => probeOf(bootCanaries, plan)))
  const early = plans.map((plan, at) => beforeClones(plan, partOf(first, at)))
  const second = yield joined(plans.map((plan, at) => (early[at] === null ? probeOf(stages[at] ?? watchCanaries, plan) : {})))
  return plans.map((plan, at) => {
    const line = early[at] ?? lineOf(judged(stages[at] ?? watchCanaries, plan, partOf(second, at)))
    return { title: plan.title, where: `${plan.farm.name}/${plan.vdisk.store}`, ...line }
  })
}

type Told = Omit<FleetLine, 'title' | 'where'>

/** What the farm says before any clone is asked; null when they are to be asked. */
function beforeClones(plan: Plan, looked: Looked): Told | null {
  const silent = Object.values(looked.missing)[0]
  if (silent !== undefined) return { verdict: 'unknown', ...broken(silent), says: 'the PVS server was not read' }
  const { disk } = looked.now['disk'] as DiskState
  if (disk !== undefined && disk.licenseMode !== plan.seal.licenseMode) {
    const says = `LicenseMode is ${String(disk.licenseMode)}, sealed it is ${String(plan.seal.licenseMode)}`
    return { verdict: 'fail', code: null, says }
  }
  const verdict = judged(bootCanaries, plan, looked)
  if (verdict.is === 'done') return verdict.skipped ? { verdict: 'unknown', code: null, says: verdict.because.join(', ') } : null
  if (verdict.is === 'act' || verdict.is === 'retry')
    return { verdict: 'unknown', code: null, says: `nothing to look at: ${verdict.because.join(', ')}` }
  return lineOf(verdict)
}

function lineOf(verdict: Verdict): Told {
  switch (verdict.is) {
    case 'done': {
      const [says = ''] = verdict.because
      return { verdict: 'pass', code: null, says }
    }
    case 'retry':
      return { verdict: 'warn', code: null, says: `${verdict.waitingFor}: ${verdict.because.join(', ')}` }
    case 'fail':
      return { verdict: 'fail', ...broken(verdict.fault) }
    case 'hold':
      return { verdict: SHOWS_NOTHING.includes(verdict.fault.code) ? 'unknown' : 'fail', ...broken(verdict.fault) }
    case 'act':
    case 'unknown':
      return { verdict: 'unknown', code: null, says: verdict.because.join(', ') }
  }
}

function broken({ code, details }: FaultRecord): Pick<Told, 'code' | 'says'> {
  const about = ['canaries', 'canary', 'why', 'host', 'name'].flatMap((name) => details[name] ?? [])
  return { code, says: about.map(String).join(', ') }
}

function look(plan: Plan) {
  return { plan: { ...plan, verify: { ...plan.verify, expedite: false } }, memory: emptyMemory, intent: null, end: null }
}

function probeOf(stage: Stage, plan: Plan): Probe {
  return stage.probe(look(plan))
}

function judged(stage: Stage, plan: Plan, { now, missing }: Looked): Verdict {
  return stage.judge({ ...look(plan), now: now as never, missing, granted: [] })
}
