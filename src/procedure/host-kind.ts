import { HERE } from '../wire/here.ts'
import type { Plan } from '../workflow/plan.ts'

/** What a host is to a run: this machine, a PVS server, or a machine that boots vDisks. */
export type HostKind = 'here' | 'pvs' | 'target'

/** The kind of a host by its name in the plan. */
export function kindOfHost({ farm }: Pick<Plan, 'farm'>, host: string): HostKind {
  if (host === HERE) return 'here'
  return host === farm.server || farm.servers.includes(host) ? 'pvs' : 'target'
}
