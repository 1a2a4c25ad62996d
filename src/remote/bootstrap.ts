import type { Form } from './session/link.ts'

/** Where Windows PowerShell lies on 64-bit Windows; the full path keeps a PATH entry from answering in its place. */
export const WINDOWS_POWERSHELL = 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe'

/** The options of every PowerShell that becomes a session. */
export const SESSION_OPTIONS = {
  '-NoLogo': true,
  '-NoProfile': true,
  '-NonInteractive': true,
  '-ExecutionPolicy': 'Bypass',
} as const

/** cmd.exe, the default shell of Windows OpenSSH, cuts a command line at this many characters. */
const CMD_LIMIT = 8191

/** What reads stdin as a whole: a script text that names PowerShell's input variable makes its host do so before the script begins. */
export const WHOLE_STDIN = 'foreach ($VdpLine in @($input)) { Invoke-VdpLine $VdpLine }'

/** The one command line that starts a process over SSH, for a session or in the one-shot form. Only characters that cmd.exe and PowerShell
 *  read alike. Throws a RangeError when the bootstrap has grown too long for cmd.exe. */
export function bootstrapCommand(text: string, form: Form = 'session'): string {
  const options = Object.entries(SESSION_OPTIONS).map(([name, value]) => (value === true ? name : `${name} ${value}`))
  const encoded = Buffer.from(form === 'session' ? bareText(text) : oneShotText(text), 'utf16le').toString('base64')
  const command = [WINDOWS_POWERSHELL, ...options, '-EncodedCommand', encoded].join(' ')
  if (command.length >= CMD_LIMIT) throw new RangeError(`the bootstrap makes a command line of ${command.length} characters`)
  return command
}

/** The bootstrap for a shell that reads stdin itself: everything up to the greeting as one line, so that it works in any language mode, the
 *  rest as a second one. Each later line of the session is an argument of Invoke-VdpLine. */
export function shellLines(text: string): readonly string[] {
  const statements = bareText(text).split('\n')
  const greeting = statements.findIndex((statement) => statement.startsWith('"`nVDP-HELLO '))
  return [
    `${['$VdpShell = 1', ...statements.slice(0, greeting + 1)].join('; ')}\n`,
    definitionLine(statements.slice(greeting + 1).join('\n')),
  ]
}

function oneShotText(text: string): string {
  return ['$VdpShell = 1', bareText(text), WHOLE_STDIN, 'exit'].join('\n')
}

/** The bootstrap for a remote session, whose caller takes the frames as output. */
export function remoteText(text: string): string {
  return `$VdpShell = 2\n${bareText(text)}`
}

/** Any definitions as one line for a shell that reads stdin itself. */
export function definitionLine(text: string): string {
  const encoded = Buffer.from(bareText(text), 'utf8').toString('base64')
  return `. ([scriptblock]::Create([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('${encoded}'))))\n`
}

/** The text without comments of a whole line and without indentation, which only its readers need. */
function bareText(text: string): string {
  const lines = text.split(/\r?\n/).map((line) => line.trim())
  return lines.filter((line) => line !== '' && !line.startsWith('#')).join('\n')
}
