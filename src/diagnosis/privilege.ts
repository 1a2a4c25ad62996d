import type { ServerService } from '../wire/operations/farm-state.ts'
import { known } from '../wire/reading.ts'

/** Whether a service can mount a vDisk, that is: holds SE_MANAGE_VOLUME_NAME. `fading`: now, but perhaps not after its next start;
 *  `restart`: not before its next start. */
interface Privilege {
  readonly is: 'held' | 'fading' | 'restart' | 'missing' | 'unknown'
  readonly because: string
}

/** Weighs the running process' token, which is the effective truth, against policy, which decides the next start.
 *  A grant reaches a service only at its next logon, and a lookup that failed never counts as "not granted": without the token the
 *  answer is unknown, whatever policy says. Source: pvs.md 7.1, 7.3, 7.4. */
export function privilegeOf(service: Pick<ServerService, 'tokenHolds' | 'policyGrants'>): Privilege {
  const { tokenHolds, policyGrants } = service
  if (!known(tokenHolds)) {
    const policy = known(policyGrants)
      ? `policy ${policyGrants.granted ? 'grants it, which reaches a service at its next start' : 'does not grant it'}`
      : `policy: ${policyGrants.unknown}`
    return { is: 'unknown', because: `token of the process not known (${tokenHolds.unknown}); ${policy}` }
  }
  if (!known(policyGrants)) {
    return tokenHolds
      ? {
          is: 'fading',
          because: `the running process holds it; whether its next start will is not known (${policyGrants.unknown})`,
        }
      : { is: 'missing', because: 'the running process does not hold it' }
  }
  const via = policyGrants.via === null ? '' : ` through ${policyGrants.via}`
  if (tokenHolds) {
    return policyGrants.granted
      ? { is: 'held', because: `held${via}` }
      : { is: 'fading', because: 'the running process holds it, but policy no longer grants it: its next start loses it' }
  }
  return policyGrants.granted
    ? { is: 'restart', because: `policy grants it${via}, but the running process still has its old token` }
    : { is: 'missing', because: 'the running process does not hold it' }
}
