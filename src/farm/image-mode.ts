/** There is no access mode: WriteCacheType 0 and 10 are Private (read/write, one device), all else is Standard. Source: pvs.md 4.1. */
export function isPrivate(writeCacheType: number): boolean {
  return writeCacheType === 0 || writeCacheType === 10
}

/** Asynchronous types came with 1811: 10 Private, 11 and 12 Standard. Source: pvs.md 4.1. */
function isAsync(writeCacheType: number): boolean {
  return writeCacheType >= 10
}

/** The Private type of the same family (sync or async) as a Standard type. */
export function privateTypeFor(standard: number): 0 | 10 {
  return isAsync(standard) ? 10 : 0
}

/** The Standard type to seal with: the workflow's, moved into the family of the Private type that is open (9 with 0, 12 with 10). */
export function standardTypeFor(wanted: number, open: number): number {
  if (open === 10 && wanted === 9) return 12
  if (open === 0 && wanted === 12) return 9
  return wanted
}
