import type { CheckedFinding } from '../../diagnosis/check.ts'
import { describeFault } from '../../faults/table.ts'
import { isSuccess, lastAnswer } from './answer.ts'
import { hereFindings } from './here-rules.ts'
import { hostFindings } from './host-rules.ts'
import { finding } from './own-texts.ts'
import type { KmsView, TargetView } from './view.ts'

const DAY_MS = 86_400_000
/** A target renews every 7 days. Source: kms.md 7. */
const RENEWAL_MS = 7 * DAY_MS

/** What only this command asks: DNS and ports as this machine sees them, records against each other, the target's last answer. */
export function ownFindings(view: KmsView, now: number): readonly CheckedFinding[] {
  return [...hereFindings(view), ...hostFindings(view), ...view.targets.map((target) => answer(target, now)), ...silent(view)]
}

function answer({ host, events }: TargetView, now: number): CheckedFinding {
  if (events === null) return finding('kms.answer', host, 'unknown', 'its events of activation were not read')
  const last = lastAnswer(events.events)
  const age = (at: string) => {
    const days = Math.floor((now - Date.parse(at)) / DAY_MS)
    return days < 1 ? 'within the last day' : `${String(days)} ${days === 1 ? 'day' : 'days'} ago`
  }
  if (last.is === 'none') return finding('kms.answer', host, 'unknown', 'no request for activation in its log of 30 days')
  if (last.is === 'unanswered')
    return finding('kms.answer', host, 'fail', `asked ${last.asked} ${age(last.at)}: no answer (${last.code})`, {
      CODE: last.code,
    })
  const { bound, code, count, minimum, asked } = last
  const told = `${asked} answered ${age(last.at)}: count ${String(count ?? '?')}`
  if (!isSuccess(code)) return finding('kms.answer', host, 'fail', `${told}, ${code}`, { CODE: code })
  if (!bound)
    return finding('kms.answer', host, 'fail', `${told}, needed ${String(minimum ?? '?')}: not activated`, { CODE: '0xC004F038' })
  const old = now - Date.parse(last.at) > RENEWAL_MS
  if (old)
    return finding('kms.answer', host, 'warn', `${told}, activated; it should have renewed after 7 days`, { CODE: '12288' })
  return finding('kms.answer', host, 'pass', `${told}, activated`)
}

function silent({ targets, silentTargets, silentKmsHosts, file }: KmsView): readonly CheckedFinding[] {
  const says = (host: string, fault: KmsView['silentTargets'][string]) =>
    describeFault(fault.code, { host, server: host, ...fault.details }).says
  const off = Object.entries(silentTargets)
  const [first] = off
  const why = first === undefined ? 'the inventory names no target' : says(...first)
  const rest =
    off.length > 1
      ? ` Nor do ${off
          .slice(1)
          .map(([host]) => host)
          .join(', ')} answer.`
      : ''
  const none = targets.length > 0 || file === null ? [] : [finding('kms.targets', 'targets', 'unknown', `${why}${rest}`)]
  const some = targets.length === 0 ? [] : off.map(([host]) => finding('kms.targets', host, 'na', 'does not answer: not asked'))
  const hosts = Object.entries(silentKmsHosts).map(([host, fault]) =>
    finding('kms.reachable', host, 'unknown', says(host, fault), { NAME: host }),
  )
  return [...none, ...some, ...hosts]
}
