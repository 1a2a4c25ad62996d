import type { Plan, SealedBy } from './plan.ts'

/** What is looked at: a version by its number (absent: the file's, else the one that everybody gets), and what the journal knows of it. */
export interface Looking {
  readonly version?: number
  readonly sealedBy?: SealedBy
}

/** The plan that only looks at clones of the same vDisk: no keys, rearms, hooks or release. */
export function verificationOf(plan: Plan, looking: Looking = {}): Plan {
  return {
    ...plan,
    scenario: 'verify-only',
    vdisk: { ...plan.vdisk, create: 'existing' },
    windows: { ...plan.windows, key: null, activation: 'skip', rearm: 'never' },
    office: { ...plan.office, keys: {}, rearm: 'never' },
    cleanTokens: 'never',
    acceptRisk: plan.acceptRisk.filter((risk) => risk === 'singleCanary'),
    verify: { ...plan.verify, ...looking },
    hooks: {},
    approvals: {},
  }
}
