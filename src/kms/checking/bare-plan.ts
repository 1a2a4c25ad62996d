import { DEFAULT_POLICY } from '../../workflow/defaults.ts'
import type { Plan } from '../../workflow/plan.ts'

/** A plan for checks of KMS alone, which are asked of a target and a KMS host without any vDisk: it says nothing of its own. */
export function barePlan(file: string, target: string, kmsHost: string | null): Plan {
  return {
    title: target,
    scenario: 'verify-only',
    source: { file, inventory: file, procedure: '', hash: '' },
    farm: { name: kmsHost ?? target, site: '', server: '', servers: [] },
    vdisk: { store: '', name: '', create: 'existing', open: 'assigned-alone', sizeMiB: null, cache: null },
    target: { host: target, device: target },
    canaries: [],
    kmsHost,
    kms: { machine: null, port: null },
    windows: { key: null, replaceChannel: [], activation: 'test', rearm: 'never' },
    office: { present: 'auto', keys: {}, rearm: 'never' },
    cleanTokens: 'never',
    order: 'auto',
    acceptRisk: [],
    seal: { offDwellMs: 0, driverProbe: 'state', licenseMode: 2, replicate: 'shared' },
    verify: { minimum: 0, expedite: false, deadlineMs: 0, kmsHostProof: false },
    release: { mode: 'manual', devices: [] },
    waive: [],
    hooks: {},
    approvals: {},
    policy: DEFAULT_POLICY,
  }
}
