import type { Agents } from '../../../../scripts/agents/agents.ts'
import { callsIn, inAct, placesOf, type Call } from '../../../../scripts/agents/calls.ts'
import type { AgentFunction } from '../../../../scripts/agents/functions.ts'
import { boundTo, reachedIn, sessionFunctions } from '../../../../scripts/agents/reach.ts'
import { child, textOf, type SyntaxNode } from '../../../../scripts/agents/syntax.ts'
import { operations } from '../../../../src/wire/operations/catalogue.ts'
import { perFunction, type Rule } from './rule.ts'

/** Cmdlets that reach into Windows: reading and changing. They stand in the thin functions that can be replaced. */
const READING =
  /^(Get-(CimInstance|CimClass|ItemProperty|ItemPropertyValue|Item|ChildItem|Content|Service|WinEvent|EventLog|WmiObject|Acl|Hotfix|Net\w+)|Test-(Path|NetConnection|Connection)|Resolve-DnsName)$/
const CHANGING =
  /^((Set|New|Remove|Clear|Move|Copy|Rename)-Item(Property)?|(Add|Set|Clear)-Content|Out-File|(Start|Stop|Restart|Set|New|Suspend|Resume)-Service|Invoke-(CimMethod|WmiMethod)|(New|Set|Remove)-CimInstance|(Stop|Restart)-Computer|(Start|Stop)-Process|Set-Acl|(Register|Unregister|Start|Stop)-ScheduledTask)$/

/** A cmdlet of PVS that is no look. */
const PVS_CHANGING = /^(?!Get-)\w+-Pvs[A-Z]/

/** Where a change may stand outside an act, and why. */
export const OUTSIDE: Readonly<Record<string, string>> = {
  'Invoke-VdpWrite': 'it is the frame: lock, fence and receipt are kept with the surface',
  'Enter-VdpHost': 'keeps the fence of a session and the identity of the boot, under the store lock, before any act',
  'Get-VdpClockSkew': 'w32tm /stripchart only asks',
  'Get-VdpSeceditHolder': 'secedit /export only reads; its own file is taken away again',
}

function changesItself({ name }: Call, agents: Agents): boolean {
  return PVS_CHANGING.test(name) || CHANGING.test(name) || agents.functions.get(name)?.surface === 'writes'
}

/** Functions that change something when they are called outside an act, each with the first call that does. */
function changers(agents: Agents): ReadonlyMap<string, Call> {
  const found = new Map<string, Call>()
  const own = [...agents.functions.values()].filter(({ surface, name }) => surface !== 'writes' && !(name in OUTSIDE))
  for (let before = -1; before !== found.size;) {
    before = found.size
    for (const one of own.filter(({ name }) => !found.has(name))) {
      const first = one.calls.find((call) => !inAct(call.node) && (changesItself(call, agents) || found.has(call.name)))
      if (first !== undefined) found.set(one.name, first)
    }
  }
  return found
}

/** A change stands in the act of a write, or in a function that is called from acts alone. */
export const changesInActs: Rule = (agents) => {
  const changing = changers(agents)
  const called = new Set([...agents.functions.values()].flatMap(({ calls }) => calls.map(({ name }) => name)))
  const asked = new Set<string>([...sessionFunctions(agents), ...Object.keys(operations)])
  const tops = [...changing].filter(([name]) => !called.has(name) || asked.has(name))
  return tops.map(
    ([name, call]) => `${agents.functions.get(name)?.file ?? ''}:${call.line} ${name} changes by ${call.name} outside an act`,
  )
}

/** What reaches into Windows is a thin function that says so, and one that reads changes nothing. */
export const thinSurface: Rule = perFunction(({ calls, surface, name }) =>
  calls
    .filter((call) =>
      surface === 'none' ? READING.test(call.name) || CHANGING.test(call.name) : surface === 'reads' && CHANGING.test(call.name),
    )
    .map(({ line, name: cmdlet }) => [
      line,
      `${cmdlet} in ${name}, which ${surface === 'none' ? 'is no surface' : 'only reads'}`,
    ]),
)

/** What has to be put back: by which call, in which `finally`. */
const PUT_BACK: readonly {
  readonly opens: (call: Call, agents: Agents) => boolean
  readonly closes: string
  readonly with: RegExp
}[] = [
  { opens: ({ name }) => name === 'Mount-PvsDisk', closes: 'Dismount-PvsDisk', with: /./ },
  {
    opens: (call, agents) => call.name === 'Set-VdpServiceState' && stateOf(call, agents) === 'stopped',
    closes: 'Set-VdpServiceState',
    with: /-State running\b/,
  },
]

function stateOf(call: Call, agents: Agents): string {
  const state = boundTo(agents, call).named.get('state')
  return state === undefined || state === null ? '' : textOf(state)
}

/** A mount and a stopped service stand in a `try` whose `finally` dismounts and starts again. */
export const putBack: Rule = perFunction(({ calls }, agents) =>
  calls.flatMap((call) => {
    const rule = PUT_BACK.find(({ opens }) => opens(call, agents))
    if (rule === undefined) return []
    const closed = placesOf(call.node).some((place) => place.kind === 'try' && closes(place.statement, rule.closes, rule.with))
    return closed ? [] : [[call.line, `${call.name} without ${rule.closes} in a finally around it`] as const]
  }),
)

function closes(statement: SyntaxNode, name: string, shape: RegExp): boolean {
  const last = child(statement, 'finally_clause')
  return last !== undefined && callsIn(last).some((one) => one.name === name && shape.test(textOf(one.node)))
}

/** Every function is come to from an operation or the session of some role. */
export const noneDead: Rule = (agents) => {
  const reached = new Set((['target', 'pvs', 'kms'] as const).flatMap((role) => [...reachedIn(agents, role)]))
  return [...agents.functions.values()]
    .filter(({ name }) => !reached.has(name))
    .map(({ name, file }: AgentFunction) => `${file}:1 nothing comes to ${name}`)
}
