import { isSealedForMak, makWords } from '../../../farm/licence-mode.ts'
import { channelOf, primaryProduct } from '../../../licensing/channel.ts'
import { known } from '../../../wire/reading.ts'
import { ask } from '../../asking.ts'
import { lookAtCanaryDevices, lookAtDisk } from '../../looks.ts'
import type { CloneMemory } from '../../memory.ts'
import { defineStage } from '../../stage.ts'
import { done, fail, hold, skipped, unknown } from '../../verdict.ts'
import { notAClone } from './clone-proof.ts'
import { against, silentHost } from './unproved.ts'
import { wantedVersion } from './wanted-version.ts'

/** What nobody can prove of a MAK from here: each clone is activated by PVS and VAMT, with a count that Microsoft keeps. Source: pvs.md 4.1, 4.3. */
const MAK_UNPROVED = 'sealed for MAK: how many activations are left, and that PVS activates every other clone, is not proved here'

/** Verification of a vDisk that is sealed for MAK: LicenseMode 1, clones of this disk, a MAK in each. A clone that is not licensed is told and
 *  not waited for: a person activates it in the console, by VAMT. Source: pvs.md 4.1, 4.3 (MakLicenseActivated). */
export const checkMakClones = defineStage({
  name: 'checkMakClones',
  step: 'verify',
  title: 'look at the key and the licence of each canary',
  repeat: 'safe',
  skippable: true,
  judgesSilence: true,
  wanted: isSealedForMak,
  probe: (look) => ({
    disk: lookAtDisk(look),
    devices: lookAtCanaryDevices(look),
    canaries: Object.fromEntries(
      look.plan.canaries.map(({ host }) => [
        host,
        ask(host, 'Get-VdpTargetState', { parts: ['boot', 'identity', 'windowsLicense', 'pvs'] }),
      ]),
    ),
  }),

  judge({ plan, memory, now, missing }) {
    const weaker = [...memory.weaker, MAK_UNPROVED]
    if (plan.canaries.length === 0) return skipped('no canary is named', { weaker })
    const { name } = plan.vdisk
    if (missing['disk'] !== undefined) return silentHost(plan.farm.server, 'the PVS server to answer', missing['disk'])
    const { disk } = now.disk
    if (disk === undefined) return hold('VDISK_NOT_FOUND', { name, store: plan.vdisk.store, site: plan.farm.site })
    if (disk.licenseMode !== 1)
      return hold('NOT_PROVED', { act: 'seal', host: plan.farm.server, why: `LicenseMode is ${String(disk.licenseMode)}, not 1` })
    const clones: CloneMemory[] = []
    const byPvs: string[] = []
    for (const { host, device } of plan.canaries) {
      const [seen, record] = [now.canaries[host], now.devices[host]]
      if (seen === undefined) return silentHost(host, `the canary ${device} to answer`, missing[`canaries.${host}`])
      if (record === undefined)
        return silentHost(plan.farm.server, `the PVS server to tell of ${device}`, missing[`devices.${host}`])
      if (record.device === undefined) return hold('DEVICE_NOT_FOUND', { device })
      const elsewhere = notAClone(host, disk.name, record.device, seen, wantedVersion({ plan, memory }))
      if (elsewhere !== null) return elsewhere
      const { windowsLicense: licence, boot } = seen
      if (licence === undefined || boot === undefined || !known(licence.products))
        return unknown(`the licence of ${device}`, 'it cannot be read')
      const primary = primaryProduct(licence.products)
      const channel = primary === undefined ? 'none' : channelOf(primary.description)
      if (channel !== 'VOLUME_MAK')
        return against(fail('CANARY_NO_MAK', { canary: device, name, channel }), clones, { plan, memory })
      byPvs.push(`${device} ${makWords(record.device.mak)}`)
      clones.push({
        ...{ host, canary: device, booted: boot.lastBootUpTime, status: primary?.status ?? 0, channel, kms: null },
        ...{ cmid: known(licence.cmid) ? (licence.cmid ?? 'none') : 'unknown', windowsIds: [], officeCmids: [] },
        ...{ answered: null, count: null },
      })
    }
    const licensed = clones.filter(({ status }) => status === 1)
    return done(
      [
        `LicenseMode 1; each of ${String(clones.length)} canaries has a MAK`,
        `${String(licensed.length)} of ${String(clones.length)} are licensed`,
        `PVS says: ${byPvs.join(', ')}`,
        MAK_UNPROVED,
      ],
      { clones, weaker },
    )
  },
})
