import { LicensingError } from './licensing-error.ts'
import type { Spot } from './spot.ts'

/** Three ways to ask the licensing service: its own properties, its products, or a method that changes something. */
export type Call = 'properties' | 'products' | 'method'

/** Which calls a rearmed store refuses, by world. Source: kms.md 4.1, 4.3. */
const closedAfterRearm: Readonly<Record<Spot['farm']['world']['d302'], readonly Call[]>> = {
  all: ['properties', 'products', 'method'],
  persists: ['properties', 'products', 'method'],
  'spp-functions': ['products', 'method'],
  'reads-only': ['properties', 'products'],
}

/** The HRESULT with which the service of Windows refuses such a call now; null when it answers. */
export function refusal(spot: Spot, call: Call): string | null {
  const { farm, running } = spot
  const { licensing, office } = running.image
  if (licensing.broken !== null && call !== 'properties') return licensing.broken
  if (licensing.rearm !== 'none') return closedAfterRearm[farm.world.d302].includes(call) ? '0xC004D302' : null
  const officeShut = farm.mischief.officeRearmLocksStore && office?.rearm === 'pending' && office.service === 'sppsvc'
  return officeShut ? '0xC004D302' : null
}

/** Throws when the service refuses. */
export function mustAnswer(spot: Spot, call: Call): void {
  const hresult = refusal(spot, call)
  if (hresult !== null) throw new LicensingError(hresult)
}
