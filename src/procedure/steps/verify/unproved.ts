import type { FaultRecord } from '../../../faults/fault.ts'
import type { Memory } from '../../memory.ts'
import type { Look } from '../../stage.ts'
import { withUndo } from '../../undo.ts'
import { retry, type Learnt, type Verdict } from '../../verdict.ts'
import { wantedVersion } from './wanted-version.ts'

/** A host that does not answer is asked again; the deadline says which fault it was. */
export function silentHost(host: string, what: string, seen: FaultRecord | undefined): Verdict {
  const fault = seen ?? { code: 'HOST_UNREACHABLE', details: { host, why: 'no answer yet' } }
  return retry(what, fault.code, fault)
}

type Failed = Extract<Verdict, { readonly is: 'fail' }>

/** Clones that prove the image wrong. The seal note promises distinct clones: on a disk of this run it goes, so that the next update rearms.
 *  A version is remembered by its number: the workflow may want it reverted. */
export function against(failed: Failed, clones: Memory['clones'], look: Pick<Look, 'plan' | 'memory'>): Verdict {
  const { undo, disk, sealed } = look.memory
  const version = wantedVersion(look)
  const note = disk === null || sealed === null ? null : ({ key: 'seal-note', is: 'sealNote', guid: disk.guid } as const)
  const learn: Learnt = {
    clones,
    ...(note === null ? {} : { undo: withUndo(undo, [note]) }),
    ...(version === null ? {} : { unfit: { version, code: failed.fault.code } }),
  }
  return { ...failed, learn }
}

/** CMIDs of the image before its rearm: as this run read them, else as the run that sealed the vDisk did. */
export function cmidsBefore({ plan, memory }: Pick<Look, 'plan' | 'memory'>): Record<'windows' | 'office', string | null> {
  const { sealedBy } = plan.verify
  return {
    windows: memory.windows.cmidBefore ?? sealedBy?.windowsCmid ?? null,
    office: memory.office.cmidBefore ?? sealedBy?.officeCmid ?? null,
  }
}
