import type { OfficeInstall } from '../wire/operations/target-state.ts'

/** In which order keys and rearms of Windows (5) and Office (6, 7) run, and why. `risk` is what the workflow has to accept for it. */
export interface OrderChoice {
  readonly sequence: 'officeFirst' | 'article'
  readonly because: string
  readonly risk: 'order' | null
}

/** Chooses 6-7-5 where an Office shares sppsvc with Windows, else the article's 5-6-7.
 *  A Windows rearm puts a shared store into 0xC004D302 until reboot; that Office then must fail is inferred. Source: kms.md 4.3. */
export function chooseOrder(
  wanted: 'auto' | 'article' | 'officeFirst',
  installs: readonly Pick<OfficeInstall, 'service'>[],
): OrderChoice {
  if (installs.length === 0) return { sequence: 'article', because: 'no Office: Windows alone is rearmed', risk: null }
  const shared = installs.some((install) => install.service === 'sppsvc')
  if (wanted === 'auto') {
    return shared
      ? { sequence: 'officeFirst', because: '6-7-5: Office shares sppsvc with Windows', risk: null }
      : { sequence: 'article', because: '5-6-7: Office has its own service osppsvc', risk: null }
  }
  if (wanted === 'article' && shared) {
    return { sequence: 'article', because: '5-6-7 by the workflow, although Office shares sppsvc with Windows', risk: 'order' }
  }
  return { sequence: wanted, because: `${wanted === 'article' ? '5-6-7' : '6-7-5'} by the workflow`, risk: null }
}
