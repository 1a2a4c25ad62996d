import { officeIsApart } from '../licensing/keys-names.ts'
import { findKey } from '../licensing/keys.ts'
import { statedWindows } from './check-keys.ts'
import type { PlanSubject } from './plan-subject.ts'

/** What the file alone says of Office's licensing service: shared with Windows (sppsvc), apart (osppsvc), no Office, or nothing.
 *  Office 2010 has its own everywhere, and so has every Office on Windows 7 and Server 2008 R2. Source: kms.md 4.3, 6. */
export function statedOfficeService(subject: PlanSubject): 'shared' | 'apart' | 'none' | 'unknown' {
  const { office = {} } = subject.file
  if (office.present === 'none') return 'none'
  const windows = statedWindows(subject)
  if (windows && officeIsApart(windows)) return 'apart'
  const releases = Object.entries(office.keys ?? {}).map(([id, key]) => findKey(key)?.release ?? /20(?:19|21|24)/.exec(id)?.[0])
  if (releases.length > 0 && releases.every((release) => release === '2010')) return 'apart'
  return windows && releases.some((release) => release !== undefined && release !== '2010') ? 'shared' : 'unknown'
}

/** The order that will run, as far as the file tells. */
export function statedOrder(subject: PlanSubject): 'article' | 'officeFirst' | 'unknown' {
  const { order = 'auto' } = subject.file
  const service = statedOfficeService(subject)
  if (service === 'none') return 'article'
  if (order !== 'auto') return order
  if (service === 'apart') return 'article'
  return service === 'shared' ? 'officeFirst' : 'unknown'
}
