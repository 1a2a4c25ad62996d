import fc from 'fast-check'
import { aimed } from './aim.ts'
import { AS_DRAWN, drawing, type Drawn } from './draw.ts'
import { liveSeed, type Lived } from './live-seed.ts'
import type { Mutant } from './simulation.ts'

/** The smallest draw found within so many tries that breaks the same invariant as the seed does; null when the seed breaks none. */
export async function shrunk(seed: number, mutant: Mutant | null, tries = 300): Promise<{ drawn: Drawn; lived: Lived } | null> {
  let left = tries
  let least: { drawn: Drawn; lived: Lived } | null = null
  const holds = async (drawn: Drawn) => {
    if (least !== null && left <= 0) return true
    left -= 1
    const fit = aimed(drawn)
    const lived = await liveSeed(fit, mutant, true)
    if (lived.broken === null || (least !== null && lived.broken.invariant !== least.lived.broken?.invariant)) return true
    least = { drawn: fit, lived }
    return false
  }
  await fc.check(fc.asyncProperty(drawing, holds), { seed, ...AS_DRAWN })
  return least
}
