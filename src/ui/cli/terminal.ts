import { styleText } from 'node:util'
import { isAttended } from './asking.ts'
import type { Said } from './screens/as-typed.ts'

/** Where a command prints. Colour only repeats what the words say; it is left out without a terminal, with NO_COLOR, and in JSON. */
export interface Terminal {
  readonly width: number
  readonly interactive: boolean
  /** Somebody can be asked here. */
  readonly attended: boolean
  /** Things asked for: to stdout. */
  out(text: string): void
  /** Things about the work: to stderr. */
  err(text: string): void
  paint(style: Paint, text: string): string
  /** What was typed for this command and belongs into the commands that it prints. */
  readonly said?: Said
}

/** What a colour means. */
export type Paint = 'good' | 'bad' | 'warn' | 'faint' | 'strong'

const STYLES = { good: 'green', bad: 'red', warn: 'yellow', faint: 'dim', strong: 'bold' } as const

/** The process's own terminal. */
export function processTerminal(): Terminal {
  const interactive = process.stdout.isTTY
  // A reader that went away (`| head`) ends what is shown, never the work.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
  const coloured = interactive && process.env['NO_COLOR'] === undefined && process.env['TERM'] !== 'dumb'
  return {
    get width() {
      return process.stdout.columns > 0 ? process.stdout.columns : 80
    },
    interactive,
    attended: isAttended(),
    out: (text) => void process.stdout.write(`${text}\n`),
    err: (text) => void process.stderr.write(`${text}\n`),
    paint: (style, text) => (coloured ? styleText(STYLES[style], text, { validateStream: false }) : text),
  }
}
