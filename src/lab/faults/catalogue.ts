import type { FaultUse } from '../farm-file/schema.ts'
import type { Farm } from '../model/farm.ts'
import { farmFaults } from './farm-faults.ts'
import type { Cast, LabFault } from './lab-fault.ts'
import { licensingFaults } from './licensing-faults.ts'
import { machineFaults } from './machine-faults.ts'

const catalogue: Readonly<Record<string, LabFault>> = { ...licensingFaults, ...farmFaults, ...machineFaults }

/** Every fault a farm file may declare. */
export const faultNames: readonly string[] = Object.keys(catalogue)

/** The faults for `--list-faults`: what each does, which words it reads, what a correct run must say (null: it goes on). */
export function listFaults(): readonly { name: string; does: string; expect: string | null; reads: readonly string[] }[] {
  return Object.entries(catalogue).map(([name, { does, expect, reads }]) => ({ name, does, expect, reads }))
}

/** Lays faults into a farm that has just been built. Throws for a name nobody knows and for words the fault does not read. */
export function applyFaults(farm: Farm, cast: Cast, uses: readonly FaultUse[]): void {
  for (const use of uses) {
    const fault = catalogue[use.fault]
    if (!fault) throw new Error(`there is no fault ${use.fault}`)
    const idle = Object.keys(use).filter((word) => word !== 'fault' && !(fault.reads as readonly string[]).includes(word))
    if (idle.length > 0)
      throw new Error(`fault ${use.fault} does not read ${idle.join(', ')}; it reads ${fault.reads.join(', ') || 'nothing'}`)
    fault.lay({ farm, cast, use })
  }
}
