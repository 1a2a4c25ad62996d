import { isSealedForMak } from '../../../farm/licence-mode.ts'
import { chooseOrder } from '../../../licensing/order.ts'
import { rearmWanted } from '../../../licensing/rearm.ts'
import { channelOf, primaryProduct } from '../../../licensing/channel.ts'
import { isStatedWindows } from '../../../licensing/stated-windows.ts'
import { TRUSTED_STORE_REARMED } from '../../../licensing/codes.ts'
import type { Office } from '../../../wire/operations/target-state.ts'
import { known } from '../../../wire/reading.ts'
import type { Plan } from '../../../workflow/plan.ts'
import { lookAtTarget } from '../../looks.ts'
import { defineStage } from '../../stage.ts'
import { done, hold, unknown, type Verdict } from '../../verdict.ts'

/** Windows 7 / Server 2008 R2: the first with sppsvc; Vista and 2008 have slsvc and no PowerShell 5.1. Source: kms.md 6. */
const WINDOWS_7 = 7600

/** Step 1, last: what Windows and Office are in this image decides the order of 5, 6, 7 and whether anything is rearmed. */
export const inspect = defineStage({
  name: 'inspect',
  step: 'createVDisk',
  title: 'look at Windows and Office in the image',
  repeat: 'safe',
  probe: (look) => ({ target: lookAtTarget(look, ['os', 'boot', 'service', 'windowsLicense', 'office']) }),

  judge({ plan, memory, now }) {
    const host = plan.target.host
    const { os, windowsLicense, office } = now.target
    if (os === undefined || windowsLicense === undefined || office === undefined)
      return unknown('Windows and Office', 'parts of the answer are missing')
    if (os.build < WINDOWS_7) return hold('WINDOWS_TOO_OLD', { host, os: os.caption })
    const stated = plan.windows.os ?? null
    if (stated !== null && !isStatedWindows(stated, os))
      return hold('OTHER_WINDOWS', {
        host,
        stated,
        found: `${os.caption} (${os.editionId}, build ${String(os.build)})`,
        file: plan.source.file,
      })
    if (!known(os.evaluation)) return unknown('whether this is an evaluation edition', os.evaluation.unknown)
    if (os.evaluation) return hold('EVALUATION_EDITION', { host, edition: os.editionId })
    if (!windowsLicense.query.answers && windowsLicense.query.code === TRUSTED_STORE_REARMED)
      return hold('STORE_ALREADY_REARMED', { host })
    const hostKey = kmsHostKey(windowsLicense.products, plan)
    if (hostKey !== null) return hostKey
    const stranger = noMak(windowsLicense.products, plan)
    if (stranger !== null) return stranger

    const volume = plan.office.present === 'none' ? [] : office.installs.filter((install) => install.volume)
    const order = chooseOrder(plan.order, volume)
    if (order.risk !== null && !plan.acceptRisk.includes('order'))
      return hold('RISK_NOT_ACCEPTED', { risk: 'order', why: order.because })
    const rearm = rearmWanted({
      policy: plan.windows.rearm,
      purpose: plan.scenario === 'new-base-image' ? 'newImage' : plan.scenario === 'repair-activation' ? 'repair' : 'update',
      sealedBefore: memory.disk?.sealedBefore ?? false,
      officeChanged: keysMissing(office, plan),
      duplicatesFound: false,
      forMak: isSealedForMak(plan),
    })
    return done([`${os.caption} (build ${String(os.build)})`, officeLine(office), order.because, rearm.because], {
      os: { caption: os.caption, build: os.build, editionId: os.editionId, kind: os.kind },
      order: { sequence: order.sequence, because: order.because },
      rearm,
      officeInstalls: volume,
    })
  },
})

function kmsHostKey(products: unknown, plan: Plan): Verdict | null {
  if (!Array.isArray(products)) return null
  const primary = primaryProduct(products)
  if (primary === undefined || channelOf(primary.description) !== 'VOLUME_KMS') return null
  return plan.windows.replaceChannel.includes('VOLUME_KMS')
    ? null
    : hold('KMS_HOST_KEY_IN_IMAGE', { key: primary.partialKey ?? '?' })
}

/** On a disk that is to be sealed for MAK, the hold when its Windows has no MAK. */
function noMak(products: unknown, plan: Plan): Verdict | null {
  if (!isSealedForMak(plan)) return null
  if (!Array.isArray(products)) return unknown('the licensed products', 'they cannot be read')
  const primary = primaryProduct(products)
  const channel = primary === undefined ? 'none' : channelOf(primary.description)
  return channel === 'VOLUME_MAK' ? null : hold('NO_MAK_IN_IMAGE', { host: plan.target.host, name: plan.vdisk.name, channel })
}

/** True when a volume Office has no KMS client key yet: it was added since the last seal. */
function keysMissing(office: Office, plan: Plan): boolean {
  if (plan.office.present === 'none' || !known(office.products)) return false
  const wanted = office.installs.filter((install) => install.volume).flatMap((install) => install.products).length
  return office.products.filter((product) => channelOf(product.description) === 'VOLUME_KMSCLIENT').length < wanted
}

function officeLine(office: Office): string {
  if (office.installs.length === 0) return 'no Office'
  return office.installs
    .map(
      (one) =>
        `Office ${one.release} ${one.delivery} (${one.products.join(', ')}; ${one.volume ? 'volume' : 'subscription: nothing to do for it'}; ${one.service})`,
    )
    .join('; ')
}
