import type { Stamped } from './fold.ts'
import { faultWords, personText } from './told.ts'

/** Journal lines as sentences, for `show` and reports; looks and connections are left out. */
export function sentenceOf({ event }: Stamped): string | null {
  switch (event.type) {
    case 'run.started':
      return `${personText(event.by)} started ${event.plan.title} (${event.plan.scenario})`
    case 'owner.claimed':
      return event.resumed ? `${personText(event.by)} resumed the run` : null
    case 'owner.left':
      return event.why === 'interrupted' ? 'stopped at a safe point' : event.why.startsWith('paused ') ? event.why : null
    case 'step.entered':
      return null
    case 'step.skipped':
      return `${event.step}: left out: ${event.because}`
    case 'judged':
      return event.waitingFor === null ? null : `${event.place}: waiting for ${event.waitingFor} (${event.because.join('; ')})`
    case 'silent':
      return `${event.place}: no answer: ${event.fault.code}`
    case 'intended':
      return `${event.place}: ${event.what} on ${event.host}`
    case 'acted':
      return event.end === 'answered'
        ? null
        : `${event.place}: ${event.end}: ${event.fault === null ? '' : faultWords(event.fault)}`
    case 'settled':
      return `${event.place}: the host's receipt says: ${event.receipt}`
    case 'approval.wanted':
      return `${event.place}: waits for approval: ${event.what}`
    case 'held':
      return `${event.place}: held: ${faultWords(event.fault)}`
    case 'decided':
      return `${personText(event.by)} decided: ${event.decision}${event.option === null ? '' : ` ${event.option}`}${event.reason === null ? '' : ` ("${event.reason}")`}`
    case 'stage.done':
      return event.skipped ? null : `${event.place}: done: ${event.because.join('; ')}`
    case 'ending':
      return `ending: ${event.outcome}: ${event.fault === null ? event.because : faultWords(event.fault)}`
    case 'run.ended':
      return `ended: ${event.outcome}`
    case 'connected':
      if (event.form === undefined) return null
      return event.form === 'by-hand'
        ? `${event.host}: answers by hand, as ${event.computer}`
        : `${event.host}: its session did not answer; one-shot form: each request starts PowerShell again`
    case 'step.done':
    case 'stage.entered':
    case 'looked':
    case 'learnt':
      return null
  }
}
