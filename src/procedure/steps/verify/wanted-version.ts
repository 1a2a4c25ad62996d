import { wayOf } from '../../../diagnosis/way.ts'
import type { Device, DiskState } from '../../../wire/operations/farm-state.ts'
import type { Look } from '../../stage.ts'
import { unknown, type Verdict } from '../../verdict.ts'

type Version = DiskState['versions'][number]

/** PvsDiskVersion.Access: 0 production, 3 override, 7 test; 1 and 2 are in maintenance, 4 to 6 are being merged. Source: pvs.md 4.4. */
const [PRODUCTION, OVERRIDE, TEST] = [0, 3, 7]

/** The version that canaries have to boot: the one this run made, or the one it was asked to look at. Null: the one that PVS offers. */
export function wantedVersion({ plan, memory }: Pick<Look, 'plan' | 'memory'>): number | null {
  const way = wayOf(plan)
  if (way === 'version') return memory.version
  return way === 'closed' ? (plan.verify.version ?? null) : null
}

/** Which type of device (0 production, 1 test) PVS gives a version to read-only, or why none gets it. Source: pvs.md 2.2, 4.3, 4.4. */
export function offerOf(
  wanted: number,
  versions: readonly Pick<Version, 'version' | 'access' | 'isPending'>[],
): { readonly type: 0 | 1 } | { readonly why: string } {
  const one = versions.find(({ version }) => version === wanted)
  if (one === undefined) return { why: 'the vDisk has no such version' }
  if (one.isPending) return { why: 'it is scheduled, and nobody gets it yet' }
  const highest = (access: number) =>
    Math.max(-1, ...versions.filter((other) => other.access === access && !other.isPending).map(({ version }) => version))
  if (one.access === TEST)
    return highest(TEST) === wanted ? { type: 1 } : { why: `test devices get version ${String(highest(TEST))}` }
  if (one.access !== PRODUCTION && one.access !== OVERRIDE)
    return { why: one.access === 1 || one.access === 2 ? 'it is in maintenance: a canary would write to it' : 'PVS merges it' }
  const given = highest(OVERRIDE) >= 0 ? highest(OVERRIDE) : highest(PRODUCTION)
  return given === wanted ? { type: 0 } : { why: `production devices get version ${String(given)}` }
}

/** What a canary says of a version that it does not stream: nothing. Null when it streams the wanted one, or any will do. */
export function otherVersion(wanted: number | null, device: Device, name: string): Verdict | null {
  if (wanted === null || device.diskVersion === wanted) return null
  const details = { device: device.name, version: device.diskVersion, wanted, name }
  const why = `it streams version ${String(device.diskVersion)}, which says nothing of version ${String(wanted)}`
  return { ...unknown(`the canary ${device.name}`, why), fault: { code: 'CANARY_OTHER_VERSION', details } }
}
