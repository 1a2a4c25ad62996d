import type { FactsOf } from '../../../wire/operations/catalogue.ts'
import { ask, type Probe } from '../../asking.ts'
import type { ActEnd, Sight } from '../../stage.ts'
import { act, hold, type Verdict } from '../../verdict.ts'

/** Key of the trial mount. */
export const TRIAL = 'probe-mount'
/** Key of the mode change that makes PVS mount the disk. */
export const SWITCH = 'switch-to-standard'
const DISMOUNT = 'dismount'
const OPTIONS = [{ name: DISMOUNT, label: 'dismount it: this run mounted it' }]

/** UnmapDiskFailed: what was mounted could not be let go of. Source: pvs.md 4.7. */
const UNMAP_FAILED = 88

interface Mounted {
  readonly server: string
  readonly guid: string
  readonly name: string
}

/** What a mounted disk means while the run needs the mount slot. Dismount-PvsDisk takes no disk: it is offered only where this run's own act
 *  is known to have mounted this disk on this server, and done only by a decision. Source: pvs.md 4.5; procedure 4. */
export function judgeMount(
  mounted: Mounted,
  sight: Pick<Sight<Probe>, 'plan' | 'memory' | 'intent' | 'end' | 'granted'>,
): Verdict {
  const { plan, memory, intent, end, granted } = sight
  const { server, guid, name } = mounted
  const acted = intent?.key === TRIAL || intent?.key === SWITCH
  const proved = acted && server === plan.farm.server && leftMounted(end, guid)
  if (guid !== memory.disk?.guid || (memory.ownMount !== server && !proved))
    return hold('MOUNT_FOREIGN', { mounted: name, server })
  if (granted.includes(DISMOUNT)) {
    const request = ask(server, 'Dismount-VdpDisk', { guid })
    return act({ ask: request, what: `dismount ${name} on ${server}`, key: DISMOUNT, uses: DISMOUNT }, 'mounted by this run')
  }
  return { ...hold('MOUNT_LEFT_BEHIND', { name, server }, [], OPTIONS), learn: { ownMount: server } }
}

/** Whether the end of an act shows that it mounted the disk and did not get it off: PVS says so, or the answer shows it mounted. A lost answer
 *  shows nothing: somebody may have been faster. */
function leftMounted(end: ActEnd | null, guid: string): boolean {
  if (end?.is === 'refused') return end.fault.details['returnCode'] === UNMAP_FAILED
  if (end?.is !== 'answered') return false
  const after = (end.facts as Partial<FactsOf<'Test-VdpMount'>>).after?.mounted ?? null
  return after !== null && 'guid' in after && after.guid === guid
}
