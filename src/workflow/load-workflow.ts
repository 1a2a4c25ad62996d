import { join, normalize } from 'node:path'
import type { z } from 'zod'
import type { Findings } from './findings.ts'
import { mergeMaps } from './merge.ts'
import { nearest } from './nearest.ts'
import { pathBeside, readText, type Files } from './reading.ts'
import { checkShape } from './shape.ts'
import type { Source } from './source.ts'
import { spanAt, valueAt } from './tree-path.ts'
import { OTHER_NAMES, workflowFile } from './workflow-schema.ts'
import { parseTree, type MapTree } from './yaml-tree.ts'

/** The procedures in the folder workflows/, by the name that `extends:` uses. */
export const SHIPPED = [
  'kms-new-image',
  'kms-update-image',
  'kms-maintenance-version',
  'kms-windows-only',
  'kms-repair',
  'copied-image',
  'verify-only',
] as const

/** A workflow with everything it extends merged below it. `procedure` is the base it rests on: a shipped name, or the file itself.
 *  `whole` is false when an extended file could not be used: what is missing then may stand there. */
export interface LoadedWorkflow {
  readonly tree: MapTree
  readonly procedure: string
  readonly whole: boolean
}

/** Reads a workflow file and the files it extends. Undefined, with findings, when none of it can be used. */
export function loadWorkflow(path: string, files: Files, found: Findings): LoadedWorkflow | undefined {
  const source = readText(files, path, found)
  return source && extended(source, files, found, [])
}

/** One file, parsed and compared with its schema. */
export function loadTree(
  source: Source,
  schema: z.ZodType,
  found: Findings,
  otherNames?: Readonly<Record<string, string>>,
): MapTree | undefined {
  if (source.text.split(/[\r\n]+/).every((line) => /^\s*(?:#|$)|^---\s*$/.test(line))) {
    found.add({
      at: { file: source.file },
      message: 'this file is empty',
      expected: 'at least "extends: kms-new-image" and "inventory: farm.yaml"',
    })
    return undefined
  }
  const tree = parseTree(source, found)
  return tree && checkShape(schema, tree, found, otherNames)
}

function extended(source: Source, files: Files, found: Findings, below: readonly string[]): LoadedWorkflow | undefined {
  const tree = loadTree(source, workflowFile, found, OTHER_NAMES)
  if (!tree) return undefined
  const name = valueAt(tree, ['extends'])
  const own = { tree, procedure: shippedName(source.file, files) ?? source.file, whole: !tree.dropped.has('extends') }
  if (name?.kind !== 'scalar' || typeof name.value !== 'string') return own
  const path = extendedPath(name.value, source.file, files)
  const chain = [...below, normalize(source.file)]
  const at = spanAt(tree, ['extends'])
  if (path === undefined) {
    const near = nearest(name.value, SHIPPED)
    found.add({
      at,
      message: `there is no shipped procedure "${name.value}"`,
      suggestion: near === undefined ? null : `did you mean "${near}"?`,
      expected: near === undefined ? `one of: ${SHIPPED.join(', ')}; or a file with its path: ./${name.value}.yaml` : null,
    })
    return { ...own, whole: false }
  }
  if (chain.includes(normalize(path))) {
    const circle = [...chain.slice(chain.indexOf(normalize(path))), path].join(' -> ')
    found.add({ at, message: `extends goes in a circle: ${circle}`, expected: 'a file that does not come back here' })
    return { ...own, whole: false }
  }
  const next = readText(files, path, found, { at, as: 'the extended file' })
  const base = next && extended(next, files, found, chain)
  if (!base) return { ...own, whole: false }
  return { tree: mergeMaps(base.tree, tree), procedure: base.procedure, whole: base.whole && own.whole }
}

/** A bare word is a shipped procedure; anything with a slash, backslash or dot is a file. Undefined for a bare word that is not shipped. */
function extendedPath(written: string, file: string, files: Files): string | undefined {
  if (/[\\/.]/.test(written)) return pathBeside(file, written, files.home)
  return (SHIPPED as readonly string[]).includes(written) ? join(files.procedures, `${written}.yaml`) : undefined
}

/** The name of a shipped procedure by its file. */
export function shippedName(file: string, files: Files): string | undefined {
  return SHIPPED.find((name) => normalize(file) === normalize(join(files.procedures, `${name}.yaml`)))
}
