import type { PresetWish } from '../../../src/lab/farm-file/presets.ts'
import type { Agents } from '../../../src/lab/lab.ts'
import { lab, type LabFarm, type WorkflowWish } from '../../run/harness.ts'

/** A run to be made with both fronts. */
export interface RunCase {
  readonly name: string
  readonly wish: PresetWish
  readonly procedure?: string
  readonly workflow?: WorkflowWish
}

/** What came of a run: its journal and the ledger, without what differs between two runs that were the same. */
export interface RunTold {
  readonly says: string | null
  readonly journal: readonly unknown[]
  readonly ledger: readonly unknown[]
  readonly unmodelled: readonly string[]
  /** What of the image is another than before the run, beside what a run is for. */
  readonly leftInImage: readonly string[]
}

/** Makes a run in a farm of its own until it ends or waits for a person. */
export async function runTold({ wish, procedure = 'kms-new-image', workflow = {} }: RunCase, agents: Agents): Promise<RunTold> {
  const farm = await lab(wish, agents)
  try {
    const before = imageOf(farm)
    const run = await farm.run(procedure, workflow)
    const journal = run.events.map((event) => equalized(event, run.id))
    const ledger = farm.ledger().map(({ at, ...entry }) => ({ ...entry, at: typeof at }))
    return {
      says: run.says,
      journal: ordered(journal),
      ledger,
      unmodelled: farm.lab.unmodelled(),
      leftInImage: changedIn(before, imageOf(farm)),
    }
  } finally {
    await farm.close()
  }
}

/** What a run is for: licences and their store, the log of what was asked of them, and when PVS prepared it. Services stand as they stood when
 *  the machine went down, and start by their start types. */
const PURPOSE = /^(licensing|office|tokens|events|rearmedAt|preparedAt|updates\.services\.\w+\.state)\b/

function imageOf({ disk }: LabFarm): unknown {
  return structuredClone(disk.versions.at(-1)?.image ?? null)
}

function changedIn(before: unknown, after: unknown, at = ''): string[] {
  if (typeof before !== 'object' || typeof after !== 'object' || before === null || after === null)
    return JSON.stringify(before) === JSON.stringify(after) || PURPOSE.test(at) ? [] : [at]
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  const field = (of: object, name: string) => (of as Record<string, unknown>)[name]
  return [...names].flatMap((name) => changedIn(field(before, name), field(after, name), at === '' ? name : `${at}.${name}`))
}

/** Names whose values belong to one boot, one process or one moment. */
const OWN = [
  'sha256',
  'bytes',
  'guid',
  'bootGuid',
  'boot',
  'pid',
  'owner',
  'plan',
  'agents',
  'graceMinutes',
  'since',
  'until',
  'wake',
  'daysLeft',
  'percent',
]
const MOMENT =
  /\d{4}-\d\d-\d\d(T[\d:.]+Z| \d\d:\d\d(:\d\d)?)|\d{4}\/\d\d\/\d\d \d\d:\d\d|(?<=tokens\.dat\.)\w+(?=\.bar)|(?<=127\.0\.0\.1:)\d+|(?<=vdiskprep-run-)\w+/g

function equalized(event: unknown, run: string): unknown {
  return JSON.parse(JSON.stringify(event).replaceAll(run, 'run'), (name: string, value: unknown) => {
    if (OWN.includes(name)) return typeof value
    if (typeof value === 'string') return value.replace(MOMENT, 'a moment')
    return typeof value === 'number' && value > 1_700_000_000_000 ? 'a moment' : value
  })
}

/** Hosts asked side by side connect in the order in which they answer, and the fences of sessions count up in it. */
function ordered(journal: readonly unknown[]): unknown[] {
  const isConnected = (event: unknown) => (event as { type: string }).type === 'connected'
  const named = (event: unknown) => (event as { host: string }).host
  const groups: unknown[][] = []
  for (const event of journal) {
    const last = groups.at(-1)
    if (last !== undefined && isConnected(last[0]) && isConnected(event)) last.push(event)
    else groups.push([event])
  }
  return groups.flatMap((group) =>
    isConnected(group[0])
      ? group.map((one) => ({ type: 'connected', host: named(one) })).sort((a, b) => (a.host < b.host ? -1 : 1))
      : group,
  )
}
