import { SESSION_OPTIONS, WHOLE_STDIN, WINDOWS_POWERSHELL } from './bootstrap.ts'
import type { Form } from './session/link.ts'

/** The file that a process on the host begins with, for a session or in the one-shot form. */
const FIRST_FILE = { session: 'Bootstrap.ps1', 'one-shot': 'OneShot.ps1' } as const satisfies Record<Form, string>

/** Beside the first file: the agents of one role. Installed.ps1 looks for it by this name. */
const AGENTS_FILE = 'Agents.ps1'

/** The files that let a host run agents of its own, by name. They change only with what they do, never with a version number: what is signed
 *  stays good. `bootstrap`, `installed` and `agents` are the texts of Bootstrap.ps1, Installed.ps1 and of a role's agents. */
export function installedFiles(texts: {
  readonly bootstrap: string
  readonly installed: string
  readonly agents: string
}): ReadonlyMap<string, string> {
  // $PSScriptRoot is empty in a script under PowerShell 2.0, which has to come as far as the greeting.
  const session = `$VdpHome = Split-Path -Parent $MyInvocation.MyCommand.Path\n${withInstalled(texts.bootstrap, texts.installed)}`
  return new Map([
    [AGENTS_FILE, texts.agents],
    [FIRST_FILE.session, session],
    [FIRST_FILE['one-shot'], `$VdpShell = 1\n${session}${WHOLE_STDIN}\nexit\n`],
  ])
}

/** The bootstrap with its one way to come by the agents replaced. Throws when it has no such function. */
function withInstalled(bootstrap: string, installed: string): string {
  const streamed = /^(?:#[^\n]*\n)?function Receive-VdpAgents[\s\S]*?\n\}\n/m
  if (!streamed.test(bootstrap)) throw new Error('the bootstrap receives no agents')
  return bootstrap.replace(streamed, () => installed)
}

/** The words that start a process from installed files, `folder` being where they lie on the host. RemoteSigned: unsigned files of a local
 *  folder run, also where Windows runs no scripts by default, and without the Bypass that endpoint protection looks for. A policy set by
 *  group policy stands above it (about_Execution_Policies). */
export function installedWords(folder: string, form: Form): readonly string[] {
  const options = Object.entries({ ...SESSION_OPTIONS, '-ExecutionPolicy': 'RemoteSigned' })
  const words = options.flatMap(([name, value]) => (value === true ? [name] : [name, value]))
  return [...words, '-File', `${folder.replace(/[\\/]+$/, '')}\\${FIRST_FILE[form]}`]
}

/** The same as one command line over SSH. That quotes around a path with blanks survive PowerShell as the default shell of Windows OpenSSH is
 *  unproven; cmd.exe keeps them. */
export function installedCommand(folder: string, form: Form): string {
  const words = installedWords(folder, form).map((word) => (/\s/.test(word) ? `"${word}"` : word))
  return [WINDOWS_POWERSHELL, ...words].join(' ')
}

/** The block of comments that a signature adds to the end of a script. Nothing but comments: what could run would not be covered by the hash. */
const SIGNATURE = /\r?\n# SIG # Begin signature block(?:\r?\n#[^\r\n]*)*\s*$/

/** A script without its signature, and whether it had one. */
export function withoutSignature(text: string): { readonly text: string; readonly signed: boolean } {
  const bare = text.replace(/^\uFEFF/, '').replace(SIGNATURE, '')
  return { text: bare, signed: SIGNATURE.test(text) }
}
