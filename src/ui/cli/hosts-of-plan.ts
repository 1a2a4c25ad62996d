import type { Plan } from '../../workflow/plan.ts'

/** The hosts that a run of this plan speaks to, by their names in the inventory. */
export function hostsOf(plan: Plan): readonly string[] {
  const kms = plan.kmsHost === null ? [] : [plan.kmsHost]
  return [plan.target.host, ...plan.farm.servers, ...plan.canaries.map(({ host }) => host), ...kms]
}
