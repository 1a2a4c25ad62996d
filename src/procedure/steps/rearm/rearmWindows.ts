import { TRUSTED_STORE_REARMED } from '../../../licensing/codes.ts'
import type { WindowsLicense } from '../../../wire/operations/target-state.ts'
import { known, type Reading } from '../../../wire/reading.ts'
import { ask, type Probe } from '../../asking.ts'
import { lookAtTarget } from '../../looks.ts'
import { defineStage, type Sight } from '../../stage.ts'
import { act, detailOf, done, hold, skipped, unknown, type Verdict } from '../../verdict.ts'
import { windowsObstacle } from './windows-obstacle.ts'

interface Before {
  readonly queryAnswered: boolean
  readonly cmid: string | null
  readonly left: number | null
}

/** Step 5. Spends one Windows rearm so that every clone draws its own CMID at its next boot.
 *  Never repeated: a second rearm costs a second count. Source: article step 5; kms.md 4.1, 4.2. */
export const rearmWindows = defineStage({
  name: 'rearmWindows',
  step: 'rearmWindows',
  title: 'rearm Windows',
  repeat: 'never',
  insideWindow: true,
  probe: (look) => ({ target: lookAtTarget(look, ['boot', 'windowsLicense']) }),
  baseline: ({ target }): Before => ({
    queryAnswered: target.windowsLicense?.query.answers ?? false,
    cmid: value(target.windowsLicense?.cmid),
    left: value(target.windowsLicense?.rearmsLeft),
  }),

  judge(sight) {
    const { plan, memory, now, intent } = sight
    const { windowsLicense: licence, boot } = now.target
    if (licence === undefined || boot === undefined) return unknown('the Windows licence', 'parts of the answer are missing')
    if (memory.rearm?.wanted === false) return skipped(memory.rearm.because)
    if (intent?.key === 'rearm-windows') return afterwards(intent.baseline as Before, licence, sight)
    const obstacle = windowsObstacle(licence, sight)
    if (obstacle !== null) return obstacle
    const [left, cmid] = [value(licence.rearmsLeft), value(licence.cmid)]
    return act(
      { ask: ask(plan.target.host, 'Invoke-VdpWindowsRearm', {}), what: 'rearm Windows', key: 'rearm-windows' },
      [`rearms left: ${String(left)}`, `CMID now: ${cmid ?? 'none'}`],
      {
        window: memory.window ?? { guid: boot.guid, lastBootUpTime: boot.lastBootUpTime },
        windows: { ...memory.windows, cmidBefore: cmid, rearmsBefore: left },
      },
    )
  },
})

type Rearming = Pick<Sight<Probe>, 'plan' | 'memory' | 'end'>

/** What the facts say of a rearm that was begun. */
function afterwards(before: Before, licence: WindowsLicense, { plan, memory, end }: Rearming): Verdict {
  const host = plan.target.host
  const effect = tookEffect(before, licence)
  if (effect !== null) return done(effect, { windows: { ...memory.windows, rearmsAfter: value(licence.rearmsLeft) } })
  if (end?.is === 'refused')
    return hold('REARM_FAILED', { product: 'Windows', host, code: detailOf(end.fault, 'hresult') }, [], AGAIN)
  if (end?.is === 'settled' && end.receipt !== 'ended') {
    const why = end.receipt === 'failed' ? 'its receipt says that it failed' : 'its receipt has no end'
    return hold('OUTCOME_UNKNOWN', { act: 'rearm Windows', host, why: `${why}, and the facts show no rearm` }, [], AGAIN)
  }
  const details = { product: 'Windows', host, cmid: before.cmid ?? 'unknown', skipRearm: value(licence.skipRearm) }
  return hold('REARM_NO_OP', details, [], AGAIN)
}

const AGAIN = [{ name: 'rearm-again', label: 'spend another rearm' }]

/** What shows that a rearm took effect: the store answers 0xC004D302 now, or the counter fell, or the CMID changed. */
function tookEffect(before: Before, now: WindowsLicense): string | null {
  if (before.queryAnswered && !now.query.answers && now.query.code === TRUSTED_STORE_REARMED)
    return 'the service answers 0xC004D302 now: rearmed until the next boot'
  const left = value(now.rearmsLeft)
  if (left !== null && before.left !== null && left < before.left)
    return `the counter fell: ${String(before.left)} -> ${String(left)}`
  const cmid = value(now.cmid)
  return cmid !== null && before.cmid !== null && cmid !== before.cmid ? 'the CMID changed' : null
}

function value<T>(read: Reading<T> | undefined): T | null {
  return read !== undefined && known(read) ? read : null
}
