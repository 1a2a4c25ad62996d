import { channelOf, lastFive } from '../../../licensing/channel.ts'
import { TRUSTED_STORE_REARMED } from '../../../licensing/codes.ts'
import { publicOfficeKeyFor } from '../../../licensing/keys.ts'
import type { LicensedProduct } from '../../../wire/operations/target-state.ts'
import { known } from '../../../wire/reading.ts'
import type { Plan } from '../../../workflow/plan.ts'
import { ask } from '../../asking.ts'
import { lookAtTarget } from '../../looks.ts'
import type { Memory } from '../../memory.ts'
import { defineStage } from '../../stage.ts'
import { act, detailOf, done, hold, skipped, unknown } from '../../verdict.ts'

/** Step 6. Every volume product of Office (the suite, Visio, Project) gets its own KMS client key, in the service that licenses it.
 *  The Office CMID is read now, because nothing may ask Office after its rearm. Source: article step 6; kms.md 1.2, 5. */
export const installOfficeKey = defineStage({
  name: 'installOfficeKey',
  step: 'installOfficeKey',
  title: 'install the Office keys',
  repeat: 'after-probe',
  insideWindow: true,
  probe: (look) => ({ target: lookAtTarget(look, ['boot', 'office']) }),

  judge({ plan, memory, now, intent, end }) {
    const host = plan.target.host
    if ((memory.officeInstalls ?? []).length === 0) return skipped('no volume Office in this image')
    const office = now.target.office
    if (office === undefined) return unknown('Office', 'the part is missing from the answer')
    if (!office.query.answers) {
      const { code, message } = office.query
      return code === ''
        ? hold('OUTCOME_UNKNOWN', { act: 'rearm Office', host, why: message })
        : hold(brokenBy(memory, code), { host, code })
    }
    if (!known(office.products)) return unknown('the Office products', office.products.unknown)

    const wanted = wantedKeys(plan, memory)
    const nameless = wanted.find((one) => one.key === null)
    if (nameless !== undefined) return hold('NO_PUBLIC_KEY', { product: nameless.product })
    const missing = wanted.find((one) => one.key !== null && !installed(office.products as LicensedProduct[], one.key))
    if (missing?.key === undefined || missing.key === null) {
      const keys = wanted.flatMap((one) => (one.key === null ? [] : [{ product: one.product, lastFive: lastFive(one.key) }]))
      const learn = {
        office: { ...memory.office, keys, cmidBefore: known(office.cmid) ? office.cmid : null },
        officeKeysChanged: memory.officeKeysChanged || intent !== null,
      }
      const line = keys.map((one) => `...${one.lastFive} ${one.product}`).join('  ')
      return intent === null ? skipped(`keys are in: ${line}`, learn) : done(line, learn)
    }
    const key = `office-key:${missing.product}`
    if (intent?.key === key) {
      const why = end?.is === 'refused' ? detailOf(end.fault, 'message') : 'no product shows it'
      return hold('OFFICE_KEY_MISFIT', { host, key: lastFive(missing.key), keyFor: missing.product, why })
    }
    return act(
      {
        ask: ask(host, 'Set-VdpOfficeKey', { key: missing.key, folder: missing.folder, service: missing.service }),
        what: `install the Office key ...${lastFive(missing.key)} (${missing.product})`,
        key,
      },
      `${missing.product} has another key or none`,
    )
  },
})

/** A store that Windows shares is locked by the Windows rearm of this run, until a reboot. Source: kms.md 4.3. */
function brokenBy({ window }: Memory, code: string): 'STORE_LOCKED_AFTER_WINDOWS' | 'LICENCE_STORE_BROKEN' {
  return window !== null && code === TRUSTED_STORE_REARMED ? 'STORE_LOCKED_AFTER_WINDOWS' : 'LICENCE_STORE_BROKEN'
}

function installed(products: readonly LicensedProduct[], key: string): boolean {
  return products.some((product) => product.partialKey === lastFive(key) && channelOf(product.description) === 'VOLUME_KMSCLIENT')
}

function wantedKeys(plan: Plan, memory: Memory) {
  return (memory.officeInstalls ?? []).flatMap((install) =>
    install.products.map((product) => ({
      product,
      folder: install.folder,
      service: install.service,
      key: plan.office.keys[product] ?? publicOfficeKeyFor(product, install.release)?.key ?? null,
    })),
  )
}
