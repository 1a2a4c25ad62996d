import { TRUSTED_STORE_REARMED } from '../../../licensing/codes.ts'
import type { WindowsLicense } from '../../../wire/operations/target-state.ts'
import { known } from '../../../wire/reading.ts'
import type { Probe } from '../../asking.ts'
import type { Sight } from '../../stage.ts'
import { hold, unknown, type Verdict } from '../../verdict.ts'
import { removeSkipRearm } from './skip-rearm.ts'

/** Everything that forbids a Windows rearm, would make it do nothing, or would leave it without proof; null when nothing does. */
export function windowsObstacle(
  licence: WindowsLicense,
  { plan, memory, granted }: Pick<Sight<Probe>, 'plan' | 'memory' | 'granted'>,
): Verdict | null {
  const host = plan.target.host
  if (!licence.query.answers) {
    const { code } = licence.query
    const rearmed = code === TRUSTED_STORE_REARMED ? 'STORE_ALREADY_REARMED' : 'LICENCE_STORE_BROKEN'
    return hold(memory.office.rearmed ? 'STORE_LOCKED_AFTER_OFFICE' : rearmed, { host, code })
  }
  if (!known(licence.skipRearm)) return unknown('the registry value SkipRearm', licence.skipRearm.unknown)
  if (licence.skipRearm !== null && licence.skipRearm !== 0) return removeSkipRearm(host, licence.skipRearm, granted)
  if (!known(licence.rearmsLeft)) return unknown('the rearm counter', licence.rearmsLeft.unknown)
  if (licence.rearmsLeft > MOST_REARMS) {
    return unknown('the rearm counter', `the service reports ${String(licence.rearmsLeft)}, which cannot be true`)
  }
  if (licence.rearmsLeft === 0) return hold('REARM_EXHAUSTED', { product: 'Windows', host })
  return known(licence.cmid) ? null : unknown('the CMID', licence.cmid.unknown)
}

/** The highest count any release starts with; above it the store is damaged (4294967295 was seen). Source: kms.md 4.1, 4.3. */
const MOST_REARMS = 1001
