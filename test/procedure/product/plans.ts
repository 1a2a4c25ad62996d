import { STEPS, type Approval, type Hook, type Plan, type StepName, type StepPolicy } from '../../../src/workflow/plan.ts'
import { healthy } from '../../diagnosis/healthy-look.ts'
import { closedFarm, offFarm, openFarm, PRODUCTION_DEVICE, type Farm } from './farms.ts'

/** One plan to walk, and the farms whose changes are looked at. */
export interface Walk {
  readonly name: string
  readonly plan: Plan
  readonly farms: readonly Farm[]
  /** Changes that this plan does not meet; another one does. */
  readonly without: readonly string[]
  readonly depth: Depth
}

/** How much the walk tries. */
export interface Depth {
  /** Looks and acts that the policy allows. */
  readonly attempts: number
  /** How often the request of an act may be lost in one stage. */
  readonly lost: number
  /** Every receipt, refusal and silence, whoever decides, and the putting back from every list: else one of each kind that leads elsewhere. */
  readonly everything: boolean
}

/** The form for every day. */
export const SHORT: Depth = { attempts: 1, lost: 0, everything: false }
/** The form that takes its time. */
export const DEEP: Depth = { attempts: 1, lost: 1, everything: true }

const usual = healthy().plan
const byAnother: Approval = { anotherPerson: true, reason: null }

function policyOf(attempts: number): Plan['policy'] {
  const policy: StepPolicy = { attempts, backoffMs: 1000, pollMs: 60_000, deadlineMs: 900_000, tolerate: [] }
  return Object.fromEntries(Object.keys(usual.policy).map((step) => [step, policy])) as unknown as Record<StepName, StepPolicy>
}

interface Wish {
  readonly meets?: readonly (keyof typeof TROUBLES)[]
  readonly plan?: Partial<Plan>
  readonly lost?: number
  readonly farm?: (farm: Farm) => void
}

/** Troubles that only some plans meet. */
const TROUBLES = {
  others: ['others assigned', 'others disabled', 'streamed'],
  store: ['copies differ', 'pinned'],
  tokens: ['renamed store there', 'another file at the renamed store', 'service starting'],
  versions: ['version in maintenance', 'version in test', 'version in test and used', 'version in production'],
  mak: ['clones with a MAK', 'LicenseMode 1'],
  wizard: ['Windows runs from the hard disk'],
  skipRearm: ['SkipRearm set'],
  service: ['soapserver ended by itself'],
  office: [
    'all Office keys in',
    'one Office key in',
    'Office query broken',
    'Office runs',
    'no Office rearm left',
    'no OSPPREARM',
  ],
} as const

function walk(name: string, depth: Depth, { plan, farm, lost, meets = [] }: Wish): Walk {
  const farms = [openFarm(), closedFarm(), offFarm()]
  for (const one of farms) farm?.(one)
  const troubles = Object.entries(TROUBLES).flatMap(([trouble, names]) =>
    meets.includes(trouble as keyof typeof TROUBLES) ? [] : names,
  )
  const without = depth.everything ? troubles : [...troubles, 'first canary assigned', 'first canary up', 'read 100 s later']
  return {
    name,
    plan: {
      ...usual,
      seal: { ...usual.seal, offDwellMs: depth.everything ? 90_000 : 0 },
      policy: policyOf(depth.attempts),
      ...plan,
    },
    farms,
    without,
    depth: { ...depth, lost: lost ?? depth.lost },
  }
}

function withoutOffice({ target }: Farm): void {
  target.office.installs = []
}

function ownOfficeService({ target }: Farm): void {
  for (const one of target.office.installs) one.service = 'osppsvc'
}

function openVersion(farm: Farm): void {
  withoutOffice(farm)
  Object.assign(farm.disk.disk, { writeCacheType: 9 })
  Object.assign(farm.device.device, { type: 2, diskVersion: 1 })
  farm.target.pvs.diskName = 'W11-Office.1.avhdx'
}

const EARLIER = { run: 'k8x', version: 1, windowsCmid: null, officeCmid: null }

function hook(effect: Hook['effect']): Hook {
  const usualHook = {
    on: 'target',
    script: 'hook.ps1',
    parameters: {},
    timeoutMs: 60_000,
    success: [0],
    mayReboot: false,
  } as const
  return { ...usualHook, name: effect, effect }
}

/** The plans whose product is walked: every scenario, both orders, every way to open a disk and to release it. */
export function walks(depth: Depth): readonly Walk[] {
  const cautious = { rearmWindows: byAnother }
  const everyStep = Object.fromEntries(STEPS.map((step) => [step, byAnother]))
  const hooks = { before: [hook('once')], after: [hook('idempotent')] }
  return [
    walk('office first', depth, {
      meets: ['office'],
      plan: { approvals: cautious, release: { mode: 'assign', devices: [PRODUCTION_DEVICE] } },
    }),
    walk('article order', depth, {
      meets: ['office'],
      plan: { approvals: { rearmOffice: byAnother }, windows: { ...usual.windows, activation: 'skip' } },
      farm: ownOfficeService,
    }),
    walk('in place', depth, {
      meets: ['others'],
      plan: {
        scenario: 'update-image',
        vdisk: { ...usual.vdisk, open: 'in-place' },
        windows: { ...usual.windows, activation: 'skip' },
        release: { mode: 'reenable', devices: [] },
        seal: { ...usual.seal, offDwellMs: 0, driverProbe: 'mount' },
      },
      farm: withoutOffice,
    }),
    walk('token store', depth, {
      meets: ['tokens', 'skipRearm', 'store'],
      plan: {
        kms: { machine: 'kms9', port: 1688 },
        cleanTokens: 'always',
        seal: { ...usual.seal, offDwellMs: 0, replicate: 'hook' },
      },
      farm: withoutOffice,
    }),
    walk('maintenance version', depth, {
      meets: ['versions'],
      plan: {
        scenario: 'maintenance-version',
        hooks: { rearmOffice: { before: [], after: [hook('once')] } },
        windows: { ...usual.windows, rearm: 'always' },
        verify: { ...usual.verify, onFailure: 'revert' },
      },
      farm: openVersion,
    }),
    walk('copied image', depth, {
      plan: {
        scenario: 'copied-image',
        approvals: everyStep,
        hooks: { verify: hooks, release: hooks },
        release: { mode: 'assign', devices: [PRODUCTION_DEVICE] },
      },
    }),
    walk('imaging wizard', depth, {
      meets: ['wizard'],
      plan: { vdisk: { ...usual.vdisk, create: 'imaging-wizard', sizeMiB: 81_920 } },
      farm: withoutOffice,
    }),
    walk('mending', depth, {
      meets: ['skipRearm'],
      plan: { mend: { check: 'rearm.skip', host: usual.target.host, leftBy: null, backup: null } },
    }),
    walk('mending a service', depth, {
      meets: ['service'],
      plan: { mend: { check: 'service.soap', host: 'PVS01', leftBy: null, backup: null } },
    }),
    walk('one version', depth, {
      meets: ['versions'],
      plan: { scenario: 'verify-only', verify: { ...usual.verify, version: 1, onFailure: 'revert', sealedBy: EARLIER } },
    }),
    walk('for MAK', depth, { plan: { scenario: 'verify-only', seal: { ...usual.seal, licenseMode: 1 } }, meets: ['mak'] }),
    walk('verify only', depth, { lost: 4, plan: { scenario: 'verify-only', verify: { ...usual.verify, expedite: true } } }),
  ]
}
