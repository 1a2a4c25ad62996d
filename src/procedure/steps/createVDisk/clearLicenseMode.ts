import { wayOf } from '../../../diagnosis/way.ts'
import { ask } from '../../asking.ts'
import { lookAtDisk } from '../../looks.ts'
import { isPrivate } from '../../../farm/image-mode.ts'
import { defineStage } from '../../stage.ts'
import { act, done, hold, skipped } from '../../verdict.ts'

/** Step 1 on a sealed disk: KMS goes off while the disk is still Standard, and on again at the seal.
 *  Both readings of Citrix's procedure cycle the mode around an update. Source: pvs.md 2.1. */
export const clearLicenseMode = defineStage({
  name: 'clearLicenseMode',
  step: 'createVDisk',
  title: 'take the licence mode off',
  repeat: 'after-probe',
  probe: (look) => ({ disk: lookAtDisk(look) }),

  judge({ plan, now, intent }) {
    if (wayOf(plan) === 'version') return skipped('the disk stays in Standard mode')
    const disk = now.disk.disk
    if (disk === undefined)
      return hold('VDISK_NOT_FOUND', { name: plan.vdisk.name, store: plan.vdisk.store, site: plan.farm.site })
    if (disk.licenseMode === 0) return intent === null ? skipped('LicenseMode is 0') : done('LicenseMode re-read as 0')
    if (isPrivate(disk.writeCacheType)) return skipped('the disk is open: the mode is set anew at the seal')
    return act(
      {
        ask: ask(plan.farm.server, 'Set-VdpLicenseMode', { guid: disk.guid, licenseMode: 0 }),
        what: `set LicenseMode of ${disk.name} to 0`,
        key: 'clear-license-mode',
        undo: [{ key: 'license-mode', is: 'licenseMode', guid: disk.guid, licenseMode: disk.licenseMode }],
      },
      `LicenseMode is ${String(disk.licenseMode)} on a Standard disk`,
    )
  },
})
