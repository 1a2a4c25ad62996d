import type { Composition } from '../../compose.ts'
import type { Lease } from '../../engine/ports/store.ts'
import type { RunView } from '../../procedure/run-view.ts'
import type { Standing } from '../live/fleet.ts'
import { labHasEnded } from './lab-ended.ts'

/** How runs stand for those who look at all of them, by the leases of now. */
export function standings(leases: readonly Lease[], composition: Composition): (view: RunView) => Standing {
  const owners = new Map(leases.map(({ run, owner }) => [run, owner]))
  return (view) => {
    if (view.state === 'ended') return 'ended'
    if (view.plan !== null && labHasEnded(view.plan, composition.files)) return 'gone'
    const owner = owners.get(view.run)
    return view.state === 'running' && (owner === undefined || composition.ids.gone(owner)) ? 'left' : view.state
  }
}
