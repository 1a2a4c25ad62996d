import { describeFault } from '../../faults/table.ts'
import type { RunView } from '../../procedure/run-view.ts'
import { asTyped, type Said } from '../cli/screens/as-typed.ts'
import { clock } from '../cli/screens/elapsed.ts'
import { hanging } from '../cli/screens/wrap.ts'
import type { Paint } from '../cli/terminal.ts'
import { line, type Line } from './line.ts'
import { stepOf } from './place.ts'
import { withSigns, type Signs } from './signs.ts'

/** What goes on, or why nothing does: the act or the look under way, the wait with its deadline and signal, the hold, the approval, the end. */
export function nowLines(view: RunView, now: number, width: number, signs: Signs, said?: Said): readonly Line[] {
  const say = (head: string, text: string, paint?: Paint) =>
    hanging(head, withSigns(text, signs), width).map((one) => line(one, paint))
  const listed = (because: readonly string[]) => because.flatMap((one) => say(`       ${signs.point} `, one))
  if (view.held !== null) return heldLines(view, view.held, now, say, listed)
  if (view.approval !== null) {
    const { what, because, anotherPerson, since } = view.approval
    const who = anotherPerson ? `, by another login than ${view.startedBy?.login ?? 'who started it'}` : ''
    return [
      ...say(' ASKS  ', `${what}${who}`, 'warn'),
      ...say('       ', `has waited ${clock(now - since)} for an approval`),
      ...listed(because),
    ]
  }
  if (view.state === 'ended' && view.ending !== null) {
    const { outcome, because, fault } = view.ending
    const good = outcome === 'verified' || outcome === 'mended'
    const text = fault === null ? because : describeFault(fault.code, { run: view.run, ...fault.details }).says
    return say(` END   `, `${outcome}: ${text}`, good ? 'good' : outcome === 'sealed-unverified' ? 'warn' : 'bad')
  }
  if (view.state === 'stopped')
    return say(' stop  ', asTyped(`stands at a safe point; nobody drives it: vdiskprep resume ${view.run}`, said), 'warn')
  return workLines(view, now, say, listed)
}

type Say = (head: string, text: string, paint?: Paint) => readonly Line[]
type Listed = (because: readonly string[]) => readonly Line[]

function heldLines(view: RunView, held: NonNullable<RunView['held']>, now: number, say: Say, listed: Listed): readonly Line[] {
  const { code, details } = held.fault
  const { says, effect } = describeFault(code, { run: view.run, file: view.plan?.source.file ?? 'FILE', ...details })
  const found = code === 'CHECKS_FAILED' ? 'these checks stand in the way of the first change' : says
  return [
    ...say(' HELD  ', `${code}, for ${clock(now - held.since)}`, 'bad'),
    ...say('       ', found),
    ...say('       ', effect),
    ...listed(held.because.filter((one) => one !== says)),
  ]
}

function workLines(view: RunView, now: number, say: Say, listed: Listed): readonly Line[] {
  const { waiting } = view
  if (waiting !== null) {
    const { since, deadlineMs, because } = waiting
    const every = pollOf(view, waiting.place)
    const limit = deadlineMs > 0 ? `${clock(now - since)} of at most ${clock(deadlineMs)}` : clock(now - since)
    return [
      ...say(' wait  ', `waiting for ${waiting.for}`, 'strong'),
      ...say('       ', every === null ? limit : `${limit}, asks every ${clock(every)}`),
      ...listed(because),
    ]
  }
  const act = view.acts.at(-1)
  if (act?.end === 'under way' || act?.end === 'in doubt') {
    const doubt = act.end === 'in doubt' ? ' (in doubt: its receipt is asked for)' : ''
    return say(' act   ', `${act.what} on ${act.host}, ${clock(now - act.at)}${doubt}`, 'strong')
  }
  const stage = view.steps.find(({ state }) => state === 'running')?.stage ?? null
  return stage === null ? [] : say(' look  ', stage, 'strong')
}

function pollOf({ plan }: RunView, place: string): number | null {
  const step = stepOf(place)
  return plan === null || step === 'restoring' ? null : plan.policy[step].pollMs
}
