import type { HandHost, HandQuestion } from '../../../engine/ports/by-hand.ts'
import { hanging } from '../screens/wrap.ts'
import type { Terminal } from '../terminal.ts'

/** What a list of questions says beside them. */
interface Told {
  readonly folder: string
  /** The runs' own words for what they are about to find out. */
  readonly why: readonly string[]
  /** Commands that go on with the runs; a command without runs asks anew. */
  readonly resume: readonly string[]
  /** The folder stands with a drive letter that nobody has said. */
  readonly letter: boolean
  /** How it is done has not been told yet. */
  readonly first: boolean
}

/** What people are asked to carry: which line on which host, why, what it reads or changes, and how the answer comes back. The line to
 *  be typed is never broken. */
export function handScreen(hosts: readonly HandHost[], at: Told, terminal: Pick<Terminal, 'width' | 'paint'>): readonly string[] {
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
    ...(at.letter && at.first ? hanging('  ', LETTER, width) : []),
    ...(at.first ? HOW.flatMap((one) => hanging('  ', one, width)) : []),
    ...(at.first ? leavingLines(at.resume, width) : []),
  ]
}

/** What has been answered since the last time, a host by its name when nothing of it is left, and what is still waited for. */
export function stillWaiting(before: readonly HandHost[], hosts: readonly HandHost[], width: number): readonly string[] {
  const open = new Map(hosts.map(({ host, questions }) => [host, questions.map(({ n }) => n)]))
  const answered = before.flatMap(({ host, questions }) => {
    const gone = questions.map(({ n }) => n).filter((n) => open.get(host)?.includes(n) !== true)
    return gone.length === 0 ? [] : [open.has(host) ? `${host} ${gone.join(' ')}` : host]
  })
  const left = hosts.map(({ host, questions }) => `${host} (${String(questions.length)})`).join(', ')
  return hanging(
    'BY HAND  ',
    `${answered.length === 0 ? '' : `answered: ${answered.join(', ')}. `}Still waiting: ${left}.`,
    width,
  )
}

function leavingLines(resume: readonly string[], width: number): readonly string[] {
  if (resume.length === 0) return hanging('  ', 'Ctrl-C leaves at any time. Nothing is kept: the same command asks anew.', width)
  const goes = resume.length === 1 ? 'the run goes' : 'each run goes'
  return [`  Ctrl-C leaves at any time; ${goes} on with`, ...resume.map((one) => `    ${one}`)]
}

const LETTER =
  'X: stands for the drive that the folder is on the host; with --folder-there, such as E:\\vdp, the lines can be copied as they are.'

const HOW = [
  'Take the folder there and back; nothing here has a time limit. Or add -Show on the host and paste here what it prints.',
  'A host that is off or cannot be asked: type "off HOST" here, or put an empty file off.txt into its folder. "list" shows all of this again.',
]

function questionLines({ n, does, act, cost, before }: HandQuestion, { width, paint }: Pick<Terminal, 'width' | 'paint'>) {
  const again = before === 0 ? '' : `, once more (asked before: ${String(before)})`
  const what = act ? `${paint('warn', 'CHANGES')}  ${does}${cost === null ? '' : `; cost: ${cost}`}` : does
  return hanging(`    ${String(n).padStart(4)}  `, `${what}${again}`, width)
}

function counted(n: number, what: string): string {
  return `${String(n)} ${what}${n === 1 ? '' : 's'}`
}
