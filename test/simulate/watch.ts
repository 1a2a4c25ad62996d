import type { JournalEntry, Store, Turn } from '../../src/engine/ports/store.ts'
import type { AgentHost } from '../../src/lab/agent/agent-host.ts'
import type { RunEvent } from '../../src/procedure/events.ts'
import type { RunContext } from '../../src/procedure/chart/context.ts'
import type { Plan, StepName } from '../../src/workflow/plan.ts'
import { HERE } from '../../src/wire/here.ts'
import { operations, type OperationName } from '../../src/wire/operations/catalogue.ts'
import type { Program } from './program.ts'

/** What must never be, by name; the numbers are those of the claims about the core. */
export type Invariant =
  | 'never twice'
  | 'verified is true'
  | 'no hang'
  | 'a way on'
  | 'intent first'
  | 'one owner'
  | 'no secret'
  | 'journal and snapshot agree'
  | 'done is done'
  | 'put back'
  | 'approved by another'
  | 'hands off Office'
  | 'no internal error'

/** A broken invariant. */
export interface Broken {
  readonly invariant: Invariant
  readonly what: string
}

/** What the journal says of a run, kept as it is written. */
export interface Told {
  readonly run: string
  readonly plan: Plan
  readonly entries: JournalEntry[]
  readonly intended: Set<string>
  state: 'active' | 'waiting' | 'ended'
  context: Omit<RunContext, 'plan'>
  value: unknown
  held: Extract<RunEvent, { type: 'held' }> | null
  approval: Extract<RunEvent, { type: 'approval.wanted' }> | null
  outcome: string | null
  /** Allowed repeats of rearms, and of hooks by the place where they stand; and all decisions. */
  again: number
  readonly hooksAgain: Map<string, number>
  decisions: number
  /** Farm time since when the run stands in this stage, by the journal. */
  since: number
  ledgerFrom: number
  /** What the run has to leave as it was. */
  readonly before: string
  /** Somebody has changed by hand what the run would have changed. */
  helped: boolean
  /** The effect of which the run's ending says that nobody knows what became of it. */
  givenUp: string | null
}

interface UnderWay {
  readonly run: string
  readonly program: string
  readonly host: string
  readonly op: string
}

type Verdict = (broken: Broken) => void

/** Sees every write to the store and every act at a host, and says what is wrong with it the moment it happens. */
export class Watch {
  readonly runs = new Map<string, Told>()
  readonly leaves = new Set<string>()
  readonly edges = new Set<string>()
  readonly faults = new Set<string>()
  readonly operations = new Set<string>()
  readonly #fences = new Map<string, Map<number, Program>>()
  readonly #holders = new Map<string, Program>()
  readonly #settled = new Set<string>()
  /** Whether the machine was booted since an act began that may be done again. */
  readonly #repeatable = new Map<string, () => boolean>()
  readonly #begun = new Map<string, number>()
  readonly #actors = new Map<string, Program[]>()
  readonly #underWay = new Set<UnderWay>()
  readonly #break: Verdict
  readonly #fenceOf: (run: string) => number | undefined
  readonly #ledgerLength: () => number
  readonly #settings: (plan: Plan) => string
  readonly #claimed: (run: Told, event: RunEvent) => void

  constructor(around: {
    readonly broken: Verdict
    readonly fenceOf: (run: string) => number | undefined
    readonly ledgerLength: () => number
    /** What a run has to leave as it was, as text. */
    readonly settings: (plan: Plan) => string
    /** Compares what a run says with what is true. */
    readonly claimed: (run: Told, event: RunEvent) => void
  }) {
    this.#break = around.broken
    this.#fenceOf = around.fenceOf
    this.#ledgerLength = around.ledgerLength
    this.#settings = around.settings
    this.#claimed = around.claimed
  }

  /** The store for one program; `driving` when it drives runs, not when it decides about them. */
  store(inner: Store, program: Program, driving: boolean): Store {
    const holds = (run: string, fence: number) => {
      const known = this.#fences.get(run) ?? new Map<number, Program>()
      this.#fences.set(run, known.set(fence, program))
      this.#holders.set(run, program)
      program.fence = fence
    }
    return {
      ...inner,
      create: async (fresh, first) => {
        await inner.create(fresh, first)
        this.#begins(fresh.run, fresh.plan as Plan, first)
      },
      commit: async (turn) => {
        const result = await inner.commit(turn)
        if (driving && (this.#holders.get(turn.run) !== program || this.#fenceOf(turn.run) !== program.fence))
          this.#break({ invariant: 'one owner', what: `${program.name} commits to ${turn.run} and does not own it any more` })
        this.#committed(turn)
        return result
      },
      start: async (run, effect, by, at) => {
        const begun = await inner.start(run, effect, by, at)
        if (begun && this.#holders.get(run) !== program)
          this.#break({ invariant: 'one owner', what: `${program.name} starts an effect of ${run} and does not own it any more` })
        return begun
      },
      claim: async (claim) => {
        const result = await inner.claim(claim)
        if ('fence' in result) holds(claim.run, result.fence)
        return result
      },
      raise: async (run, by) => {
        const fence = await inner.raise(run, by)
        holds(run, fence)
        return fence
      },
    }
  }

  /** A host whose acts are seen as they begin. */
  agent(host: AgentHost): AgentHost {
    return {
      ...host,
      perform: async (op, args, tools) => {
        this.operations.add(op)
        if (!operations[op].writes) return await host.perform(op, args, tools)
        const begun: UnderWay[] = []
        const begin = () => {
          tools.begin()
          begun.push(this.#begin(host, op, tools.run))
        }
        try {
          return await host.perform(op, args, { ...tools, begin })
        } finally {
          for (const act of begun) this.#underWay.delete(act)
        }
      },
    }
  }

  #begin(host: AgentHost, op: OperationName, run: string): UnderWay {
    const row = host.memory()?.acts.at(-1)
    const effect = row?.effect ?? 'none'
    const program = this.#fences.get(run)?.get(row?.fence ?? -1)
    const act = { run, program: program?.name ?? '?', host: host.name, op }
    const told = this.runs.get(run)
    if (told?.intended.has(effect.slice(run.length + 1)) !== true)
      this.#break({ invariant: 'intent first', what: `${op} on ${host.name} without the intent ${effect} in the journal` })
    this.#twice(effect, op, run, told)
    const once = op === 'Invoke-VdpHook' || op === 'Invoke-VdpWindowsRearm' || op === 'Invoke-VdpOfficeRearm'
    const { memory } = host
    const here = memory()
    if (!once && host.role === 'target') this.#repeatable.set(effect, () => memory() !== here)
    // This machine compares no fences: a replaced owner that slept may begin there what it intended. A hook that was not seen to end is told
    // as one that may still be running.
    if (host.name !== HERE) {
      // A run that a person ended in doubt, while its host was silent, says so: its host has seen no higher fence.
      if (told?.state === 'ended' && effect !== `${run}/${String(told.givenUp)}`)
        this.#break({ invariant: 'one owner', what: `${effect} begins on ${host.name} after the end of its run` })
      this.#owners(act, program)
    }
    if (host.name !== HERE) this.#underWay.add(act)
    return act
  }

  /** What was settled as never begun has not begun, and never begins. A reboot takes receipts along: then what the facts may ask for again
   *  counts as not begun. */
  #neverBegan(effect: string): void {
    if (this.#begun.has(effect) && this.#repeatable.get(effect)?.() !== true)
      this.#break({ invariant: 'never twice', what: `${effect} is settled as never begun, and it was` })
    this.#settled.add(effect)
  }

  #twice(effect: string, op: OperationName, run: string, told: Told | undefined): void {
    const count = (name: string) => {
      const times = (this.#begun.get(name) ?? 0) + 1
      this.#begun.set(name, times)
      return times
    }
    if (this.#settled.has(effect))
      this.#break({ invariant: 'never twice', what: `the effect ${effect} begins after it was settled as never begun` })
    if (count(effect) > 1) this.#break({ invariant: 'never twice', what: `the effect ${effect} begins a second time` })
    if (op === 'Invoke-VdpHook' && told !== undefined) this.#hookTwice(effect, told, count)
    if (op !== 'Invoke-VdpWindowsRearm' && op !== 'Invoke-VdpOfficeRearm') return
    const times = count(`${run} ${op}`)
    if (times > 1 + (told?.again ?? 0))
      this.#break({
        invariant: 'never twice',
        what: `${op} begins for the ${String(times)}. time after ${String(told?.again ?? 0)} decisions for it`,
      })
  }

  #hookTwice(effect: string, { run, plan, hooksAgain }: Told, count: (name: string) => number): void {
    const [, place = '', key = ''] = effect.split('/')
    const [step, moment, at] = key.split('.') as [StepName, 'before' | 'after', string]
    const hook = plan.hooks[step]?.[moment][Number(at) - 1]
    const times = count(`${run} hook ${key}`)
    const allowed = 1 + (hooksAgain.get(place) ?? 0)
    if (hook?.effect === 'once' && times > allowed)
      this.#break({
        invariant: 'never twice',
        what: `${hook.name} (${key}) begins for the ${String(times)}. time, ${String(allowed)} allowed`,
      })
  }

  #owners(act: UnderWay, program: Program | undefined): void {
    const other = [...this.#underWay].find(({ run, program: name }) => run === act.run && name !== act.program)
    if (other !== undefined)
      this.#break({
        invariant: 'one owner',
        what: `${act.program} begins ${act.op} on ${act.host} while ${other.op} of ${other.program} is under way on ${other.host}`,
      })
    if (program === undefined) return
    const actors = this.#actors.get(act.run) ?? []
    if (actors.at(-1) !== program && actors.includes(program))
      this.#break({
        invariant: 'one owner',
        what: `${program.name} begins ${act.op} on ${act.host} after ${actors.at(-1)?.name ?? '?'} has acted`,
      })
    if (actors.at(-1) !== program) this.#actors.set(act.run, [...actors, program])
    const leases = this.runs.get(act.run)?.context.leases ?? []
    for (const rival of this.runs.values())
      if (rival.run !== act.run && rival.state !== 'ended' && rival.context.leases.some((key) => leases.includes(key)))
        this.#break({
          invariant: 'one owner',
          what: `${act.run} begins ${act.op} while ${rival.run} works on the same ${rival.context.leases.join(', ')}`,
        })
  }

  #begins(run: string, plan: Plan, first: Pick<Turn, 'state' | 'snapshot' | 'entries' | 'at'>): void {
    const { context } = first.snapshot as { context: Told['context'] }
    this.runs.set(run, {
      ...{ run, plan, entries: [], intended: new Set(), state: 'active', context, value: null, held: null, approval: null },
      ...{ outcome: null, again: 0, hooksAgain: new Map(), decisions: 0, since: first.at, ledgerFrom: this.#ledgerLength() },
      before: this.#settings(plan),
      helped: false,
      givenUp: null,
    })
    this.#committed({ run, outcome: null, ...first })
  }

  #committed(turn: Pick<Turn, 'run' | 'state' | 'snapshot' | 'entries' | 'outcome' | 'at'>): void {
    const told = this.runs.get(turn.run)
    if (told === undefined) return
    const { value, context } = turn.snapshot as { value: unknown; context: Told['context'] }
    const [from, to] = [leafOf(told.value), leafOf(value)]
    this.leaves.add(to)
    if (told.value !== null && from !== to) this.edges.add(`${from} > ${to}`)
    Object.assign(told, { state: turn.state, value, context })
    for (const entry of turn.entries) this.#line(told, entry)
    if (turn.state !== 'waiting') Object.assign(told, { held: null, approval: null })
    if (turn.state === 'ended' || turn.entries.some(({ type }) => type === 'owner.claimed')) this.#agree(told)
    if (turn.state === 'waiting' && told.held === null && told.approval === null)
      this.#break({ invariant: 'no hang', what: `${turn.run} waits at ${to} and names no fault` })
  }

  /** What the workflow wants approved by somebody else is not approved by whoever began the run. */
  #approved({ run, approval, context: { startedBy } }: Told, { decision, by }: Extract<RunEvent, { type: 'decided' }>): void {
    if (decision === 'approve' && approval?.anotherPerson === true && by.login === startedBy.login)
      this.#break({ invariant: 'approved by another', what: `${by.login} began ${run} and approves "${approval.what}"` })
  }

  /** Whoever takes a run up finds in its snapshot what the journal tells. */
  #agree({ run, intended, context }: Told): void {
    if (intended.size === context.intents) return
    const what = `${run}: ${String(intended.size)} intents in the journal, ${String(context.intents)} in the snapshot`
    this.#break({ invariant: 'journal and snapshot agree', what })
  }

  #line(told: Told, entry: JournalEntry): void {
    told.entries.push(entry)
    const event = { type: entry.type, ...(entry.body as object) } as RunEvent
    switch (event.type) {
      case 'intended':
        if (told.intended.has(event.effect)) this.#break({ invariant: 'never twice', what: `${event.effect} is intended twice` })
        told.intended.add(event.effect)
        break
      case 'settled':
        if (event.receipt === 'none') this.#neverBegan(`${told.run}/${event.effect}`)
        break
      case 'held':
        told.held = event
        this.faults.add(event.fault.code)
        break
      case 'approval.wanted':
        told.approval = event
        break
      case 'decided':
        told.decisions += 1
        this.#approved(told, event)
        told.since = entry.at
        if (event.option === 'rearm-again' || event.option === 'check-again') told.again += 1
        if (event.option === 'hook-again') told.hooksAgain.set(event.place, (told.hooksAgain.get(event.place) ?? 0) + 1)
        break
      case 'owner.left':
        if (event.why === 'waiting' && told.state === 'active')
          this.#break({
            invariant: 'no hang',
            what: `${event.owner} leaves ${told.run} at ${leafOf(told.value)}, where nobody is asked for anything`,
          })
        break
      case 'stage.entered':
      case 'owner.claimed':
        told.since = entry.at
        break
      case 'ending':
        if (event.fault !== null) this.faults.add(event.fault.code)
        if (/^a person ended the run; what became of .* is not known/.test(event.because))
          told.givenUp = [...told.intended].at(-1) ?? null
        break
      case 'run.ended':
        told.outcome = event.outcome
        break
      default:
    }
    this.#claimed(told, event)
  }
}

/** The state a chart stands in, as a path. */
function leafOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.entries(value)
    .map(([name, below]) => `${name}.${leafOf(below)}`)
    .join('|')
}
