/** A boot of the target, recognised twice: by the GUID in a volatile registry key and by LastBootUpTime. */
export interface BootMark {
  readonly guid: string
  readonly lastBootUpTime: string
}

/** How far LastBootUpTime may drift within one boot (time service corrections). */
const SAME_BOOT_MS = 120_000

/** Whether the target still runs the boot of `mark`: both signs must agree, one alone is unknown. */
export function sameBoot(
  mark: BootMark,
  now: BootMark,
): { readonly is: 'same' | 'rebooted' } | { readonly is: 'unclear'; readonly why: string } {
  const guidKept = mark.guid === now.guid
  const timeKept = Math.abs(Date.parse(mark.lastBootUpTime) - Date.parse(now.lastBootUpTime)) <= SAME_BOOT_MS
  if (guidKept && timeKept) return { is: 'same' }
  if (!guidKept && !timeKept) return { is: 'rebooted' }
  return guidKept
    ? { is: 'unclear', why: 'the boot GUID stands, but LastBootUpTime has moved' }
    : { is: 'unclear', why: 'the boot GUID is gone, but LastBootUpTime has not moved' }
}
