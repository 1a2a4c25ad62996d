import type { Composition } from '../../../compose.ts'
import type { Store } from '../../../engine/ports/store.ts'
import { Fault } from '../../../faults/fault.ts'
import { stamped } from '../../../procedure/fold.ts'
import { FLEET_LINES, fleetOf, type Fleet } from '../../../report/fleet/fleet.ts'
import { fleetPage } from '../../../report/fleet/page.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { fleetScreen } from '../screens/passport-fleet.ts'
import type { Terminal } from '../terminal.ts'
import { withStore } from '../with-store.ts'
import type { ReportOptions } from './report.ts'
import { tellPage } from './report-page.ts'

/** `report --fleet`: every vDisk that a run of this store was about, with its last passport and the rearms that are left. */
export async function reportFleet(
  named: readonly string[],
  options: ReportOptions,
  composition: Composition,
  terminal: Terminal,
): Promise<ExitCode> {
  if (named.length > 0)
    throw new Fault('OPTION_INVALID', {
      option: '--fleet',
      value: named.join(' '),
      expected: 'possible: it tells of all vDisks',
    })
  return await withStore(composition, options, async (store) => {
    const fleet = await readFleet(store, composition)
    tellPage(
      { page: () => fleetPage(fleet), data: fleet, screen: () => fleetScreen(fleet, terminal) },
      options,
      composition,
      terminal,
    )
    return EXIT.ok
  })
}

/** All vDisks of a store, as of now. */
export async function readFleet(
  store: Store,
  { version, farmClock }: Pick<Composition, 'version' | 'farmClock'>,
): Promise<Fleet> {
  const lines = (await store.across(FLEET_LINES)).map(stamped)
  return fleetOf(lines, { asOf: farmClock(null).now(), program: version })
}
