import type { RunView } from '../../procedure/run-view.ts'
import { faultWords } from '../../procedure/told.ts'
import type { Passport } from './passport-shape.ts'

/** Whether a journal bears a passport. Only a run that ended verified does; one that sealed its disk bears a passport that denies the proof. */
export function kindOf({ state, outcome }: Pick<RunView, 'state' | 'outcome'>): Passport['kind'] {
  if (state !== 'ended') return 'report'
  return outcome === 'verified' ? 'passport' : outcome === 'sealed-unverified' ? 'unverified' : 'report'
}

/** The first line of every form: what the run proved, or that it proved nothing and why. */
export function firstLine(view: RunView): string {
  const because = view.ending?.because ?? 'no reason is recorded'
  const kind = kindOf(view)
  if (kind === 'passport') {
    return view.plan?.source.simulated === true
      ? `PRACTICE on a simulated farm, verified there: ${because}`
      : `VERIFIED: ${because}`
  }
  if (kind === 'unverified') return `NOT VERIFIED: sealed, but not proved: ${because}`
  return `NO PASSPORT: ${standing(view, because)}`
}

function standing(view: RunView, because: string): string {
  const { state, outcome, ending, held, approval } = view
  if (state === 'ended' && outcome === 'mended') return `this run mended a finding of the doctor and did nothing else: ${because}`
  if (state === 'ended') {
    const fault = ending?.fault ?? null
    return `the run ${outcome === 'aborted' ? 'was aborted' : 'failed'}: ${fault === null ? because : faultWords(fault, { run: view.run })}`
  }
  if (held !== null) return `the run is held: ${faultWords(held.fault, { run: view.run })}`
  if (approval !== null) return `the run waits for an approval: ${approval.what}`
  return 'the run has not ended'
}
