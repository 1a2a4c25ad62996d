import type { Welcome } from '../../../wire/messages.ts'
import type { HostEntry } from '../../../workflow/inventory.ts'
import type { Asked } from '../checking/asked.ts'
import type { Paint, Terminal } from '../terminal.ts'
import { hanging } from './wrap.ts'

type Screen = Pick<Terminal, 'width' | 'paint'>

const WORDS: Readonly<Record<Asked['result'], readonly [word: string, paint: Paint]>> = {
  ok: ['ok', 'good'],
  invalid: ['INVALID', 'bad'],
  failed: ['FAILED', 'bad'],
  lost: ['LOST', 'bad'],
  'left out': ['left out', 'faint'],
}

/** How many values that could not be read are shown of one answer; the report has all. */
const SHOWN = 3

/** Who answered the hello, and with what. */
export function helloLines(
  { name, role, transport, installed }: HostEntry,
  { computer, powershell, culture, agents, farm, lab }: Welcome,
  milliseconds: number,
  screen: Screen,
): readonly string[] {
  const where = transport.by === 'ssh' ? `ssh ${transport.address}:${String(transport.port)}` : transport.by
  const soap = farm === undefined ? [] : [`the farm ${farm.answers ? 'answers' : 'DOES NOT ANSWER'}`]
  const facts = [
    where,
    `computer ${computer}`,
    `PowerShell ${powershell}`,
    culture,
    ...soap,
    ...(lab === null ? [] : ['simulated']),
  ]
  const delivery = installed === undefined ? 'sent with the session' : `installed in ${installed}`
  return [
    ...hanging(` ${screen.paint('strong', name)}  ${role}  `, facts.join(', '), screen.width, 4),
    ...hanging(`    agents ${agents.slice(0, 12)}, `, delivery, screen.width, 4),
    '',
    row('ok', 'hello', '', milliseconds, screen),
  ]
}

/** One answer, and below it what is not as it should be. */
export function askedLines(
  { operation, about, result, milliseconds, why, unreadable }: Asked,
  screen: Screen,
): readonly string[] {
  const more = unreadable.length > SHOWN ? [`${String(unreadable.length - SHOWN)} more values could not be read`] : []
  const below = [
    ...(why === null ? [] : [why]),
    ...unreadable.slice(0, SHOWN).map((one) => `${one.field} could not be read: ${one.why}`),
    ...more,
  ]
  return [
    row(result, operation, about, milliseconds, screen),
    ...below.flatMap((text) => hanging(' '.repeat(12), text, screen.width)),
  ]
}

function row(result: Asked['result'], operation: string, about: string, milliseconds: number, screen: Screen): string {
  const [word, paint] = WORDS[result]
  const what = `${operation}${about === '' ? '' : ` (${about})`}`
  const time = result === 'left out' ? '' : `${String(milliseconds)} ms`
  const room = Math.max(what.length, Math.min(screen.width, 100) - 13 - 10)
  return ` ${screen.paint(paint, word.padEnd(9))} ${what.padEnd(room)} ${time.padStart(9)}`.trimEnd()
}

/** The sum in one sentence. */
export function sumLine(asked: readonly Asked[]): string {
  const count = (result: Asked['result']) => asked.filter((one) => one.result === result).length
  const unread = asked.filter(({ unreadable }) => unreadable.length > 0).length
  const bad = (['invalid', 'failed', 'lost', 'left out'] as const).flatMap((result) =>
    count(result) > 0 ? [`${String(count(result))} ${result}`] : [],
  )
  const good = `${String(count('ok'))} of ${String(asked.length)} answers are as they should be`
  const gaps = unread === 0 ? [] : [`${String(unread)} with values that could not be read`]
  return `${[good, ...gaps, ...bad].join(', ')}. Nothing was changed.`
}
