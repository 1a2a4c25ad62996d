import type { Plan } from './plan.ts'

/** The plan that only looks at clones of the same vDisk: no keys, rearms, hooks or release. A test version it was made for is not looked
 *  at: canaries get the version that everybody gets. */
export function verificationOf(plan: Plan): Plan {
  return {
    ...plan,
    scenario: 'verify-only',
    vdisk: { ...plan.vdisk, create: 'existing' },
    windows: { ...plan.windows, key: null, activation: 'skip', rearm: 'never' },
    office: { ...plan.office, keys: {}, rearm: 'never' },
    cleanTokens: 'never',
    acceptRisk: plan.acceptRisk.filter((risk) => risk === 'singleCanary'),
    hooks: {},
    approvals: {},
  }
}
