import type { FaultRecord } from '../../../faults/fault.ts'
import type { Memory } from '../../memory.ts'
import { withUndo } from '../../undo.ts'
import { retry, type Learnt, type Verdict } from '../../verdict.ts'

/** A host that does not answer is asked again; the deadline says which fault it was. */
export function silentHost(host: string, what: string, seen: FaultRecord | undefined): Verdict {
  const fault = seen ?? { code: 'HOST_UNREACHABLE', details: { host, why: 'no answer yet' } }
  return retry(what, fault.code, fault)
}

/** The seal note promises distinct clones: on a disk of this run it goes, so that the next update rearms. */
export function withoutNote(clones: Memory['clones'], { undo, disk, sealed }: Memory): Learnt {
  if (disk === null || sealed === null) return { clones }
  return { clones, undo: withUndo(undo, [{ key: 'seal-note', is: 'sealNote', guid: disk.guid }]) }
}
