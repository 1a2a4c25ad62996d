import { banner } from './messages.ts'
import type { Banner } from './messages.ts'

/** First word of the plain line by which a session begins. */
const GREETING = 'VDP-HELLO'

/** The first line of a session as a host prints it: plain ASCII under 80 columns, so that cmdlets alone can make it and no console wraps it. */
export function encodeBanner(said: Banner): string {
  const os = said.os === 64 ? '' : ` os=${said.os}`
  return `${GREETING} ps=${said.powershell} lang=${said.language} bits=${said.bits}${os} elevated=${said.elevated ? 1 : 0}\n`
}

/** Reads the first line of a session; undefined when the line is something else (a login shell's greeting). Never throws. */
export function decodeBanner(line: string): Banner | undefined {
  const [greeting, ...pairs] = line.trim().split(' ')
  if (greeting !== GREETING) return undefined
  const said = new Map(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]))
  const read = banner.safeParse({
    powershell: said.get('ps'),
    language: said.get('lang'),
    bits: Number(said.get('bits')),
    os: Number(said.get('os') ?? 64),
    elevated: said.get('elevated') === '1',
  })
  return read.success ? read.data : undefined
}
