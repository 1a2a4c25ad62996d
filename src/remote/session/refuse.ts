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
