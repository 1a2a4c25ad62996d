import { createHash } from 'node:crypto'
import type { Mutant } from './sites.ts'

/** So many faults, drawn by a seed: the operators in turn; of each a fault in a file that has the fewest so far, then in a folder that has;
 *  the seed decides between those. A change of one file moves no draw in another. */
export function draw(mutants: readonly Mutant[], count: number, seed: number): readonly Mutant[] {
  const rank = new Map(mutants.map(({ id }) => [id, createHash('sha256').update(`${seed} ${id}`).digest('hex')]))
  const left = new Map<string, Mutant[]>()
  for (const one of mutants) left.set(one.operator, [...(left.get(one.operator) ?? []), one])
  const drawn: Mutant[] = []
  const times = (same: (one: Mutant) => boolean) => drawn.filter(same).length
  const weight = ({ file, id }: Mutant) =>
    [times((one) => one.file === file), times((one) => folderOf(one) === file.split('/')[0]), rank.get(id)] as const
  for (const operator of turns([...left.keys()])) {
    if (drawn.length >= count || [...left.values()].every((some) => some.length === 0)) return drawn
    const [best] = (left.get(operator) ?? [])
      .map((one) => ({ one, by: weight(one) }))
      .sort(
        (one, other) => one.by[0] - other.by[0] || one.by[1] - other.by[1] || ((one.by[2] ?? '') < (other.by[2] ?? '') ? -1 : 1),
      )
    if (best === undefined) continue
    drawn.push(best.one)
    left.set(
      operator,
      (left.get(operator) ?? []).filter((one) => one !== best.one),
    )
  }
  return drawn
}

function folderOf({ file }: Mutant): string | undefined {
  return file.split('/')[0]
}

function* turns(names: readonly string[]): Generator<string> {
  for (;;) yield* names
}
