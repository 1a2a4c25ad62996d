import { cleaningWanted } from '../../licensing/tokens.ts'
import { known, type Reading } from '../../wire/reading.ts'
import type { LicensedProduct, TargetState } from '../../wire/operations/target-state.ts'
import { ask, type Probe } from '../asking.ts'
import { lookAtTarget } from '../looks.ts'
import type { Memory } from '../memory.ts'
import { defineStage, type Intent, type Sight } from '../stage.ts'
import { act, detailOf, done, hold, retry, skipped, unknown, type Verdict } from '../verdict.ts'

/** Step 2. Renames tokens.dat where the article's world holds or the store is broken; never between steps 6 and 8.
 *  The file is renamed, not deleted: it is the way back until keys and activation are proved. Source: article step 2; kms.md 6. */
export const cleanTokens = defineStage({
  name: 'cleanTokens',
  step: 'cleanTokens',
  title: 'clean the licence store',
  repeat: 'after-probe',
  probe: (look) => ({ target: lookAtTarget(look, ['service', 'windowsLicense', 'office', 'tokens']) }),
  baseline: ({ target }) => productsOf(target.windowsLicense?.products, target.office?.products),

  judge(sight) {
    const { plan, memory, now, intent } = sight
    const { service, windowsLicense, tokens } = now.target
    if (service === undefined || windowsLicense === undefined || tokens === undefined) {
      return unknown('the licence store', 'parts of the answer are missing')
    }
    if (intent !== null) return afterwards(intent, { service, windowsLicense, tokens, office: now.target.office }, sight)
    const wish = cleaningWanted({
      policy: plan.cleanTokens,
      build: memory.os?.build ?? 0,
      officeShares: officeShares(memory),
      queryAnswers: windowsLicense.query.answers,
      riskAccepted: plan.acceptRisk.includes('officeLicences'),
    })
    if (!wish.clean) return skipped(wish.because)
    if (wish.risk !== null && !sight.granted.includes(wish.risk)) {
      const why = `${wish.because}; rebuilding it drops the Office licences it holds, and /rilc brings back only Windows' own`
      const option = { name: wish.risk, label: 'rebuild it all the same: step 6 gives Office its keys again' }
      return hold('RISK_NOT_ACCEPTED', { risk: wish.risk, why }, [], [option])
    }
    const store = tokens.stores.find((one) => one.file !== null)
    if (store === undefined || store.file === null) return unknown('tokens.dat', 'it lies in none of the three known folders')
    const { folder, file } = store
    return act(
      {
        ask: ask(plan.target.host, 'Reset-VdpTokenStore', { folder, sha256: file.sha256 }),
        what: 'rename tokens.dat and rebuild the licence store',
        key: 'clean-tokens',
      },
      [wish.because, `${file.path}, ${String(file.bytes)} bytes`],
    )
  },
})

interface Parts {
  readonly service: NonNullable<TargetState['service']>
  readonly windowsLicense: NonNullable<TargetState['windowsLicense']>
  readonly tokens: NonNullable<TargetState['tokens']>
  readonly office: TargetState['office']
}

/** After the rename: the service runs, the query answers, and every product listed before is listed again. */
function afterwards(
  intent: Intent,
  { service, windowsLicense, tokens, office }: Parts,
  { plan, end, granted }: Sight<Probe>,
): Verdict {
  const host = plan.target.host
  const backup = tokens.stores.flatMap((one) => one.backups).at(-1)
  if (intent.key === PUT_BACK.name) {
    if (windowsLicense.query.answers) return done('tokens.dat is back and the licence query answers', { tokens: null })
    return hold('LICENCE_STORE_BROKEN', { host, code: windowsLicense.query.code })
  }
  if (backup === undefined) {
    if (end?.is === 'refused') return hold('LICENCE_STORE_BROKEN', { host, code: detailOf(end.fault, 'hresult', 'message') })
    return hold('NOT_PROVED', { act: intent.what, host, why: 'no renamed tokens.dat is there' })
  }
  if (granted.includes(PUT_BACK.name)) {
    const request = ask(host, 'Restore-VdpTokenStore', { backup: backup.path, sha256: backup.sha256 })
    return act({ ask: request, what: 'put the renamed tokens.dat back', key: PUT_BACK.name }, 'decided by a person')
  }
  const learn = { tokens: { backup: backup.path, sha256: backup.sha256, bytes: backup.bytes } }
  if (service.state === 'starting' || service.state === 'stopping')
    return retry(`${service.name} to settle`, `it is ${service.state}`)
  const options = [PUT_BACK, GO_ON]
  if (!windowsLicense.query.answers) {
    return { ...hold('LICENCE_STORE_BROKEN', { host, code: windowsLicense.query.code }, [], options), learn }
  }
  const after = productsOf(windowsLicense.products, office?.products)
  const missing = (intent.baseline as readonly string[]).filter((product) => !after.includes(product))
  if (missing.length > 0 && !granted.includes(GO_ON.name)) return { ...hold('PRODUCTS_LOST', { missing }, [], options), learn }
  return done(['tokens.dat renamed, the service rebuilt it', 'every product listed before is listed again'], learn)
}

const PUT_BACK = { name: 'restore-tokens', label: 'put the renamed tokens.dat back' }
const GO_ON = { name: 'accept-lost-products', label: 'go on without the missing products' }

function officeShares(memory: Memory): boolean {
  return (memory.officeInstalls ?? []).some((install) => install.service === 'sppsvc')
}

function productsOf(...lists: readonly (Reading<LicensedProduct[]> | undefined)[]): readonly string[] {
  return [
    ...new Set(lists.flatMap((list) => (list !== undefined && known(list) ? list.map((product) => product.name) : []))),
  ].sort()
}
