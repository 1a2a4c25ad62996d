import type { Composition } from '../../../compose.ts'
import type { Store, StoredRun } from '../../../engine/ports/store.ts'
import { Fault } from '../../../faults/fault.ts'
import type { KnownRuns, SeenIn } from '../../../kms/known.ts'
import { machineName } from '../../../kms/machine-names.ts'
import type { KmsReport } from '../../../kms/report-shape.ts'
import type { RunView } from '../../../procedure/run-view.ts'
import type { Plan } from '../../../workflow/plan.ts'
import { viewOf } from '../follow.ts'
import { withStore } from '../with-store.ts'

/** Where no store can be read, or none knows anything. */
const NOTHING_KNOWN: KnownRuns = { met: new Map(), roles: new Map() }

/** Journals that are read for a CMID, the newest first. */
const MOST_RUNS = 100

/** Looks the report's CMIDs and machines up in the store. A store that is not there or cannot be read knows nothing: the report stands alone. */
export async function knownRuns(
  { shared, unseen }: KmsReport,
  composition: Composition,
  store: string | undefined,
): Promise<KnownRuns> {
  if (shared.length + unseen.length === 0) return NOTHING_KNOWN
  const place = { readOnly: true, ...(store !== undefined && { store }) }
  try {
    return await withStore(composition, place, async (opened) => {
      const runs = (await opened.list()).toSorted((one, other) => other.startedAt - one.startedAt)
      return { met: await meetings(runs, new Set(shared.map(({ cmid }) => cmid.toLowerCase())), opened), roles: rolesIn(runs) }
    })
  } catch (thrown) {
    if (thrown instanceof Fault) return NOTHING_KNOWN
    throw thrown
  }
}

async function meetings(runs: readonly StoredRun[], cmids: ReadonlySet<string>, store: Store): Promise<KnownRuns['met']> {
  const met = new Map<string, SeenIn>()
  if (cmids.size === 0) return met
  for (const { run, title, plan } of runs.slice(0, MOST_RUNS)) {
    const view = await viewOf(store, run)
    for (const cmid of cmids) {
      const canaries = view.memory.clones.filter((clone) => clone.cmid.toLowerCase() === cmid).map(({ canary }) => canary)
      const says = met.has(cmid) ? null : meetingWords(view, cmid, canaries)
      if (says !== null) met.set(cmid, { run, vdisk: title, file: (plan as Plan).source.file, says, canaries })
    }
  }
  return met
}

function meetingWords({ memory, ending, held }: RunView, cmid: string, canaries: readonly string[]): string | null {
  const same = (other: unknown) => typeof other === 'string' && other.toLowerCase() === cmid
  if (canaries.length > 0) return `drawn by ${canaries.join(', ')}`
  const fault = ending?.fault ?? held?.fault ?? null
  if (fault !== null && same(fault.details['cmid'])) return `it ended or stopped by ${fault.code}`
  return same(memory.windows.cmidBefore) ? 'the image had it before its rearm' : null
}

function rolesIn(runs: readonly StoredRun[]): KnownRuns['roles'] {
  const roles = new Map<string, string>()
  const say = (names: readonly string[], role: string) => {
    for (const name of names.map(machineName)) if (!roles.has(name)) roles.set(name, role)
  }
  for (const { run, title, plan } of runs) {
    const { target, canaries } = plan as Plan
    say([target.device, target.host], `prepares ${title} (run ${run})`)
    for (const { device, host } of canaries) say([device, host], `canary of ${title} (run ${run})`)
  }
  return roles
}
