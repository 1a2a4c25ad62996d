import type { FaultUse } from '../farm-file/schema.ts'
import type { Farm } from '../model/farm.ts'
import { farmFaults } from './farm-faults.ts'
import type { Cast, FaultSite, LabFault } from './lab-fault.ts'
import { licensingFaults } from './licensing-faults.ts'
import { machineFaults } from './machine-faults.ts'

const catalogue: Readonly<Record<string, LabFault>> = { ...licensingFaults, ...farmFaults, ...machineFaults }

/** Every fault a farm file may declare. */
export const faultNames: readonly string[] = Object.keys(catalogue)

/** The faults for `--list-faults`: what each does, which words it reads beside `when`, what a correct run must say (null: it goes on) and
 *  which preflight check finds it when it lies there from the start (null: none). */
export function listFaults(): readonly Listed[] {
  return Object.entries(catalogue).map(([name, { does, expect, check = null, reads }]) => ({ name, does, expect, check, reads }))
}

type Listed = Pick<LabFault, 'does' | 'expect' | 'reads'> & { readonly name: string; readonly check: string | null }

/** Lays faults into a farm that has just been built. Throws for a name nobody knows and for words the fault does not read. */
export function applyFaults(farm: Farm, cast: Cast, uses: readonly FaultUse[]): void {
  for (const use of uses) {
    const fault = catalogue[use.fault]
    if (!fault) throw new Error(`there is no fault ${use.fault}`)
    const idle = Object.keys(use).filter(
      (word) => !['fault', 'when'].includes(word) && !(fault.reads as readonly string[]).includes(word),
    )
    if (idle.length > 0)
      throw new Error(`fault ${use.fault} does not read ${idle.join(', ')}; it reads ${fault.reads.join(', ') || 'nothing'}`)
    layWhen({ farm, cast, use }, fault)
  }
}

function layWhen(site: FaultSite, fault: LabFault): void {
  const { when = 'start' } = site.use
  if (when === 'start') {
    fault.lay(site)
    return
  }
  let laid = false
  site.farm.onPower.push((device, up) => {
    if (laid || device !== site.cast.master || up !== (when === 'boot')) return
    laid = true
    fault.lay(site)
  })
}
