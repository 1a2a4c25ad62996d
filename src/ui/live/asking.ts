import type { DecisionKind } from '../../procedure/events.ts'
import type { RunView } from '../../procedure/run-view.ts'
import { hanging } from '../cli/screens/wrap.ts'
import { line, type Line } from './line.ts'
import { meaningOf, type Meaning } from './meaning.ts'
import { withSigns, type Signs } from './signs.ts'

/** A decision being taken: which option, why, and the word that says that it is meant. `seen` is the journal line it rests on. */
export interface Asking {
  readonly run: string
  readonly seen: number
  readonly decision: DecisionKind
  readonly option: string | null
  readonly at: 'option' | 'reason' | 'word'
  readonly typed: string
  readonly reason: string
  readonly refused: string | null
}

/** A decision as it is sent. */
export interface Decided {
  readonly run: string
  readonly seen: number
  readonly decision: DecisionKind
  readonly option: string | null
  readonly reason: string | null
}

/** A key as the view knows it: a printable text, or a name. */
export interface Key {
  readonly text: string
  readonly name: 'enter' | 'escape' | 'backspace' | 'up' | 'down' | 'ctrl-c' | null
}

/** Begins to ask. A hold with options asks for one of them first. */
export function ask(view: RunView, decision: DecisionKind): Asking {
  const chooses = decision === 'approve' && view.held !== null
  return {
    run: view.run,
    seen: view.lines,
    decision,
    option: null,
    at: chooses ? 'option' : 'reason',
    typed: '',
    reason: '',
    refused: null,
  }
}

/** The next question after a key; what was decided when all are answered; null when the person went back. Enter alone decides nothing that
 *  demands a reason or a word. */
export function answer(asking: Asking, key: Key, view: RunView): Asking | { readonly decided: Decided } | null {
  if (key.name === 'escape' || key.name === 'ctrl-c') return null
  if (asking.at === 'option') return chosen(asking, key, view)
  if (key.name === 'backspace') return { ...asking, typed: asking.typed.slice(0, -1), refused: null }
  if (key.name !== 'enter') return { ...asking, typed: asking.typed + key.text.replaceAll(/\p{Cc}/gu, ''), refused: null }
  const meaning = meaningOf(view, asking.decision, asking.option)
  return asking.at === 'reason' ? reasoned(asking, meaning) : meant(asking, meaning)
}

function chosen(asking: Asking, { text }: Key, view: RunView): Asking {
  const option = view.held?.options[Number(text) - 1]
  return option === undefined ? asking : { ...asking, option: option.name, at: 'reason', refused: null }
}

function reasoned(asking: Asking, meaning: Meaning): Asking | { readonly decided: Decided } {
  const reason = asking.typed.trim()
  if (reason === '' && meaning.reason === 'demanded') return { ...asking, typed: '', refused: 'a reason is demanded' }
  if (meaning.word === null) return { decided: sent({ ...asking, reason }) }
  return { ...asking, at: 'word', reason, typed: '', refused: null }
}

function meant(asking: Asking, { word }: Meaning): Asking | { readonly decided: Decided } {
  if (asking.typed.trim() === word) return { decided: sent(asking) }
  return { ...asking, typed: '', refused: `only the whole word counts: ${word ?? ''}` }
}

function sent({ run, seen, decision, option, reason }: Asking): Decided {
  return { run, seen, decision, option, reason: reason === '' ? null : reason }
}

/** The question as it stands below the steps: evidence, cost and consequence first. */
export function askingLines(asking: Asking, view: RunView, width: number, signs: Signs): readonly Line[] {
  const say = (head: string, text: string, paint?: 'warn' | 'bad' | 'strong') =>
    hanging(head, withSigns(text, signs), width).map((one) => line(one, paint))
  if (asking.at === 'option')
    return [
      ...say(' ', 'Which way do you approve?', 'strong'),
      ...(view.held?.options ?? [])
        .slice(0, 9)
        .flatMap(({ name, label }, at) => say(`  ${String(at + 1)}  `, `${name}: ${label}`)),
      line(' type its number; Esc goes back', 'faint'),
    ]
  const meaning = meaningOf(view, asking.decision, asking.option)
  return [
    ...say(' ', `${asking.decision}${asking.option === null ? '' : ` ${asking.option}`}, run ${view.run}`, 'strong'),
    ...meaning.evidence.slice(0, 4).flatMap((one) => say('  seen   ', one)),
    ...(meaning.cost === null ? [] : say('  cost   ', meaning.cost, 'bad')),
    ...say('  then   ', meaning.consequence),
    ...(asking.at === 'word' ? say('  reason ', asking.reason) : []),
    ...say('  ', `${questionOf(asking, meaning)} ${asking.typed}_`, 'strong'),
    ...(asking.refused === null ? [] : say('  ', asking.refused, 'bad')),
    line(' Enter answers, Esc goes back', 'faint'),
  ]
}

function questionOf({ at }: Asking, { reason, word }: Meaning): string {
  if (at === 'word') return `Type ${word ?? ''} to do it:`
  return reason === 'demanded' ? 'Why? (kept in the record)' : 'Why? (may stay empty)'
}
