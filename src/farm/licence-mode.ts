/** Whether a vDisk is sealed for a MAK: LicenseMode 1 (0 is None, 2 KMS). Source: pvs.md 4.1. */
export function isSealedForMak({ seal }: { readonly seal: { readonly licenseMode: 0 | 1 | 2 } }): boolean {
  return seal.licenseMode === 1
}
