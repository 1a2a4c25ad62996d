import type { HandHost, HandQuestion } from '../../../engine/ports/by-hand.ts'
import { hanging } from '../screens/wrap.ts'
import type { Terminal } from '../terminal.ts'

/** What people are asked to carry: which line on which host, why, what it reads or changes, and how the answer comes back. `why` are the
 *  runs' own words for what they are about to find out. The line to be typed is never broken. */
export function handScreen(
  hosts: readonly HandHost[],
  at: { readonly folder: string; readonly why: readonly string[]; readonly resume: string; readonly first: boolean },
  terminal: Pick<Terminal, 'width' | 'paint'>,
): readonly string[] {
  const { width, paint } = terminal
  const all = hosts.flatMap(({ questions }) => questions)
  const head = paint('strong', 'BY HAND')
  const told = `${counted(all.length, 'question')} for ${counted(hosts.length, 'host')}, in ${at.folder}`
  return [
    '',
    ...hanging(`${head}  `, told, width, 9),
    ...at.why.flatMap((one) => hanging('  why    ', one, width)),
    ...hosts.flatMap(({ host, type, questions }) => [
      ` on ${paint('strong', host)}, as administrator:`,
      `  ${type}`,
      ...questions.flatMap((one) => questionLines(one, terminal)),
    ]),
    ...(at.first ? HOW.flatMap((one) => hanging('  ', one, width)) : []),
    ...(at.first ? ['  Ctrl-C leaves at any time; the run goes on with', `    ${at.resume}`] : []),
  ]
}

/** That some hosts have answered while others are still waited for. */
export function stillWaiting(answered: readonly string[], hosts: readonly HandHost[]): string {
  const left = hosts.map(({ host, questions }) => `${host} (${String(questions.length)})`).join(', ')
  return `BY HAND  answered: ${answered.join(', ')}. Still waiting: ${left}.`
}

const HOW = [
  'Take the folder there and back; nothing here has a time limit. Or add -Show on the host and paste here what it prints.',
  'A host that is off or cannot be asked: type "off HOST" here, or put an empty file off.txt into its folder.',
]

function questionLines({ n, does, act, cost, before }: HandQuestion, { width, paint }: Pick<Terminal, 'width' | 'paint'>) {
  const again = before === 0 ? '' : `, once more: the run waits for a change (asked before: ${String(before)})`
  const what = act ? `${paint('warn', 'CHANGES')}  ${does}${cost === null ? '' : `; cost: ${cost}`}` : does
  return hanging(`    ${String(n).padStart(4)}  `, `${what}${again}`, width)
}

function counted(n: number, what: string): string {
  return `${String(n)} ${what}${n === 1 ? '' : 's'}`
}
