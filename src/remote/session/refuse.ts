import { Fault } from '../../faults/fault.ts'
import type { Banner } from '../../wire/messages.ts'

/** Throws the fault that names why agents cannot run in this PowerShell; the language first, since it hides the rest. */
export function refuseUnfit(host: string, banner: Banner): void {
  if (banner.language !== 'FullLanguage') throw new Fault('CONSTRAINED_LANGUAGE', { host, language: banner.language })
  const [major = 0, minor = 0] = banner.powershell.split('.').map(Number)
  if (!(major > 5 || (major === 5 && minor >= 1))) throw new Fault('POWERSHELL_TOO_OLD', { host, version: banner.powershell })
  if (banner.bits < banner.os) throw new Fault('POWERSHELL_32_BIT', { host })
  if (!banner.elevated) throw new Fault('NOT_ELEVATED', { host })
}

/** What PowerShell calls a script that endpoint protection (AMSI) does not let run, whatever the language of its words. Source: PowerShell,
 *  CompiledScriptBlock. */
const BLOCKED = 'ScriptContainedMaliciousContent'

/** SCRIPT_BLOCKED where a host's words or the name of its error say so; else undefined. */
export function blocked(host: string, said: string): Fault | undefined {
  return said.includes(BLOCKED) ? new Fault('SCRIPT_BLOCKED', { host }) : undefined
}
