import { isSealedForMak } from '../../../farm/licence-mode.ts'
import { channelOf, primaryProduct } from '../../../licensing/channel.ts'
import { TRUSTED_STORE_REARMED } from '../../../licensing/codes.ts'
import type { TargetState } from '../../../wire/operations/target-state.ts'
import { known } from '../../../wire/reading.ts'
import type { DeviceRef, Plan } from '../../../workflow/plan.ts'
import { ask } from '../../asking.ts'
import { lookAtCanaryDevices } from '../../looks.ts'
import type { CloneMemory } from '../../memory.ts'
import { defineStage } from '../../stage.ts'
import { notAClone } from './clone-proof.ts'
import { against, cmidsBefore, silentHost } from './unproved.ts'
import { wantedVersion } from './wanted-version.ts'
import { act, done, fail, hold, retry, skipped, unknown, type Verdict } from '../../verdict.ts'

/** Verification: each canary is a clone of this disk with a CMID of its own, none that of the image before the rearm, and becomes licensed
 *  within the time that KMS takes. Grace at first boot is normal. Equal CMIDs fail even when all are licensed: above the threshold clones
 *  activate anyway. Source: kms.md 7, 8; pvs.md 2, 8. */
export const watchCanaries = defineStage({
  name: 'watchCanaries',
  step: 'verify',
  title: 'compare the CMIDs of the canaries and wait for their activation',
  repeat: 'safe',
  skippable: true,
  judgesSilence: true,
  wanted: (plan) => !isSealedForMak(plan),
  probe: (look) => ({
    devices: lookAtCanaryDevices(look),
    canaries: Object.fromEntries(
      look.plan.canaries.map(({ host }) => [
        host,
        ask(host, 'Get-VdpTargetState', { parts: ['boot', 'identity', 'windowsLicense', 'pvs'] }),
      ]),
    ),
  }),

  judge({ plan, memory, now, missing, intent }) {
    if (plan.canaries.length === 0) return skipped('no canary is named')
    const clones: CloneMemory[] = []
    const version = wantedVersion({ plan, memory })
    const before = cmidsBefore({ plan, memory }).windows
    for (const { host, device } of plan.canaries) {
      const seen = now.canaries[host]
      const record = now.devices[host]
      if (seen === undefined) return silentHost(host, `the canary ${device} to answer`, missing[`canaries.${host}`])
      if (record === undefined)
        return silentHost(plan.farm.server, `the PVS server to tell of ${device}`, missing[`devices.${host}`])
      if (record.device === undefined) return hold('DEVICE_NOT_FOUND', { device })
      const elsewhere = notAClone(host, memory.disk?.name ?? plan.vdisk.name, record.device, seen, version)
      if (elsewhere !== null) return elsewhere
      const clone = readClone({ host, device }, seen)
      if ('is' in clone) return clone
      clones.push(clone)
    }
    const twin = clones.find((one, index) => clones.slice(0, index).some((other) => other.cmid === one.cmid))
    if (twin !== undefined) {
      const sharing = clones.filter((one) => one.cmid === twin.cmid).map((one) => one.canary)
      const because = twin.cmid === before ? 'it is the CMID of the image before the rearm' : []
      const failed = fail('DUPLICATE_CMID', { canaries: sharing, cmid: twin.cmid, file: plan.source.file }, because)
      return against(failed, clones, { plan, memory })
    }
    const unchanged = clones.find((one) => one.cmid === before)
    if (unchanged !== undefined)
      return against(fail('CMID_UNCHANGED', { canary: unchanged.canary, cmid: unchanged.cmid }), clones, { plan, memory })
    const unlicensed = clones.find((one) => one.status !== 1)
    if (unlicensed === undefined) {
      return done(
        [`${String(clones.length)} distinct CMIDs, all licensed`, ...clones.map((one) => `${one.canary}: ${one.cmid}`)],
        { clones },
      )
    }
    return { ...waitOrExpedite(plan, unlicensed.canary, unlicensed.status, intent?.key ?? null), learn: { clones } }
  },
})

function readClone({ host, device }: DeviceRef, { windowsLicense: licence, boot }: TargetState): CloneMemory | Verdict {
  if (licence === undefined || boot === undefined)
    return unknown(`the licence of ${device}`, 'the part is missing from the answer')
  if (!licence.query.answers) {
    if (licence.query.code === TRUSTED_STORE_REARMED) return hold('CANARY_STORE_LOCKED', { canary: device })
    return retry(`the licence service of ${device}`, licence.query.code)
  }
  if (!known(licence.cmid)) return unknown(`the CMID of ${device}`, licence.cmid.unknown)
  if (licence.cmid === null) return retry(`${device} to draw its CMID`, 'none yet')
  if (!known(licence.products)) return unknown(`the products of ${device}`, licence.products.unknown)
  const primary = primaryProduct(licence.products)
  const kms = known(licence.kms) ? (licence.kms.machine ?? licence.kms.discovered) : null
  if (primary !== undefined && channelOf(primary.description) !== 'VOLUME_KMSCLIENT')
    return unknown(`the channel of ${device}`, primary.description)
  const withKey = licence.products.filter(({ partialKey }) => partialKey !== null)
  return {
    ...{ host, canary: device, booted: boot.lastBootUpTime, cmid: licence.cmid, status: primary?.status ?? 0, kms },
    ...{
      windowsIds: withKey.map(({ activationId }) => activationId.toLowerCase()),
      officeCmids: [],
      answered: null,
      count: null,
    },
  }
}

function waitOrExpedite(plan: Plan, canary: string, status: number, begun: string | null): Verdict {
  const host = plan.canaries.find((one) => one.device === canary)?.host
  const key = `expedite:${canary}`
  if (plan.verify.expedite && host !== undefined && begun !== key) {
    return act(
      { ask: ask(host, 'Invoke-VdpWindowsActivation', {}), what: `ask ${canary} to activate now`, key },
      `${canary} has a CMID of its own, licence status ${String(status)}`,
    )
  }
  const overdue = { code: 'CANARY_NOT_LICENSED', details: { canary, status, code: 'none', waited: 'the time allowed' } } as const
  return retry(`${canary} to be activated`, `licence status ${String(status)} (grace at first boot is normal)`, overdue)
}
