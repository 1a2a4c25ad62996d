import { privateTypeFor } from '../../../farm/image-mode.ts'
import type { Disk } from '../../../wire/operations/farm-state.ts'
import type { Plan } from '../../../workflow/plan.ts'
import { ask } from '../../asking.ts'
import type { ActEnd } from '../../stage.ts'
import { act, detailOf, hold, retry, type Verdict } from '../../verdict.ts'

/** The way on from a disk that became Standard unprepared. The rearm still waits in the image: nothing has booted it read/write since. */
export const REOPEN = {
  name: 'switch-again',
  label: 'open the disk again and repeat the switch: only the transition prepares',
}

/** Key of the act that opens the disk again. */
export const REOPENING = 'reopen'

/** Opens a disk again that is Standard and was not prepared; allowed by a person alone. */
export function reopen(disk: Disk, plan: Plan, because: string): Verdict {
  const request = ask(plan.farm.server, 'Set-VdpDiskMode', {
    guid: disk.guid,
    expectedType: disk.writeCacheType,
    writeCacheType: privateTypeFor(disk.writeCacheType),
    writeCacheSizeMiB: disk.writeCacheSizeMiB,
  })
  return act({ ask: request, what: `open ${disk.name} again`, key: REOPENING }, because)
}

/** The disk is still Standard although it was to be opened again. */
export function notReopened(disk: Disk, plan: Plan, end: ActEnd | null): Verdict {
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
