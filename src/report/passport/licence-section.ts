import { NOT_RECORDED, type Block, type Cell, type Section } from '../page/blocks.ts'
import type { Passport } from './passport-shape.ts'
import { atText } from './words.ts'

/** Keys, CMIDs before and after, and which KMS host licensed whom. */
export function licenceSection({ keys, cmids, kms }: Passport): Section {
  const mono = (id: string | null): Cell => (id === null ? NOT_RECORDED : { text: id, as: 'mono' })
  const clones: Block =
    cmids.clones.length === 0
      ? { is: 'text', text: 'No clone was looked at: CMIDs after the seal are not recorded.' }
      : {
          is: 'table',
          columns: ['clone', 'Windows CMID', 'Office CMIDs', 'licensed by', 'count', 'answered'],
          rows: cmids.clones.map((clone) => [
            clone.canary,
            mono(clone.windowsCmid),
            clone.officeCmids.length === 0 ? NOT_RECORDED : { text: clone.officeCmids.join('\n'), as: 'mono' },
            clone.licensed
              ? (clone.kmsHost ?? NOT_RECORDED)
              : { text: `not licensed (status ${String(clone.status)})`, as: 'bad' },
            clone.count === null ? NOT_RECORDED : String(clone.count),
            clone.answered === null ? NOT_RECORDED : atText(clone.answered),
          ]),
        }
  const by = kms.activatedBy === null ? '' : ` by ${kms.activatedBy}`
  return {
    title: 'Licences',
    blocks: [
      {
        is: 'pairs',
        rows: [
          [
            'Keys (last five)',
            ...(keys.length === 0 ? [NOT_RECORDED] : keys.map(({ product, lastFive }) => `${product} ...${lastFive}`)),
          ],
          ['Activation before the seal', kms.activation === null ? NOT_RECORDED : `${kms.activation}${by}`],
          ['Windows CMID before', mono(cmids.windowsBefore)],
          ['Office CMID before', mono(cmids.officeBefore)],
        ],
      },
      clones,
    ],
  }
}

/** A counter of rearms before and after. What a rearmed image has left is readable on its clones alone. */
export function counterCells({ before, after, asked }: Passport['rearms']['windows']): readonly Cell[] {
  const first = before === null ? 'before: not recorded' : `${String(before)} before`
  if (asked === 0) return [`${first}, no rearm begun`]
  const read = [...Map.groupBy(after, ({ value }) => value)].map(
    ([value, of]) => `${String(value)} after, read on ${of.map(({ host }) => host).join(', ')}`,
  )
  const begun = asked === 1 ? 'one rearm begun' : `${String(asked)} rearms begun`
  return [`${first}, ${begun}`, ...(read.length === 0 ? ['after: not recorded'] : read)]
}
