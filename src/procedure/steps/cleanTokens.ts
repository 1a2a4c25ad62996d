import { cleaningWanted } from '../../licensing/tokens.ts'
import { known, type Reading } from '../../wire/reading.ts'
import type { LicensedProduct } from '../../wire/operations/target-state.ts'
import { ask } from '../asking.ts'
import { lookAtTarget } from '../looks.ts'
import type { Memory } from '../memory.ts'
import { defineStage } from '../stage.ts'
import { act, done, hold, retry, skipped, unknown } from '../verdict.ts'

/** Step 2. Renames tokens.dat where the article's world holds or the store is broken; never between steps 6 and 8.
 *  The file is renamed, not deleted: it is the way back until keys and activation are proved. Source: article step 2; kms.md 6. */
export const cleanTokens = defineStage({
  name: 'cleanTokens',
  step: 'cleanTokens',
  title: 'clean the licence store',
  repeat: 'after-probe',
  probe: (look) => ({ target: lookAtTarget(look, ['service', 'windowsLicense', 'office', 'tokens']) }),
  baseline: ({ target }) => productsOf(target.windowsLicense?.products, target.office?.products),

  judge({ plan, memory, now, intent, end, granted }) {
    const host = plan.target.host
    const { service, windowsLicense, office, tokens } = now.target
    if (service === undefined || windowsLicense === undefined || tokens === undefined)
      return unknown('the licence store', 'parts of the answer are missing')
    const store = tokens.stores.find((one) => one.file !== null)
    const backup = tokens.stores.flatMap((one) => one.backups).at(-1)

    if (backup !== undefined && granted.includes('restore-tokens') && intent?.key !== 'restore-tokens') {
      return act(
        {
          ask: ask(host, 'Restore-VdpTokenStore', { backup: backup.path, sha256: backup.sha256 }),
          what: 'put the renamed tokens.dat back',
          key: 'restore-tokens',
        },
        'decided by a person',
      )
    }
    if (intent?.key === 'restore-tokens') {
      return windowsLicense.query.answers
        ? done('tokens.dat is back and the licence query answers', { tokens: null })
        : hold('LICENCE_STORE_BROKEN', { host, code: windowsLicense.query.code })
    }
    if (intent !== null) {
      if (backup === undefined)
        return end?.is === 'refused'
          ? hold('LICENCE_STORE_BROKEN', { host, code: end.fault.code })
          : hold('NOT_PROVED', { act: intent.what, host, why: 'no renamed tokens.dat is there' })
      const learn = { tokens: { backup: backup.path, sha256: backup.sha256, bytes: backup.bytes } }
      if (service.state !== 'running' && service.state !== 'stopped')
        return retry(`${service.name} to settle`, `it is ${service.state}`)
      if (!windowsLicense.query.answers)
        return { ...hold('LICENCE_STORE_BROKEN', { host, code: windowsLicense.query.code }, [], RESTORE), learn }
      const before = (intent.baseline ?? []) as readonly string[]
      const after = productsOf(windowsLicense.products, office?.products)
      const missing = before.filter((product) => !after.includes(product))
      if (missing.length > 0 && !granted.includes('accept-lost-products'))
        return { ...hold('PRODUCTS_LOST', { missing }, [], RESTORE), learn }
      return done(['tokens.dat renamed, the service rebuilt it', 'every product listed before is listed again'], learn)
    }

    const wish = cleaningWanted({
      policy: plan.cleanTokens,
      build: memory.os?.build ?? 0,
      officeShares: officeShares(memory),
      queryAnswers: windowsLicense.query.answers,
      riskAccepted: plan.acceptRisk.includes('officeLicences'),
    })
    if (!wish.clean) return skipped(wish.because)
    if (wish.risk !== null)
      return hold('RISK_NOT_ACCEPTED', {
        risk: wish.risk,
        why: "the store holds Office licences, and /rilc brings back only Windows' own",
      })
    if (store?.file == null) return unknown('tokens.dat', 'it lies in none of the three known folders')
    return act(
      {
        ask: ask(host, 'Reset-VdpTokenStore', { folder: store.folder, sha256: store.file.sha256 }),
        what: 'rename tokens.dat and rebuild the licence store',
        key: 'clean-tokens',
      },
      [wish.because, `${store.file.path}, ${String(store.file.bytes)} bytes`],
    )
  },
})

const RESTORE = [
  { name: 'restore-tokens', label: 'put the renamed tokens.dat back' },
  { name: 'accept-lost-products', label: 'go on without the missing products' },
]

function officeShares(memory: Memory): boolean {
  return (memory.officeInstalls ?? []).some((install) => install.service === 'sppsvc')
}

function productsOf(...lists: readonly (Reading<LicensedProduct[]> | undefined)[]): readonly string[] {
  return [
    ...new Set(lists.flatMap((list) => (list !== undefined && known(list) ? list.map((product) => product.name) : []))),
  ].sort()
}
