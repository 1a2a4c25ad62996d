import fc from 'fast-check'
import { faultNames } from '../../src/lab/faults/catalogue.ts'
import { presetPairs, type PresetWish } from '../../src/lab/farm-file/presets.ts'
import { worldMeanings } from '../../src/lab/model/worlds.ts'
import { STEPS, type Hook } from '../../src/workflow/plan.ts'
import { aimed, PLACES, type Aim } from './aim.ts'
import type { LinkFault } from './link.ts'
import type { Stroke } from './program.ts'
import { CHATTY_SCRIPT } from './secrets.ts'

/** Everything one seed decides, as plain data: it shrinks, and it can be kept. */
export interface Drawn {
  /** Order of what happens at one moment, and every smaller choice. */
  readonly chance: number
  /** Farm milliseconds per real millisecond. */
  readonly speed: number
  readonly pair: number
  readonly office: boolean
  readonly world: NonNullable<PresetWish['world']>
  readonly faults: readonly { readonly fault: string; readonly when?: 'boot' | 'shutdown' }[]
  readonly procedure: Procedure
  readonly approvals: readonly (typeof STEPS)[number][]
  readonly anotherPerson: boolean
  readonly wish: keyof typeof wishes
  readonly hooks: readonly DrawnHook[]
  /** Each server has copies of its own of the vDisk. */
  readonly localStore: boolean
  readonly strokes: readonly (readonly Stroke[])[]
  readonly links: readonly LinkFault[]
  readonly people: People
  /** The store is a file, with a connection for each program. */
  readonly file: boolean
  /** Where it is to go wrong above all. */
  readonly aim: Aim | null
  readonly found: Found
  /** A second run prepares another vDisk through the same servers at the same time. */
  readonly twin: boolean
  /** No step is patient: every wait is soon overdue. */
  readonly hasty: boolean
}

/** How the run finds its farm. open: the vDisk is Private. other source: so, and the prep device boots something else. running: the prep
 *  device is up. canaries: they stream the sealed vDisk. */
export type Found = 'usual' | 'open' | 'other source' | 'running' | 'canaries'

/** A hook around a step: what its script does, and how often it may be run. */
export interface DrawnHook {
  readonly step: (typeof STEPS)[number]
  readonly moment: 'before' | 'after'
  readonly on: Hook['on']
  readonly effect: Hook['effect']
  readonly script: string
  readonly mayReboot: boolean
}

/** What people do by themselves. Shares from 0 to 1. */
export interface People {
  readonly count: number
  /** Farm minutes between two looks of a person. */
  readonly everyMinutes: number
  /** How often a decision is not one that the hold offers. */
  readonly rogue: number
  /** How often somebody who looks decides, takes over, kills or begins another run where nothing asks for it. */
  readonly meddling: number
  /** Whether a dead program's machine shows that it is dead. */
  readonly sameMachine: boolean
}

const procedures = [
  'kms-new-image',
  'kms-windows-only',
  'kms-update-image',
  'kms-maintenance-version',
  'kms-repair',
  'copied-image',
  'verify-only',
] as const

export type Procedure = (typeof procedures)[number]

/** Wishes of a workflow file, by name; empty ones are wished of the plan itself (farm.ts). */
export const wishes = {
  usual: {},
  expedite: { verify: { expedite: true } },
  neverRearm: { windows: { rearm: 'never' }, office: { rearm: 'never' } },
  alwaysRearm: { windows: { rearm: 'always' }, office: { rearm: 'always' } },
  tokens: { cleanTokens: 'always', acceptRisk: ['officeLicences'] },
  article: { order: 'article', acceptRisk: ['order'] },
  noTest: { windows: { activation: 'skip' } },
  reenable: { release: { mode: 'reenable' } },
  imaging: { vdisk: { create: 'imaging-wizard', size: '80GiB' }, acceptRisk: ['imagingWizard'] },
  kmsHost: {},
  ownKey: {},
  hookCopies: {},
  inPlace: {},
  operatorCopies: { seal: { replicate: 'operator' }, approvals: { release: true } },
  mountProbe: { seal: { driverProbe: 'mount' } },
} as const

const world = fc.record(
  Object.fromEntries(Object.entries(worldMeanings).map(([name, values]) => [name, fc.constantFrom(...Object.keys(values))])),
) as fc.Arbitrary<NonNullable<PresetWish['world']>>

/** True once in so many times and one. */
const seldom = (most: number) => fc.integer({ min: 0, max: most }).map((one) => one === most)

/** Short distances are as likely as long ones: a program passes some thousand boundaries. */
const boundary = fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 2000 }))

const stroke: fc.Arbitrary<Stroke> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ at: boundary, is: fc.constant('crash' as const), ms: fc.constant(0) }) },
  {
    weight: 3,
    arbitrary: fc.record({ at: boundary, is: fc.constant('pause' as const), ms: fc.integer({ min: 1_000, max: 60_000 }) }),
  },
  { weight: 1, arbitrary: fc.record({ at: boundary, is: fc.constant('interrupt' as const), ms: fc.constant(0) }) },
  {
    weight: 2,
    arbitrary: fc.record({ at: boundary, is: fc.constant('decision' as const), ms: fc.integer({ min: 0, max: 60 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      at: boundary,
      is: fc.constant('clock' as const),
      ms: fc.constantFrom(-600_000, -20_000, -1_000, 1_000, 20_000, 600_000),
    }),
  },
)

const kinds = ['before', 'after', 'midway', 'silent', 'late', 'astray', 'outage'] as const

const link: fc.Arbitrary<LinkFault> = fc
  .record({
    of: fc.constantFrom('acts' as const, 'acts' as const, 'requests' as const),
    near: fc.integer({ min: 1, max: 24 }),
    far: fc.integer({ min: 1, max: 300 }),
    is: fc.constantFrom(...kinds),
    ms: fc.oneof(
      fc.integer({ min: 0, max: 10 }),
      fc.integer({ min: 0, max: 200 }),
      fc.integer({ min: 0, max: 20_000 }),
      fc.constant(90_000),
    ),
  })
  .map(({ of, near, far, is, ms }) => ({ of, at: of === 'acts' ? near : far, is, ms }))

/** Faults around the acts that may never be repeated, and around links, are met more often than others. */
const NEAR_REARMS = [
  'rearm-does-nothing',
  'hung-program',
  'reboot-inside-window',
  'link-lost-after-act',
  'link-lost-before-act',
  'late-answer',
  'slow-host',
]

const fault = fc.record(
  {
    fault: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...faultNames) },
      { weight: 1, arbitrary: fc.constantFrom(...NEAR_REARMS) },
    ),
    when: fc.constantFrom('boot' as const, 'shutdown' as const),
  },
  { requiredKeys: ['fault'] },
)

const hook: fc.Arbitrary<DrawnHook> = fc.record({
  step: fc.constantFrom(...STEPS),
  moment: fc.constantFrom('before' as const, 'after' as const),
  on: fc.constantFrom('target' as const, 'pvs' as const, 'local' as const),
  effect: fc.constantFrom('none' as const, 'idempotent' as const, 'once' as const, 'once' as const),
  script: fc.constantFrom(
    'exit 0',
    'Start-Sleep -Seconds 20',
    'exit 3',
    'Start-Sleep -Seconds 9000',
    'robocopy a b',
    CHATTY_SCRIPT,
  ),
  mayReboot: seldom(3),
})

const people: fc.Arbitrary<People> = fc.record({
  count: fc.integer({ min: 1, max: 3 }),
  everyMinutes: fc.constantFrom(1, 5, 20),
  rogue: fc.constantFrom(0, 0.2, 0.6),
  meddling: fc.constantFrom(0, 0, 0.02, 0.1),
  sameMachine: fc.boolean(),
})

const slip: fc.Arbitrary<LinkFault> = fc.record({
  of: fc.constantFrom('acts' as const, 'requests' as const),
  at: fc.constantFrom(1, 1, 1, 2, 3, 4),
  is: fc.constantFrom(...kinds, 'outage' as const, 'outage' as const, 'outage' as const),
  ms: fc.constantFrom(10, 2_000, 20_000, 90_000),
})

/** The first of these is lost, and its host is out of reach for long. */
const outage = (of: LinkFault['of']): fc.Arbitrary<LinkFault> =>
  fc.record({ of: fc.constant(of), at: fc.constant(1), is: fc.constant('outage' as const), ms: fc.constantFrom(2_000, 90_000) })

const aim: fc.Arbitrary<Aim> = fc.record({
  place: fc.constantFrom(...PLACES),
  slips: fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    { weight: 4, arbitrary: fc.array(slip, { minLength: 1, maxLength: 2 }) },
    { weight: 4, arbitrary: outage('acts').map((one) => [one]) },
    { weight: 2, arbitrary: outage('requests').map((one) => [one]) },
  ),
  choice: fc.constantFrom(null, 'approve' as const, 'retry' as const, 'mark-done' as const, 'skip' as const, 'abort' as const),
  approved: fc.boolean(),
  ahead: fc.boolean(),
  calm: fc.boolean(),
})

/** Shrinking tries the first alternative for any other. */
const SIMPLEST_FIRST = { withCrossShrink: true }

/** What seeds draw from. */
export const drawing: fc.Arbitrary<Drawn> = fc.record({
  chance: fc.integer({ min: 0, max: 0xffff_ffff }),
  speed: fc.constantFrom(60, 200, 1000, 1000),
  pair: fc.integer({ min: 0, max: presetPairs.length - 1 }),
  office: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  world: fc.oneof(SIMPLEST_FIRST, { weight: 1, arbitrary: fc.constant({}) }, { weight: 3, arbitrary: world }),
  faults: fc.oneof(
    SIMPLEST_FIRST,
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 4, arbitrary: fc.array(fault, { minLength: 1, maxLength: 1 }) },
    { weight: 1, arbitrary: fc.array(fault, { minLength: 2, maxLength: 3 }) },
  ),
  procedure: fc.oneof(
    { weight: 8, arbitrary: fc.constant<Procedure>('kms-new-image') },
    { weight: 3, arbitrary: fc.constantFrom(...procedures) },
  ),
  approvals: fc.oneof(
    SIMPLEST_FIRST,
    { weight: 2, arbitrary: fc.constant([]) },
    {
      weight: 1,
      arbitrary: fc.uniqueArray(fc.constantFrom(...STEPS), {
        maxLength: 3,
      }),
    },
  ),
  anotherPerson: fc.boolean(),
  wish: fc.oneof(
    SIMPLEST_FIRST,
    { weight: 3, arbitrary: fc.constant('usual' as const) },
    { weight: 3, arbitrary: fc.constantFrom(...(Object.keys(wishes) as (keyof typeof wishes)[])) },
  ),
  hooks: fc.oneof(
    SIMPLEST_FIRST,
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(hook, { minLength: 1, maxLength: 4 }) },
  ),
  localStore: seldom(5),
  strokes: fc.array(fc.array(stroke, { maxLength: 3 }), { maxLength: 5 }),
  links: fc.oneof(
    SIMPLEST_FIRST,
    { weight: 1, arbitrary: fc.constant([]) },
    { weight: 3, arbitrary: fc.array(link, { minLength: 1, maxLength: 6 }) },
  ),
  people,
  file: seldom(49),
  aim: fc.oneof(SIMPLEST_FIRST, { weight: 1, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: aim }),
  found: fc.oneof(
    SIMPLEST_FIRST,
    { weight: 9, arbitrary: fc.constant('usual' as const) },
    { weight: 1, arbitrary: fc.constantFrom('open' as const, 'other source' as const, 'running' as const, 'canaries' as const) },
  ),
  twin: seldom(24),
  hasty: seldom(9),
})

/** Both drawing and shrinking go through this, so that they begin with the same. */
export const AS_DRAWN = { numRuns: 1, unbiased: true } as const

/** What a seed draws. */
export function drawnBy(seed: number): Drawn {
  const drawn: Drawn[] = []
  fc.check(
    fc.property(drawing, (one) => void drawn.push(one)),
    { seed, ...AS_DRAWN },
  )
  const [first] = drawn
  if (first === undefined) throw new Error(`seed ${String(seed)} draws nothing`)
  return aimed(first)
}
