import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AgentFile } from '../../../scripts/agents/agents.ts'
import { linesOf, type Edit, type Operator } from './operator.ts'
import { OPERATORS } from './operators.ts'

/** One deliberate fault: where, by which operator, the line before and after it. The id is of its content, not of its place. */
export interface Mutant {
  readonly id: string
  readonly file: string
  readonly operator: string
  readonly line: number
  readonly before: string
  readonly after: string
  readonly edit: Edit
}

interface Reason {
  readonly file: string
  readonly why: string
}

/** What is known of faults by hand. `elsewhere` are files that nothing but Windows can run; `equivalent` are faults that change nothing, by
 *  the line before and after them. */
export interface Known {
  readonly elsewhere: readonly Reason[]
  readonly equivalent: readonly (Reason & { readonly before: string; readonly after: string })[]
}

/** The list that is kept by hand. */
export function readKnown(): Known {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'known.json'), 'utf8')) as Known
}

/** Every fault that the operators can make in these files. */
export function mutantsOf(files: readonly AgentFile[], known: Known): readonly Mutant[] {
  const elsewhere = known.elsewhere.map(({ file }) => file)
  return files
    .filter(({ path }) => !elsewhere.includes(path))
    .flatMap((file) => {
      const seen = new Map<string, number>()
      return OPERATORS.flatMap((operator) => operator.edits(file.tree).map((edit) => mutantOf(file, operator, edit, seen)))
    })
}

/** The text of a file with a fault in it. */
export function mutated(text: string, { edit }: Mutant): string {
  return text.slice(0, edit.start) + edit.text + text.slice(edit.end)
}

/** Why a fault is known to change nothing, or undefined. */
export function equivalence({ equivalent }: Known, mutant: Mutant): string | undefined {
  const same = (one: Known['equivalent'][number]) =>
    one.file === mutant.file && one.before === mutant.before && one.after === mutant.after
  return equivalent.find(same)?.why
}

/** A line that stands twice in a file has two faults of the same content: the second is told by its number. */
function mutantOf({ path, text }: AgentFile, { name }: Operator, edit: Edit, seen: Map<string, number>): Mutant {
  const lines = linesOf(text, edit)
  const content = [path, name, lines.before, lines.after].join('\n')
  const nth = (seen.get(content) ?? 0) + 1
  seen.set(content, nth)
  const id = createHash('sha256').update(`${content}\n${nth}`).digest('hex').slice(0, 8)
  return { id, file: path, operator: name, ...lines, edit }
}
