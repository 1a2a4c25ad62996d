import type { Findings } from './findings.ts'
import type { LoadedInventory } from './resolve-inventory.ts'
import { spanAt, valueAt, written, type Path } from './tree-path.ts'
import type { WorkflowFile } from './workflow-schema.ts'
import type { MapTree } from './yaml-tree.ts'

/** One vDisk of a workflow while it is checked and resolved: its values, and where each was written. */
export interface PlanSubject {
  readonly tree: MapTree
  readonly file: WorkflowFile
  readonly found: Findings
  /** Undefined when the inventory could not be read: then nothing is said of hosts. */
  readonly inventory: LoadedInventory | undefined
  /** False for a procedure that is only to be extended, and where an extended file is missing: then nothing is said of what is not there. */
  readonly complete: boolean
  /** Whether a file is a shipped procedure: what is wrong with it together with this file is mended in this file. */
  readonly isShipped: (file: string) => boolean
  /** Makes a path that is written at this place of the tree absolute: it is meant beside its file. */
  readonly beside: (path: string, at: Path) => string
}

/** Reports that something has to be written, unless it was written wrong or may stand elsewhere. */
export function demand(subject: PlanSubject, path: Path, words: { missing: string; expected: string }): void {
  if (!subject.complete || written(subject.tree, path)) return
  const parent = path.length > 1 && valueAt(subject.tree, path.slice(0, -1)) ? path.slice(0, -1) : null
  const { tree, found, isShipped } = subject
  const at = parent && !isShipped(spanAt(tree, parent).source.file) ? spanAt(tree, parent) : { file: tree.span.source.file }
  found.add({ at, message: words.missing, expected: words.expected })
}

/** Reports a value at its place. What is not written at all, or only in a shipped procedure, is shown where the file extends another one,
 *  else for the file as a whole. */
export function object(
  subject: PlanSubject,
  path: Path,
  words: { message: string; suggestion?: string | null; expected?: string | null },
): void {
  const { tree, found, isShipped } = subject
  const own = (place: Path) => place.length > 0 && written(tree, place) && !isShipped(spanAt(tree, place).source.file)
  const place = [path, ['extends']].find(own)
  found.add({ at: place ? spanAt(tree, place) : { file: tree.span.source.file }, ...words })
}
