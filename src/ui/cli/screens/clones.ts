import type { CloneMemory, Memory } from '../../../procedure/memory.ts'
import type { Terminal } from '../terminal.ts'
import { hanging } from './wrap.ts'

/** What each canary showed: its CMIDs in full, for those who compare them elsewhere, and who licensed it; with the day where that is not the
 *  day of `asOf`. */
export function cloneLines(
  { clones, windows, office }: Memory,
  { width, paint }: Pick<Terminal, 'width' | 'paint'>,
  asOf?: number,
): readonly string[] {
  const column = Math.max(8, ...clones.map(({ canary }) => canary.length))
  const row = (label: string, text: string) => hanging(`  ${label.padEnd(column)}  `, text, width)
  const before = [
    ...(windows.cmidBefore === null ? [] : [`Windows ${windows.cmidBefore}`]),
    ...(office.cmidBefore === null ? [] : [`Office ${office.cmidBefore}`]),
  ]
  return [
    ...before.flatMap((text) => row('before', text)),
    ...clones.flatMap((clone) => {
      const { canary, status, cmid, officeCmids } = clone
      const state =
        status === 1 ? paint('good', licensedBy(clone, asOf)) : paint('warn', `not licensed yet (status ${String(status)})`)
      const ids = [`Windows ${cmid}`, ...officeCmids.map((one) => `Office  ${one}`)]
      return [...row(canary, state), ...ids.flatMap((text) => row('', text))]
    }),
  ]
}

function licensedBy({ kms, count, answered, channel }: CloneMemory, asOf: number | undefined): string {
  if (channel !== undefined) return `licensed, ${channel}`
  const today = asOf === undefined ? null : new Date(asOf).toISOString().slice(0, 10)
  const day = answered === null || today === null || answered.startsWith(today) ? '' : `${answered.slice(0, 10)} `
  const when = answered === null ? '' : ` at ${day}${answered.slice(11, 16)} UTC`
  return `licensed by ${kms ?? 'KMS'}${when}${count === null ? '' : `, count ${String(count)}`}`
}
