import { isAsk, type Ask, type Probe } from '../../../src/procedure/asking.ts'
import type { RunContext } from '../../../src/procedure/chart/context.ts'
import { sameBoot } from '../../../src/procedure/reboots.ts'
import type { Stage } from '../../../src/procedure/stage.ts'
import { stageAt } from '../../../src/procedure/stages.ts'
import { act, done, fail, hold, retry, unknown, type Verdict } from '../../../src/procedure/verdict.ts'
import type { DeviceState } from '../../../src/wire/operations/farm-state.ts'
import type { FaultRecord } from '../../../src/faults/fault.ts'
import { CHANGES, type Change, type Farm } from './farms.ts'
import { judgedKey, memoryKey, optionsOf } from './key.ts'
import type { Walk } from './plans.ts'

/** What a look may bring, with the verdict its stage gives. `facts` names the changes of the farm that show it. */
export interface Finding {
  readonly now: Readonly<Record<string, unknown>>
  readonly missing: Readonly<Record<string, FaultRecord>>
  readonly verdict: Verdict
  readonly facts: string
}

/** Said of a verdict that no judge has given: it is the walk's own. */
export const ANY = 'whatever the facts'

const ANY_VERDICT: readonly Verdict[] = [
  fail('INTERNAL', {}, 'any'),
  unknown('a fact', 'any'),
  retry('something', 'any'),
  hold('FACT_UNKNOWN', {}, 'any'),
]

interface Reading {
  readonly farm: Farm
  readonly facts: string
}

/** Stages that see the whole farm: whatever fails there holds alike, and each check that fails is one more option to waive it. */
const CHECKS = ['checks', 'checkTarget']
const ONE_CHECK_FAILS: Change = {
  of: 'target',
  name: 'another tool rearms',
  make: ({ target }) => void (target.security.bitLocker = 'encrypted' as never),
}

/** What a run that mends one check finds, and finds mended. */
const MENDABLE = ['SkipRearm set', 'soapserver ended by itself']

const SILENT = { code: 'HOST_UNREACHABLE', details: { host: 'a host', why: 'no answer' } } as const
const REFUSED = { code: 'PVS_ACCESS_DENIED', details: { host: 'a host' } } as const

/** Everything that a look at the run's place may find: each class of verdict that the stage's own judge gives for the farms of the walk,
 *  alone and with one or two changes, and besides the classes that any judge might give. */
export class Findings {
  private static readonly ofWalks = new WeakMap<Walk, Findings>()
  private readonly known = new Map<string, readonly Finding[]>()
  private readonly readings = new Map<string, readonly Reading[]>()
  private readonly of: Walk

  private constructor(of: Walk) {
    this.of = of
  }

  /** The findings of a walk; they do not depend on the chart that is walked. */
  static of(walk: Walk): Findings {
    const findings = Findings.ofWalks.get(walk) ?? new Findings(walk)
    Findings.ofWalks.set(walk, findings)
    return findings
  }

  at(context: RunContext): readonly Finding[] {
    const key = judgedKey(context)
    const known = this.known.get(key)
    if (known !== undefined) return known
    const found = this.find(context)
    this.known.set(key, found)
    return found
  }

  private find(context: RunContext): readonly Finding[] {
    const { plan, memory, stage: at } = context
    const stage = stageAt(at.place)
    const probe = stage.probe({ plan, memory, intent: at.intent, end: at.end })
    const classes = new Map<string, Finding>()
    const add = (finding: Finding) => {
      const name = classOf(finding, context)
      if (!classes.has(name)) classes.set(name, finding)
    }
    const readings = this.read(stage, probe)
    for (const { farm, facts } of readings) this.judge(context, stage, probe, farm, facts, add)
    for (const [label] of Object.entries(probe)) {
      if (stage.judgesSilence && !CHECKS.includes(stage.name))
        for (const { farm, facts } of readings.slice(0, 3)) this.judge(context, stage, probe, farm, facts, add, label)
    }
    const first = readings[0]
    const now = first === undefined ? {} : seenOf(probe, first.farm, this.of).now
    const { everything } = this.of.depth
    for (const verdict of everything ? ANY_VERDICT : ANY_VERDICT.slice(0, 2)) add({ now, missing: {}, verdict, facts: ANY })
    const { intent } = at
    if (intent !== null && context.ending === null && (everything || stage.repeat === 'never')) {
      const { key, what, host, op } = intent
      add({ now, missing: {}, verdict: act({ ask: { host, op, args: {} }, what, key }, 'any'), facts: ANY })
    }
    if (!stage.judgesSilence) {
      add({ now, missing: { any: SILENT }, verdict: done('unread'), facts: 'silence' })
      if (everything) add({ now, missing: { any: REFUSED }, verdict: done('unread'), facts: 'a refusal' })
    }
    return [...classes.values()]
  }

  private judge(
    context: RunContext,
    stage: Stage,
    probe: Probe,
    farm: Farm,
    facts: string,
    add: (finding: Finding) => void,
    silent?: string,
  ): void {
    const { plan, memory, stage: at } = context
    const { now, missing } = seenOf(probe, farm, this.of, silent)
    const sight = { plan, memory, now: now as never, missing, intent: at.intent, end: at.end, granted: at.granted }
    const verdict = stage.judge(sight)
    add({ now, missing, verdict, facts })
    if (verdict.is !== 'act' || verdict.act.ask.op !== 'Set-VdpSealRecord') return
    const noted = structuredClone(farm)
    noted.disk.disk.longDescription = (verdict.act.ask.args as { text: string }).text
    const again = { ...sight, now: seenOf(probe, noted, this.of).now as never }
    add({ now: again.now, missing, verdict: stage.judge(again), facts: `${facts}, noted` })
  }

  /** The farms of the walk with every change, and every two changes, that this probe can see. */
  private read(stage: Stage, probe: Probe): readonly Reading[] {
    const touched = [...new Set(asksOf(probe).map((one) => touchedBy(one, this.of)))]
    const key = touched.sort().join() + (touched.length > 5 ? stage.name : '')
    const known = this.readings.get(key)
    if (known !== undefined) return known
    const changes = CHANGES.filter(({ of, name }) => touched.includes(of) && !this.of.without.includes(name))
    const readings = CHECKS.includes(stage.name)
      ? this.of.farms.flatMap((farm) => [
          { farm, facts: 'plain' },
          ...[ONE_CHECK_FAILS, ...changes.filter(({ name }) => MENDABLE.includes(name))].map((one) => changed(farm, one)),
        ])
      : this.of.farms.flatMap((farm) => [
          { farm, facts: 'plain' },
          ...changes.flatMap((one, index) => [
            changed(farm, one),
            ...changes.slice(index + 1).map((two) => changed(farm, one, two)),
          ]),
        ])
    this.readings.set(key, readings)
    return readings
  }
}

function changed(farm: Farm, ...changes: readonly Change[]): Reading {
  const copy = { ...farm }
  for (const { of } of changes) copyPart(copy, farm, of)
  for (const change of changes) change.make(copy)
  return { farm: copy, facts: changes.map(({ name }) => name).join(', ') }
}

const PARTS = { canaries: 'canaryDevices' } as const

function copyPart(copy: Farm, farm: Farm, of: Change['of']): void {
  const part = of === 'canaries' ? PARTS.canaries : of
  Object.assign(copy, { [part]: structuredClone(farm[part]) })
}

function asksOf(probe: Probe): readonly Ask[] {
  return Object.values(probe).flatMap((entry) => (isAsk(entry) ? [entry] : Object.values(entry)))
}

function touchedBy({ op, host, args }: Ask, { plan }: Walk): Change['of'] {
  switch (op) {
    case 'Get-VdpTargetState':
      return host === plan.target.host ? 'target' : 'clones'
    case 'Get-VdpServerState':
      return 'servers'
    case 'Get-VdpDeviceState':
      return deviceKind(args as { name?: string; deviceId?: string }, plan)
    case 'Get-VdpTask':
      return 'task'
    case 'Get-VdpActivationEvents':
      return 'sent'
    case 'Get-VdpDiskState':
    case 'Get-VdpDiskFiles':
      return 'disk'
    default:
      return 'target'
  }
}

function deviceKind({ name, deviceId }: { name?: string; deviceId?: string }, plan: Walk['plan']) {
  const canary = plan.canaries.some(({ device }) => device === name) || (deviceId !== undefined && /00[23]$/.test(deviceId))
  if (canary) return 'canaries'
  return name === plan.target.device || deviceId?.endsWith('001') === true ? 'device' : 'production'
}

function seenOf(probe: Probe, farm: Farm, of: Walk, silent?: string) {
  const missing: Record<string, FaultRecord> = {}
  const now: Record<string, unknown> = {}
  for (const [label, entry] of Object.entries(probe)) {
    if (isAsk(entry)) {
      if (label === silent) missing[label] = SILENT
      else now[label] = factsOf(entry, farm, of)
      continue
    }
    const group = Object.entries(entry).filter(([name], index) => {
      const lost = label === silent && index === 0
      if (lost) missing[`${label}.${name}`] = SILENT
      return !lost
    })
    now[label] = Object.fromEntries(group.map(([name, one]) => [name, factsOf(one, farm, of)]))
  }
  return { now, missing }
}

function factsOf({ op, host, args }: Ask, farm: Farm, { plan }: Walk): unknown {
  switch (op) {
    case 'Get-VdpTargetState': {
      const { parts } = args as { parts: readonly string[] }
      const state = host === plan.target.host ? farm.target : (farm.clones[host] ?? farm.target)
      return Object.fromEntries(Object.entries(state).filter(([part]) => ['at', 'act', 'officeRearmed', ...parts].includes(part)))
    }
    case 'Get-VdpServerState':
      return host === 'PVS02' ? farm.servers.PVS02 : farm.servers.PVS01
    case 'Get-VdpDiskState':
      return farm.disk
    case 'Get-VdpDiskFiles':
      return farm.files[host]
    case 'Get-VdpDeviceState': {
      const { name, deviceId } = args as { name?: string; deviceId?: string }
      const all: readonly { readonly device?: DeviceState['device'] | undefined }[] = [
        farm.device,
        farm.production,
        ...Object.values(farm.canaryDevices),
      ]
      return all.find(({ device }) => device?.id === deviceId || device?.name === name) ?? farm.device
    }
    case 'Get-VdpKmsHostState':
      return farm.kms
    case 'Test-VdpKmsReachability':
      return farm.reach
    case 'Get-VdpTask':
      return farm.task
    case 'Get-VdpActivationEvents':
      return farm.sent[host]
    default:
      return { at: farm.disk.at }
  }
}

/** What of a finding the chart and the rest of the run can tell apart. */
function classOf({ verdict, missing, now }: Finding, context: RunContext): string {
  const learn = 'learn' in verdict ? verdict.learn : undefined
  const memory = learn === undefined ? '' : memoryKey({ ...context, memory: { ...context.memory, ...learn } })
  const fault = verdict.is === 'hold' ? verdict.fault.code : ''
  const silence = Object.values(missing)[0]?.code
  const options = optionsOf(verdict)
  const act =
    verdict.is === 'act'
      ? [verdict.act.key, verdict.act.ask, verdict.act.approval !== undefined, verdict.act.undo?.map(({ key }) => key)]
      : []
  const { window } = context.memory
  const { boot } = (now['target'] ?? {}) as Partial<Farm['target']>
  const rebooted = window !== null && boot !== undefined ? sameBoot(window, boot).is : ''
  const special = fault === 'REARM_LOST' || fault === 'REBOOTED_BEFORE_REARM' ? fault : ''
  return JSON.stringify([verdict.is, memory, special, silence, options, act, rebooted])
}
