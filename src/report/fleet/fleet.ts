import { z } from 'zod'
import { fold, type Stamped } from '../../procedure/fold.ts'
import { emptyView } from '../../procedure/view-changes.ts'
import { rearmsLeft, type Rearmed } from '../../procedure/rearms.ts'
import type { RunView } from '../../procedure/run-view.ts'
import { firstLine, kindOf } from '../passport/headline.ts'
import { iso } from '../passport/answers.ts'
import { withoutKeys } from '../passport/last-five.ts'

/** The lines of a journal that tell how a run ended and what it learnt, without what hosts said in full. */
export const FLEET_LINES = [
  'run.started',
  'learnt',
  'intended',
  'held',
  'approval.wanted',
  'decided',
  'ending',
  'run.ended',
] as const

/** A counter from which on another rearm is near the last. */
const NEAR_THE_END = 2

const left = z
  .strictObject({
    value: z.int().describe('As read right before the last rearm of that run, less that one where it was begun.'),
    nearEnd: z.boolean().describe(`${String(NEAR_THE_END)} or fewer.`),
  })
  .nullable()
  .describe('Null: not read by a run that rearmed.')

const told = z.strictObject({
  run: z.string(),
  at: z.iso.datetime(),
  kind: z.enum(['passport', 'unverified', 'report']),
  says: z.string(),
})

/** What `report --fleet --json` writes: each vDisk that a run of this store was about, the one whose passport is the oldest first. */
export const fleetReport = z.strictObject({
  format: z.literal('vdiskprep-fleet/1'),
  program: z.string(),
  asOf: z.iso.datetime(),
  runs: z.int().nonnegative(),
  vdisks: z.array(
    z.strictObject({
      farm: z.string(),
      site: z.string(),
      store: z.string(),
      name: z.string(),
      simulated: z.boolean(),
      guid: z.string().nullable(),
      version: z.int().nullable().describe('A maintenance version that the run of the passport made; null: it made none.'),
      passport: told.nullable().describe('The last run that ended verified; null: none did.'),
      changedBy: z
        .string()
        .nullable()
        .describe(
          'The last run since that passport that had the disk open to be written; null: none did, or there is no passport.',
        ),
      days: z.number().nullable().describe('Whole days since that passport.'),
      last: told.describe('The last run of this vDisk.'),
      versions: z
        .array(z.strictObject({ version: z.int(), run: z.string() }))
        .describe('The last run that made each maintenance version; 0 is the whole disk.'),
      runs: z.int().positive(),
      rearms: z.strictObject({ windows: left, office: left }).describe('What the last run that read them says is left.'),
    }),
  ),
})

export type Fleet = z.infer<typeof fleetReport>
type VDisk = Fleet['vdisks'][number]

/** All vDisks that runs were about, from the lines of `FLEET_LINES` of all runs. A passport is one of a run that ended verified. */
export function fleetOf(
  lines: readonly Stamped[],
  { asOf, program }: { readonly asOf: number; readonly program: string },
): Fleet {
  const views = [...Map.groupBy(lines, ({ run }) => run)].map(([run, own]) => own.reduce(fold, emptyView(run)))
  const groups = Map.groupBy(
    views.filter(({ plan }) => plan !== null),
    placeOf,
  )
  const vdisks = [...groups.values()].flatMap((group) => vdiskOf(group, asOf))
  const age = ({ passport }: VDisk) => (passport === null ? '' : passport.at)
  vdisks.sort((one, other) => compare(age(one), age(other)) || compare(one.name, other.name))
  return withoutKeys<Fleet>({ format: 'vdiskprep-fleet/1', program, asOf: iso(asOf), runs: views.length, vdisks })
}

function placeOf({ plan }: RunView): string {
  const { farm, vdisk, source } = plan ?? {}
  return JSON.stringify([farm?.name, farm?.site, vdisk?.store, vdisk?.name, source?.simulated === true])
}

function vdiskOf(group: readonly RunView[], asOf: number): readonly VDisk[] {
  const runs = group.toSorted((one, other) => one.startedAt - other.startedAt)
  const last = runs.at(-1)
  if (last === undefined || last.plan === null) return []
  const proved = runs.findLast((view) => kindOf(view) === 'passport')
  const { plan } = last
  return [
    {
      ...{ farm: plan.farm.name, site: plan.farm.site, store: plan.vdisk.store, name: plan.vdisk.name },
      simulated: plan.source.simulated === true,
      guid: (proved ?? last).memory.disk?.guid ?? null,
      version: proved?.memory.version ?? null,
      passport: proved === undefined ? null : toldOf(proved),
      changedBy: proved === undefined ? null : changedBy(runs.slice(runs.indexOf(proved) + 1)),
      days: proved === undefined ? null : Math.max(0, Math.floor((asOf - proved.changedAt) / 86_400_000)),
      last: toldOf(last),
      versions: [...new Map(runs.map(({ run, memory }) => [memory.version ?? 0, run]))].map(([version, run]) => ({
        version,
        run,
      })),
      runs: runs.length,
      rearms: { windows: leftOf(runs, 'windows'), office: leftOf(runs, 'office') },
    },
  ]
}

function changedBy(later: readonly RunView[]): string | null {
  return later.findLast(({ memory }) => memory.touched || memory.sealed !== null)?.run ?? null
}

function toldOf(view: RunView): NonNullable<VDisk['passport']> {
  return { run: view.run, at: iso(view.changedAt), kind: kindOf(view), says: firstLine(view) }
}

function leftOf(runs: readonly RunView[], product: Rearmed): VDisk['rearms']['windows'] {
  const read = runs.findLast(({ memory }) => memory[product].rearmsBefore !== null)
  const value = read === undefined ? null : rearmsLeft(read, product)
  return value === null ? null : { value, nearEnd: value <= NEAR_THE_END }
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
