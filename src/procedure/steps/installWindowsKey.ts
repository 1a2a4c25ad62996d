import { channelOf, lastFive, primaryProduct } from '../../licensing/channel.ts'
import { findKey, keyTitle, publicKeyFor } from '../../licensing/keys.ts'
import { known } from '../../wire/reading.ts'
import type { Plan } from '../../workflow/plan.ts'
import { ask } from '../asking.ts'
import { lookAtTarget } from '../looks.ts'
import type { Memory } from '../memory.ts'
import { defineStage, type Look } from '../stage.ts'
import { act, detailOf, done, hold, skipped, unknown, type Verdict } from '../verdict.ts'

/** Step 3. Gives Windows the KMS client key of its edition; volume media carry it, so often there is nothing to do.
 *  Another channel (MAK, AVMA, retail) is held before it is replaced: it may be paid for. Source: article step 3; kms.md 1.2. */
export const installWindowsKey = defineStage({
  name: 'installWindowsKey',
  step: 'installWindowsKey',
  title: 'install the Windows key',
  repeat: 'after-probe',
  probe: (look) => ({ target: lookAtTarget(look, ['windowsLicense']) }),

  judge({ plan, memory, now, intent, end, granted }) {
    const host = plan.target.host
    const licence = now.target.windowsLicense
    if (licence === undefined) return unknown('the Windows licence', 'the part is missing from the answer')
    if (!licence.query.answers) return hold('LICENCE_STORE_BROKEN', { host, code: licence.query.code })
    if (!known(licence.products)) return unknown('the licensed products', licence.products.unknown)
    const wanted = wantedKey(plan, memory)
    if (wanted === null)
      return hold('NO_PUBLIC_KEY', { product: `${memory.os?.caption ?? 'this Windows'} (${memory.os?.editionId ?? '?'})` })

    const primary = primaryProduct(licence.products)
    const channel = primary === undefined ? null : channelOf(primary.description)
    if (primary !== undefined && primary.partialKey === lastFive(wanted) && channel === 'VOLUME_KMSCLIENT') {
      const learn = { windows: { ...memory.windows, key: primary.partialKey } }
      return intent === null
        ? skipped(`...${primary.partialKey} is in, channel VOLUME_KMSCLIENT`, learn)
        : done(`...${primary.partialKey} re-read, channel VOLUME_KMSCLIENT`, learn)
    }
    if (intent !== null) {
      if (end?.is === 'refused' && detailOf(end.fault, 'hresult') === OTHER_EDITION) return wrongEdition(wanted, { plan, memory })
      // What a key of the site's own is, Windows tells only now.
      const isIn = primary?.partialKey === lastFive(wanted)
      if (isIn && channel === 'VOLUME_KMS') return hold('KMS_HOST_KEY_IN_IMAGE', { key: lastFive(wanted) })
      const shows = isIn
        ? `it is of channel ${channel ?? 'none'}, no KMS client key`
        : `Windows still shows ...${primary?.partialKey ?? 'none'}`
      const why = end?.is === 'refused' ? detailOf(end.fault, 'message') : shows
      return hold('KEY_NOT_TAKEN', {
        host,
        key: lastFive(wanted),
        why,
        code: end?.is === 'refused' ? detailOf(end.fault, 'hresult') : 'KEY_NOT_TAKEN',
      })
    }
    const fits = memory.os === null ? undefined : publicKeyFor(memory.os)
    const row = findKey(wanted)
    if (row !== undefined && fits !== undefined && row.key !== fits.key) return wrongEdition(wanted, { plan, memory })
    const allowed = channel === null || plan.windows.replaceChannel.includes(channel) || granted.includes(REPLACE.name)
    if (channel !== null && channel !== 'VOLUME_KMSCLIENT' && !allowed) {
      return channel === 'VOLUME_KMS'
        ? hold('KMS_HOST_KEY_IN_IMAGE', { key: primary?.partialKey ?? '?' })
        : hold('CHANNEL_IN_USE', { host, channel }, [], [REPLACE])
    }
    return act(
      {
        ask: ask(host, 'Set-VdpWindowsKey', { key: wanted }),
        what: `install the Windows key ...${lastFive(wanted)}`,
        key: 'windows-key',
      },
      primary === undefined ? 'no product key is in' : `...${primary.partialKey ?? 'none'} of channel ${channel ?? 'none'} is in`,
    )
  },
})

/** SL_E_MISMATCHED_PRODUCT_SKU: the key belongs to an edition that is not installed. Source: kms.md 9. */
const OTHER_EDITION = '0xC004F069'
const REPLACE = { name: 'replace-channel', label: 'replace the key: what it activated may have been paid for' }

function wrongEdition(key: string, { plan, memory }: Pick<Look, 'plan' | 'memory'>): Verdict {
  const row = findKey(key)
  const os = memory.os === null ? 'another edition' : `${memory.os.caption} (${memory.os.editionId})`
  const keyFor = row === undefined ? 'another edition' : keyTitle(row)
  return hold('WRONG_EDITION_KEY', { host: plan.target.host, key: lastFive(key), keyFor, os })
}

function wantedKey(plan: Plan, memory: Memory): string | null {
  if (plan.windows.key !== null) return plan.windows.key
  return memory.os === null ? null : (publicKeyFor(memory.os)?.key ?? null)
}
