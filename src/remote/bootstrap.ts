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

/** The one command line that starts a session over SSH. Only characters that cmd.exe and PowerShell read alike.
 *  Throws a RangeError when the bootstrap has grown too long for cmd.exe. */
export function bootstrapCommand(text: string): string {
  const options = Object.entries(SESSION_OPTIONS).map(([name, value]) => (value === true ? name : `${name} ${value}`))
  const encoded = Buffer.from(bareText(text), 'utf16le').toString('base64')
  const command = [WINDOWS_POWERSHELL, ...options, '-EncodedCommand', encoded].join(' ')
  if (command.length >= CMD_LIMIT) throw new RangeError(`the bootstrap makes a command line of ${command.length} characters`)
  return command
}

/** The bootstrap for a shell that reads stdin itself: everything up to the greeting as one line, so that it works in any language mode, the
 *  rest as a second one. Each later line of the session is an argument of Invoke-VdpLine. */
export function shellLines(text: string): readonly string[] {
  const statements = bareText(text).split('\n')
  const greeting = statements.findIndex((statement) => statement.startsWith('"`nVDP-HELLO '))
  const rest = Buffer.from(statements.slice(greeting + 1).join('\n'), 'utf8').toString('base64')
  return [
    `${['$VdpShell = 1', ...statements.slice(0, greeting + 1)].join('; ')}\n`,
    `. ([scriptblock]::Create([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('${rest}'))))\n`,
  ]
}

/** The text without comments of a whole line and without indentation, which only its readers need. */
function bareText(text: string): string {
  const lines = text.split(/\r?\n/).map((line) => line.trim())
  return lines.filter((line) => line !== '' && !line.startsWith('#')).join('\n')
}
