import { wayOf } from '../../../diagnosis/way.ts'
import type { Device } from '../../../wire/operations/farm-state.ts'
import { ask } from '../../asking.ts'
import { lookAtCanaryDevices, lookAtDisk } from '../../looks.ts'
import { isPrivate } from '../../../farm/image-mode.ts'
import { defineStage } from '../../stage.ts'
import type { Undo } from '../../undo.ts'
import { act, done, hold, retry, skipped } from '../../verdict.ts'
import { offerOf, otherVersion, wantedVersion } from './wanted-version.ts'

/** Verification, first: at least two devices other than the prep device boot the sealed disk. After a lost rearm all clones share one
 *  new CMID, which a single canary cannot show. Until the release they are the only devices that can boot it. */
export const bootCanaries = defineStage({
  name: 'bootCanaries',
  step: 'verify',
  title: 'boot the canaries from the sealed vDisk',
  repeat: 'after-probe',
  skippable: true,
  probe: (look) => ({ devices: lookAtCanaryDevices(look), disk: lookAtDisk(look) }),

  judge({ plan, memory, now, intent }) {
    const disk = now.disk.disk
    if (disk === undefined)
      return hold('VDISK_NOT_FOUND', { name: plan.vdisk.name, store: plan.vdisk.store, site: plan.farm.site })
    if (isPrivate(disk.writeCacheType))
      return hold('NOT_PROVED', {
        act: 'seal',
        host: plan.farm.server,
        why: 'the disk is in Private mode: a canary would write to it',
      })
    if (plan.canaries.length < plan.verify.minimum) {
      if (!plan.acceptRisk.includes('singleCanary'))
        return hold('TOO_FEW_CANARIES', { count: plan.canaries.length, minimum: plan.verify.minimum })
      if (plan.canaries.length === 0)
        return skipped('no canary is named: whether clones differ stays unproved', { weaker: [...memory.weaker, 'no canary'] })
    }
    const version = wantedVersion({ plan, memory })
    const offer = wayOf(plan) !== 'closed' ? OWN_TEST : version === null ? ANY : offerOf(version, now.disk.versions)
    if ('why' in offer) return hold('VERSION_NOT_OFFERED', { version, name: disk.name, why: offer.why })
    const type = version === null ? null : offer.type
    for (const { host, device: name } of plan.canaries) {
      const device = now.devices[host]?.device
      if (device === undefined) return hold('DEVICE_NOT_FOUND', { device: name })
      if (device.active) {
        if (device.disk !== null && !device.disk.toUpperCase().endsWith(disk.name.toUpperCase())) {
          return hold('TARGET_NOT_ON_VDISK', { host, device: name, name: disk.name, why: `it streams ${device.disk}` })
        }
        const other = otherVersion(version, device, disk.name)
        if (other !== null) return other
        continue
      }
      const assigned = device.disks.some((one) => one.guid === disk.guid && one.enabled)
      if (!assigned || device.bootFrom !== 1 || !device.enabled || (type !== null && device.type !== type))
        return connect(device, { guid: disk.guid, name: disk.name, assigned, type }, plan.farm.server)
      if (intent?.key !== `start-canary:${device.id}`) {
        return act(
          {
            ask: ask(plan.farm.server, 'Start-VdpDevice', { deviceId: device.id }),
            what: `start the canary ${device.name}`,
            key: `start-canary:${device.id}`,
            undo: [{ key: `running:${device.id}`, is: 'running', deviceId: device.id, device: device.name }],
          },
          `${device.name} is off`,
        )
      }
      const overdue = {
        code: 'TARGET_DID_NOT_BOOT',
        details: { device: device.name, name: disk.name, waited: 'the time allowed' },
      } as const
      return retry(`the canary ${device.name} to boot`, 'not active yet', overdue)
    }
    return done(
      `${String(plan.canaries.length)} canaries stream ${version === null ? '' : `version ${String(version)} of `}${disk.name}`,
      plan.canaries.length < plan.verify.minimum ? { weaker: [...memory.weaker, SINGLE] } : {},
    )
  },
})

const SINGLE = 'a single canary cannot show that clones differ'

/** The version of this run is in test: devices of that type get it. Source: pvs.md 4.3, 4.4. */
const OWN_TEST = { type: 1 } as const
const ANY = { type: null } as const

interface Wanted {
  readonly guid: string
  readonly name: string
  readonly assigned: boolean
  readonly type: number | null
}

function connect(device: Device, { guid, name, assigned, type }: Wanted, server: string) {
  const undo: Undo[] = [
    {
      key: `device:${device.id}`,
      is: 'device',
      deviceId: device.id,
      device: device.name,
      bootFrom: device.bootFrom,
      type: device.type,
      enabled: device.enabled,
    },
  ]
  if (!assigned) undo.push({ key: `assignment:${device.id}`, is: 'assignment', deviceId: device.id, device: device.name, guid })
  return act(
    {
      ask: ask(server, 'Connect-VdpDevice', {
        deviceId: device.id,
        assign: assigned ? null : guid,
        unassign: null,
        bootFrom: 1,
        type,
        enabled: true,
      }),
      what: `let the canary ${device.name} boot from ${name}`,
      key: `connect-canary:${device.id}`,
      undo,
    },
    `${device.name} is ${assigned ? 'assigned' : 'not assigned'}, boot source ${String(device.bootFrom)}`,
  )
}
