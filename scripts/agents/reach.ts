import { isAnsweredBy, operations, type OperationName, type Role } from '../../src/wire/operations/catalogue.ts'
import { NO_AGENTS, type Agents } from './agents.ts'
import { argumentsOf, callsIn, type Arguments, type Call } from './calls.ts'
import type { AgentFunction } from './functions.ts'

/** The folder of each role's own functions. */
export const ROLE_FOLDERS = { target: 'TargetDevice', pvs: 'PvsServer', kms: 'KmsHost' } as const satisfies Record<Role, string>

/** The operations that a host of this role answers, by the contract. */
export function operationsOf(role: Role): readonly OperationName[] {
  return (Object.keys(operations) as OperationName[]).filter((op) => isAnsweredBy(op, role))
}

/** The functions of the session: what is there before an operation is asked for, and what it calls by name. */
export function sessionFunctions(agents: Agents): readonly string[] {
  const called = agents.files
    .filter(({ path }) => NO_AGENTS.has(path))
    .flatMap(({ tree }) => callsIn(tree).map(({ name }) => name))
  const own = [...agents.functions.values()].filter(({ file }) => file.startsWith('Session/')).map(({ name }) => name)
  return [...new Set([...own, ...called.filter((name) => agents.functions.has(name))])]
}

/** Every function that a host of this role can come to from its operations and the session, as the calls in the syntax trees say. */
export function reachedIn(agents: Agents, role: Role): ReadonlySet<string> {
  const here = (name: string) => {
    const folder = agents.functions.get(name)?.file.split('/')[0]
    return folder === 'Session' || folder === 'Common' || folder === ROLE_FOLDERS[role]
  }
  const reached = new Set<string>()
  const open = [...sessionFunctions(agents), ...operationsOf(role)]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (reached.has(name) || !here(name)) continue
    reached.add(name)
    open.push(...(agents.functions.get(name)?.calls.map((call) => call.name) ?? []))
  }
  return reached
}

/** Switches of cmdlets that the agents use: they take no value. */
const CMDLET_SWITCHES =
  'force nowait recurse file directory unique maximum dnsonly verbose test compress whatif confirm asjob passthru descending expand'.split(
    ' ',
  )

/** The arguments of a call, with the switches of the function that is called. */
export function boundTo(agents: Agents, call: Call): Arguments {
  const own = agents.functions.get(call.name)
  return argumentsOf(call, new Set(own === undefined ? CMDLET_SWITCHES : switchesOf(own)))
}

function switchesOf({ parameters }: AgentFunction): readonly string[] {
  return parameters.filter(({ type }) => type.toLowerCase() === 'switch').map(({ name }) => name.toLowerCase())
}
