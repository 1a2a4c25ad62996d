import type { FaultRecord } from '../faults/fault.ts'
import { describeFault } from '../faults/table.ts'
import type { Person } from './events.ts'
import type { Stamped } from './fold.ts'

/** Journal lines as sentences, for `show` and reports; looks and connections are left out. */
export function sentenceOf({ event }: Stamped): string | null {
  switch (event.type) {
    case 'run.started':
      return `${name(event.by)} started ${event.plan.title} (${event.plan.scenario})`
    case 'owner.claimed':
      return event.resumed ? `${name(event.by)} resumed the run` : null
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
        : `${event.place}: ${event.end}: ${event.fault === null ? '' : describeFault(event.fault.code, event.fault.details).says}`
    case 'settled':
      return `${event.place}: the host's receipt says: ${event.receipt}`
    case 'approval.wanted':
      return `${event.place}: waits for approval: ${event.what}`
    case 'held':
      return `${event.place}: held: ${event.fault.code}: ${describeFault(event.fault.code, event.fault.details).says}`
    case 'decided':
      return `${name(event.by)} decided: ${event.decision}${event.option === null ? '' : ` ${event.option}`}${event.reason === null ? '' : ` ("${event.reason}")`}`
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

function faultWords({ code, details }: FaultRecord): string {
  return `${code}: ${describeFault(code, details).says}`
}

function name({ login, host, claim }: Person): string {
  return claim === null ? `${login}@${host}` : `${login}@${host} (says: ${claim})`
}
