import { ask } from '../../asking.ts'
import { lookAtTarget } from '../../looks.ts'
import { defineStage } from '../../stage.ts'
import { withoutUndo } from '../../undo.ts'
import { act, done, hold, skipped, unknown } from '../../verdict.ts'

/** Step 8, first: nothing of ours stays in the image. The renamed licence store is deleted only by path, size and hash as journalled. */
export const tidyTarget = defineStage({
  name: 'tidyTarget',
  step: 'sealVDisk',
  title: 'leave nothing of ours in the image',
  repeat: 'after-probe',
  insideWindow: true,
  probe: (look) => ({ target: lookAtTarget(look, ['boot', 'tokens', 'updates']) }),

  judge({ plan, memory, now, intent, end }) {
    const { tokens } = now.target
    if (tokens === undefined) return unknown('the licence store', 'the part is missing from the answer')
    const backup = memory.tokens
    if (backup === null) return skipped('no renamed licence store to delete')
    const there = tokens.stores.flatMap((store) => store.backups).find((file) => file.path === backup.backup)
    if (there === undefined) return done('the renamed licence store is deleted', { tokens: null })
    if (there.sha256 !== backup.sha256 || there.bytes !== backup.bytes)
      return done(`${backup.backup} is not the file this run renamed: left where it is`, { tokens: null })
    if (intent !== null && end !== null)
      return hold('NOT_PROVED', { act: intent.what, host: plan.target.host, why: 'the file is still there' })
    return act(
      {
        ask: ask(plan.target.host, 'Remove-VdpTokenBackup', backup),
        what: 'delete the renamed licence store',
        key: 'remove-token-backup',
      },
      `${backup.backup}, ${String(backup.bytes)} bytes, as journalled`,
    )
  },
})

/** The services stopped for the no-reboot window start again with the next boot: their start types were never touched. */
export function servicesReturnByThemselves(undo: Parameters<typeof withoutUndo>[0]): ReturnType<typeof withoutUndo> {
  return withoutUndo(undo, 'services')
}
