/** The few signs beside plain letters that the live view draws with. */
export interface Signs {
  readonly edge: string
  readonly floor: string
  readonly corner: string
  readonly between: string
  readonly arrow: string
  readonly dots: string
  readonly point: string
}

const UNICODE: Signs = { edge: '│', floor: '─', corner: '└', between: '│', arrow: '→', dots: '…', point: '·' }
const ASCII: Signs = { edge: '|', floor: '-', corner: '+', between: '|', arrow: '->', dots: '...', point: '-' }

/** ASCII where a terminal cannot be trusted with more: VDISKPREP_ASCII is set, the locale is not UTF-8, the terminal is a bare console, or
 *  Windows without Windows Terminal, VS Code or ConEmu. Which signs an old Windows console shows is unproven: ASCII is the safe side. */
export function signsOf(env: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform): Signs {
  if ((env['VDISKPREP_ASCII'] ?? '') !== '') return ASCII
  if (env['TERM'] === 'linux' || env['TERM'] === 'dumb') return ASCII
  if (platform === 'win32') return MODERN.some((name) => (env[name] ?? '') !== '') ? UNICODE : ASCII
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find((one) => one !== undefined && one !== '')
  return locale !== undefined && /utf-?8/i.test(locale) ? UNICODE : ASCII
}

/** What terminals that came after the Windows console set. */
const MODERN = ['WT_SESSION', 'TERM_PROGRAM', 'ConEmuPID']

/** A text of this program, whose arrows are written in ASCII, with the arrow of the terminal. */
export function withSigns(text: string, { arrow }: Signs): string {
  return text.replaceAll(' -> ', ` ${arrow} `)
}
