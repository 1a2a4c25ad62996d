import type { Stamped } from '../../procedure/fold.ts'
import type { RunView } from '../../procedure/run-view.ts'
import { saysUndo } from '../../procedure/undo.ts'
import { RISK_MEANINGS, type Plan } from '../../workflow/plan.ts'
import type { DeviceState, DiskState } from '../../wire/operations/farm-state.ts'
import { goThrough, iso, type Answer } from './answers.ts'
import { pathOf, timelineOf } from './course.ts'
import { firstLine, kindOf } from './headline.ts'
import { withoutKeys } from './last-five.ts'
import type { Passport } from './passport-shape.ts'
import { cmidBefore, countersOf, readingsOf } from './readings.ts'
import { decisionsOf, troublesOf } from './troubles.ts'

/** All that a journal says of a run and its vDisk, and nothing else: no host and no clock is asked, and what is not there is null or empty.
 *  `program` is the version that writes it. Pure; the same lines and version always give the same. */
export function passportOf(run: string, lines: readonly Stamped[], program: string): Passport {
  const { view, answers, evidence } = goThrough(run, lines)
  const kind = kindOf(view)
  const simulated = view.plan?.source.simulated === true
  return withoutKeys<Passport>({
    says: firstLine(view),
    kind,
    proof: kind === 'passport' && !simulated,
    simulated,
    format: 'vdiskprep-passport/1',
    program,
    journal: { run, lines: view.lines, head: view.head },
    run: runOf(view, lines),
    vdisk: vdiskOf(view, answers),
    order: orderOf(view),
    rearm: view.memory.rearm,
    keys: keysOf(view),
    rearms: rearmsOf(view, answers, lines),
    cmids: cmidsOf(view, answers, lines),
    kms: kmsOf(view),
    steps: view.steps.map(({ step, state, because, startedAt, endedAt }) => ({
      step,
      state,
      because: [...because],
      startedAt: orNull(startedAt),
      endedAt: orNull(endedAt),
    })),
    evidence: [...evidence],
    readings: readingsOf(answers),
    agreed: view.plan === null ? [] : agreedIn(view.plan),
    decisions: decisionsOf(lines),
    troubles: [...troublesOf(run, lines)],
    changes: changesOf(view, lines),
    ...peopleAndAgents(lines),
    left: [...view.memory.undo.map(saysUndo), ...view.memory.remains],
    path: [...pathOf(lines)],
    timeline: [...timelineOf(lines, view)],
    settings: view.plan === null ? [] : settingsOf(view.plan),
  })
}

function orNull(at: number | null): string | null {
  return at === null ? null : iso(at)
}

function runOf(view: RunView, lines: readonly Stamped[]): Passport['run'] {
  const { plan, startedBy, state, outcome, ending, memory } = view
  const begun = lines[0]?.event.type === 'run.started' ? lines[0].event : null
  return {
    title: view.title,
    scenario: plan?.scenario ?? null,
    file: plan?.source.file ?? null,
    procedure: plan?.source.procedure ?? null,
    plan: plan?.source.hash ?? null,
    program: begun?.version ?? null,
    by: startedBy,
    startedAt: lines.length === 0 ? null : iso(view.startedAt),
    lastAt: lines.length === 0 ? null : iso(view.changedAt),
    state,
    outcome,
    because: ending?.because ?? null,
    weaker: [...memory.weaker],
  }
}

function vdiskOf({ plan, memory }: RunView, answers: readonly Answer[]): Passport['vdisk'] {
  const { disk, os, officeInstalls, sealed } = memory
  return {
    farm: plan?.farm.name ?? null,
    site: plan?.farm.site ?? null,
    store: plan?.vdisk.store ?? null,
    name: disk?.name ?? plan?.vdisk.name ?? null,
    guid: disk?.guid ?? null,
    version: versionOf(memory, answers),
    windows: os?.caption ?? null,
    build: os?.build ?? null,
    office:
      officeInstalls?.map(
        ({ release, delivery, service, products }) => `Office ${release} ${delivery} (${products.join(', ')}; ${service})`,
      ) ?? null,
    sealedAt: sealed?.at ?? null,
  }
}

/** The version that the run made; else the one that all canaries streamed; else the only one that the disk had. Version 0 is the base. */
function versionOf({ version, disk, clones }: RunView['memory'], answers: readonly Answer[]): Passport['vdisk']['version'] {
  if (version !== null) return { number: version, known: 'made by this run' }
  const names = new Set(clones.map(({ canary }) => canary))
  const streamed = answers.flatMap(({ operation, facts }) => {
    const { device } = operation === 'Get-VdpDeviceState' ? (facts as Partial<DeviceState>) : {}
    return device !== undefined && names.has(device.name) && device.active ? [[device.name, device.diskVersion] as const] : []
  })
  const last = new Map(streamed)
  const [first] = last.values()
  if (first !== undefined && last.size === names.size && [...last.values()].every((one) => one === first))
    return { number: first, known: 'streamed by every canary' }
  const seen = answers.findLast(
    ({ operation, facts }) => operation === 'Get-VdpDiskState' && (facts as Partial<DiskState>).disk?.guid === disk?.guid,
  )
  const [only, ...others] = (seen?.facts as Partial<DiskState> | undefined)?.versions ?? []
  return disk === null || only === undefined || others.length > 0
    ? null
    : { number: only.version, known: 'the only one of the disk' }
}

function orderOf({ memory }: RunView): Passport['order'] {
  if (memory.order === null) return null
  return { steps: memory.order.sequence === 'officeFirst' ? '6-7-5' : '5-6-7', because: memory.order.because }
}

function keysOf({ memory }: RunView): Passport['keys'] {
  return [
    ...(memory.windows.key === null ? [] : [{ product: 'Windows', lastFive: memory.windows.key.slice(-5) }]),
    ...memory.office.keys.map(({ product, lastFive }) => ({ product, lastFive: lastFive.slice(-5) })),
  ]
}

/** The line of the first rearm of a product that was begun; past the end where none was. */
function firstRearm(lines: readonly Stamped[], operation: string): number {
  return lines.find(({ event }) => event.type === 'intended' && event.op === operation)?.seq ?? Infinity
}

/** What the run kept as the counter before its rearm; where it kept none, what the target last said before one. */
function rearmsOf({ memory, plan }: RunView, answers: readonly Answer[], lines: readonly Stamped[]): Passport['rearms'] {
  const of = (product: 'windows' | 'office', operation: string): Passport['rearms']['windows'] => {
    const since = firstRearm(lines, operation)
    const read = countersOf(answers, product)
    const before = read.findLast(({ seq, host }) => seq < since && host === plan?.target.host)
    const after = new Map(read.flatMap((one) => (one.seq > since ? [[one.host, one] as const] : [])))
    const asked = lines.filter(({ event }) => event.type === 'intended' && event.op === operation).length
    return { before: memory[product].rearmsBefore ?? before?.value ?? null, after: [...after.values()], asked }
  }
  return { windows: of('windows', REARM.windows), office: of('office', REARM.office) }
}

const REARM = { windows: 'Invoke-VdpWindowsRearm', office: 'Invoke-VdpOfficeRearm' } as const

/** CMIDs of the image before a rearm, by the same rule, and those of the clones. */
function cmidsOf(view: RunView, answers: readonly Answer[], lines: readonly Stamped[]): Passport['cmids'] {
  const { windows, office } = view.memory
  const of = (product: 'windows' | 'office') =>
    cmidBefore(answers, product, view.plan?.target.host, firstRearm(lines, REARM[product]))
  return {
    windowsBefore: windows.cmidBefore ?? of('windows'),
    officeBefore: office.cmidBefore ?? of('office'),
    clones: clonesOf(view),
  }
}

function clonesOf({ memory }: RunView): Passport['cmids']['clones'] {
  return memory.clones.map(({ canary, host, booted, cmid, officeCmids, status, kms, count, answered }) => ({
    ...{ canary, host, booted, windowsCmid: cmid, officeCmids: [...officeCmids] },
    ...{ licensed: status === 1, status, kmsHost: kms, count, answered },
  }))
}

function kmsOf({ memory }: RunView): Passport['kms'] {
  return { activatedBy: memory.windows.activatedBy, activation: memory.windows.activation }
}

/** What was agreed to before the run, in its file. */
function agreedIn({ acceptRisk, waive, approvals }: Plan): Passport['agreed'] {
  return [
    ...acceptRisk.map((risk) => ({ what: `the risk ${risk} is accepted`, why: RISK_MEANINGS[risk] })),
    ...waive.map(({ check, reason }) => ({ what: `the check ${check} is waived`, why: reason })),
    ...Object.entries(approvals).map(([step, { anotherPerson, reason }]) => ({
      what: `${step} needs an approval${anotherPerson ? ' of another person' : ''}`,
      why: reason,
    })),
  ]
}

function changesOf({ acts }: RunView, lines: readonly Stamped[]): Passport['changes'] {
  const ends = new Map(acts.map(({ effect, end }) => [effect, end]))
  return lines.flatMap(({ event, seq, at }) => {
    if (event.type !== 'intended') return []
    const { host, what, op, effect } = event
    return [{ seq, at: iso(at), host, what, operation: op, end: ends.get(effect) ?? 'under way' }]
  })
}

/** Who drove the run, and what answered on each host: a bundle is told when it is first met, and when it is another one. */
function peopleAndAgents(lines: readonly Stamped[]): Pick<Passport, 'agents' | 'owners'> {
  const met = new Map<string, string>()
  const agents = lines.flatMap(({ event, seq, at }) => {
    if (event.type !== 'connected' || met.get(event.host) === event.agents) return []
    met.set(event.host, event.agents)
    const { host, computer, agents: bundle, form = 'session' } = event
    return [{ seq, at: iso(at), host, computer, bundle, form }]
  })
  const owners = lines.flatMap(({ event, seq, at }) =>
    event.type === 'owner.claimed' ? [{ seq, at: iso(at), by: event.by, resumed: event.resumed }] : [],
  )
  return { agents, owners }
}

/** Told elsewhere, or no more than how patient each step is. */
const NOT_SETTINGS: readonly string[] = ['policy', 'source', 'title', 'scenario']

/** The workflow as it was resolved, setting by setting. */
function settingsOf(plan: Plan): Passport['settings'] {
  const flat = (name: string, value: unknown): Passport['settings'] => {
    if (value === null || value === undefined) return []
    if (typeof value !== 'object') return [{ name, value: typeof value === 'string' ? value : JSON.stringify(value) }]
    if (Array.isArray(value) && value.every((one) => typeof one === 'string'))
      return value.length === 0 ? [] : [{ name, value: value.join(', ') }]
    return Object.entries(value).flatMap(([key, one]) => flat(`${name}.${key}`, one))
  }
  return Object.entries(plan).flatMap(([name, value]) => (NOT_SETTINGS.includes(name) ? [] : flat(name, value)))
}
