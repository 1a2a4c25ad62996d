import { privateTypeFor } from '../../../farm/image-mode.ts'
import type { Disk, DiskState } from '../../../wire/operations/farm-state.ts'
import type { Plan } from '../../../workflow/plan.ts'
import { ask, type Probe } from '../../asking.ts'
import type { ActEnd, Look, Sight } from '../../stage.ts'
import { act, detailOf, hold, retry, type Verdict } from '../../verdict.ts'
import { mayNotOpen } from '../createVDisk/may-open.ts'

/** The way on from a disk that became Standard unprepared. The rearm still waits in the image: nothing has booted it read/write since. */
export const REOPEN = {
  name: 'switch-again',
  label: 'open the disk again and repeat the switch: only the transition prepares',
}

type Reopening = Pick<Look, 'plan' | 'memory'> & { readonly now: { readonly disk: DiskState } }

/** Key of the act that opens the disk again. */
const REOPENING = 'reopen'

/** Opens a disk again that is Standard and was not prepared; allowed by a person alone, once, and under the conditions of the first time. */
export function reopen(disk: Disk, { plan, memory, now }: Reopening, because: string): Verdict {
  const obstacle = mayNotOpen(disk, now.disk, { memory })
  if (obstacle !== null) return obstacle
  const request = ask(plan.farm.server, 'Set-VdpDiskMode', {
    guid: disk.guid,
    expectedType: disk.writeCacheType,
    writeCacheType: privateTypeFor(disk.writeCacheType),
    writeCacheSizeMiB: disk.writeCacheSizeMiB,
  })
  return act({ ask: request, what: `open ${disk.name} again`, key: REOPENING, uses: REOPEN.name }, because)
}

/** A disk that is Standard without our own switch was not prepared: it stays so until a person has it opened again. */
export function standardAlready(disk: Disk, sight: Reopening & Pick<Sight<Probe>, 'intent' | 'end' | 'granted'>): Verdict {
  const { plan, intent, end, granted } = sight
  if (intent?.key === REOPENING) return notReopened(disk, plan, end)
  return granted.includes(REOPEN.name)
    ? reopen(disk, sight, 'somebody else made it Standard: nothing was prepared')
    : hold('NO_TRANSITION', { name: disk.name, file: plan.source.file }, [], [REOPEN])
}

/** The disk is still Standard although it was to be opened again. */
function notReopened(disk: Disk, plan: Plan, end: ActEnd | null): Verdict {
  if (end?.is !== 'refused')
    return retry(`${disk.name} to open again`, 'still Standard', {
      code: 'NOT_PROVED',
      details: { act: `open ${disk.name} again`, host: plan.farm.server, why: 'the disk is still Standard' },
    })
  return hold('MODE_CHANGE_FAILED', {
    ...end.fault.details,
    name: disk.name,
    wanted: 'Private',
    state: 'Standard',
    code: detailOf(end.fault, 'returnCode'),
  })
}
