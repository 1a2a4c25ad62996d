/** Whether a vDisk is sealed for a MAK: LicenseMode 1 (0 is None, 2 KMS). Source: pvs.md 4.1. */
export function isSealedForMak({ seal }: { readonly seal: { readonly licenseMode: 0 | 1 | 2 } }): boolean {
  return seal.licenseMode === 1
}

/** What PVS says of the MAK of a device that streams, in words. Source: pvs.md 4.3 (MakLicenseActivated). */
export function makWords(mak: number): string {
  return ['MAK not used', 'not activated', 'activated'][mak] ?? `unknown (${String(mak)})`
}
