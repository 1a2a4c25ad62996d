import { publicKeyFor } from './keys.ts'
import { plainName, windowsNamed } from './keys-names.ts'
import type { WindowsIdentity } from './keys-windows-releases.ts'

/** Windows 11 begins with this build; keys do not tell it from Windows 10. Public version history, not in the reference. */
const WINDOWS_11 = 22_000

/** Whether a machine runs the Windows that a file states ("Windows 11 Enterprise"), by build and EditionID: its own caption is translated.
 *  True where it calls itself so, and for a name or a Windows that the catalogue does not know apart: years of one long-term row are not told
 *  apart. */
export function isStatedWindows(stated: string, os: WindowsIdentity): boolean {
  const wanted = windowsNamed(stated)
  if (wanted === undefined || plainName(stated) === plainName(os.caption)) return true
  const found = publicKeyFor(os) ?? windowsNamed(os.caption)
  if (found === undefined) return false
  const version = /\bwindows (10|11)\b/i.exec(stated)?.[1]
  const runs = os.build >= WINDOWS_11 ? '11' : '10'
  return found.key === wanted.key && (os.kind === 'server' || version === undefined || version === runs)
}
