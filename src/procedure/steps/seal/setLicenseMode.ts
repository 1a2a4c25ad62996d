import { wayOf } from '../../../diagnosis/way.ts'
import { ask } from '../../asking.ts'
import { lookAtDisk } from '../../looks.ts'
import { isPrivate } from '../../../farm/image-mode.ts'
import { defineStage } from '../../stage.ts'
import { act, done, hold } from '../../verdict.ts'
import { standardAlready } from './reopen.ts'

/** Step 8: the licence mode goes in while the disk is still Private, in a call of its own: whether one call that sets mode and type is
 *  as good is unproven. Source: pvs.md 5. */
export const setLicenseMode = defineStage({
  name: 'setLicenseMode',
  step: 'sealVDisk',
  title: 'set the licence mode',
  repeat: 'after-probe',
  probe: (look) => ({ disk: lookAtDisk(look) }),

  judge(sight) {
    const { plan, now, intent } = sight
    const disk = now.disk.disk
    if (disk === undefined)
      return hold('VDISK_NOT_FOUND', { name: plan.vdisk.name, store: plan.vdisk.store, site: plan.farm.site })
    const wanted = plan.seal.licenseMode
    if (wayOf(plan) === 'version' && disk.licenseMode !== wanted && disk.active)
      return hold('VDISK_IN_USE', { name: disk.name, count: disk.deviceCount }, `LicenseMode is ${String(disk.licenseMode)}`)
    if (wayOf(plan) !== 'version' && !isPrivate(disk.writeCacheType)) return standardAlready(disk, sight)
    if (disk.licenseMode === wanted)
      return done(`LicenseMode ${String(wanted)} re-read, WriteCacheType ${String(disk.writeCacheType)}`)
    if (intent?.key === 'license-mode')
      return hold('NOT_PROVED', { act: intent.what, host: plan.farm.server, why: `LicenseMode is ${String(disk.licenseMode)}` })
    return act(
      {
        ask: ask(plan.farm.server, 'Set-VdpLicenseMode', { guid: disk.guid, licenseMode: wanted }),
        what: `set LicenseMode of ${disk.name} to ${String(wanted)}`,
        key: 'license-mode',
      },
      `LicenseMode is ${String(disk.licenseMode)}`,
    )
  },
})
