import type { Risk } from './plan.ts'

/** What can go wrong when a risk is accepted by name, one sentence each. */
export const RISK_MEANINGS: Readonly<Record<Risk, string>> = {
  order:
    'Windows is rearmed before an Office that shares its licensing service: key and rearm of Office may meet 0xC004D302 until a reboot, ' +
    'and a reboot costs the Windows rearm. That it must fail is inferred (kms.md 4.3).',
  officeLicences:
    'Rebuilding the licence store on Windows 8 and later drops the licences of Office; only those of Windows are brought back (kms.md 6).',
  updateWithoutCanaries: 'Nothing shows that the clones of the sealed disk differ; the run ends sealed-unverified.',
  singleCanary:
    'One canary cannot show that clones differ: after a lost rearm all share one new CMID. The result is marked weaker.',
  maintenanceVersion:
    'No public source shows that PVS prepares a disk for KMS when a version is promoted (pvs.md 2.2): only the canaries can tell.',
  imagingWizard: 'The silent options of the Imaging Wizard are not documented; its success is read from its log (pvs.md 6.5).',
}
