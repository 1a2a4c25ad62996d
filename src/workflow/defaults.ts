import type { Plan, StepName, StepPolicy } from './plan.ts'

const MINUTE = 60_000

/** What a workflow file that says nothing gets. Patience that is right for a streamed machine: it boots in 15 minutes or never, and a
 *  clone activates within 2 hours (article; kms.md 8). */
export const DEFAULT_POLICY: Readonly<Record<StepName, StepPolicy>> = {
  preflight: policy(1, 5),
  createVDisk: policy(1, 15),
  cleanTokens: policy(1, 20),
  installWindowsKey: policy(3, 5),
  activateWindows: policy(3, 5),
  rearmWindows: policy(1, 5),
  installOfficeKey: policy(3, 5),
  rearmOffice: policy(1, 5),
  sealVDisk: policy(1, 30),
  verify: policy(1, 150),
  release: policy(3, 10),
}

function policy(attempts: number, minutes: number): StepPolicy {
  return { attempts, backoffMs: MINUTE / 2, pollMs: 5_000, deadlineMs: minutes * MINUTE, tolerate: [] }
}

/** Everything else that has a default, in the words of a Plan. */
export const DEFAULTS = {
  vdisk: { create: 'existing', open: 'assigned-alone' },
  windows: { key: 'auto', activation: 'test', rearm: 'auto' },
  office: { present: 'auto', rearm: 'auto' },
  cleanTokens: 'auto',
  order: 'auto',
  seal: { offDwell: '3m', driverProbe: 'state', licenseMode: 'kms', replicate: 'operator' },
  verify: { minimum: 2, expedite: false, deadline: '2h30m', kmsHostProof: false, copies: 'size-and-time', onFailure: 'keep' },
  release: { mode: 'manual' },
  hook: { timeout: '10m', success: [0], effect: 'once' },
  ssh: { port: 22, auth: 'agent' },
  knownHosts: 'known_hosts',
  agents: 'streamed',
  installed: 'C:\\Program Files\\vdiskprep',
} as const satisfies { readonly [part in keyof Plan]?: unknown } & Readonly<Record<string, unknown>>

/** Names of PVS license modes and their codes. Source: pvs.md 4.1. */
export const LICENSE_MODES = { none: 0, mak: 1, kms: 2 } as const
