import { wayOf } from '../../../diagnosis/way.ts'
import { hasSealNote } from '../../../licensing/rearm.ts'
import type { Disk } from '../../../wire/operations/farm-state.ts'
import type { Plan } from '../../../workflow/plan.ts'
import { lookAtCanaryDevices, lookAtDevice, lookAtDisk } from '../../looks.ts'
import type { DiskMemory } from '../../memory.ts'
import { isPrivate, privateTypeFor, standardTypeFor } from '../../../farm/image-mode.ts'
import { defineStage } from '../../stage.ts'
import { done, hold } from '../../verdict.ts'

/** Step 1, first: exactly one disk, exactly one device, nobody else on it; everything as it was found is written down.
 *  Opening Private lets the first assigned device that connects take the disk read/write, so others on it hold the run. */
export const identify = defineStage({
  name: 'identify',
  step: 'createVDisk',
  title: 'find the vDisk and its devices',
  repeat: 'safe',
  probe: (look) => ({ disk: lookAtDisk(look), device: lookAtDevice(look), canaries: lookAtCanaryDevices(look) }),

  judge({ plan, memory, now }) {
    const { name, store } = plan.vdisk
    const disk = now.disk.disk
    if (now.disk.found === 0 || disk === undefined) return hold('VDISK_NOT_FOUND', { name, store, site: plan.farm.site })
    if (now.disk.found > 1) return hold('VDISK_AMBIGUOUS', { name, store, found: now.disk.found })
    if (memory.made !== null && disk.guid !== memory.made) return hold('VDISK_AMBIGUOUS', { name, store, found: 'another' })
    const device = now.device.device
    if (device === undefined) return hold('DEVICE_NOT_FOUND', { device: plan.target.device })
    for (const { host, device: canary } of plan.canaries) {
      if (now.canaries[host]?.device === undefined) return hold('DEVICE_NOT_FOUND', { device: canary })
    }
    const versions = now.disk.versions.filter((version) => version.version > 0)
    const whole = wayOf(plan) === 'private'
    if (whole && versions.length > 0) return hold('DISK_HAS_VERSIONS', { name, count: versions.length })

    const foreign = now.disk.locks.find((lock) => lock.ownerId !== device.id && (whole || lock.exclusive))
    if (foreign !== undefined) {
      if (isPrivate(disk.writeCacheType) && foreign.exclusive) return hold('FOREIGN_WRITER', { name, owner: foreign.ownerName })
      return hold('VDISK_LOCKED', { name, owner: foreign.ownerName, kind: foreign.ownerKind })
    }
    const streaming = now.disk.assignments.filter((one) => one.active && one.deviceId !== device.id).length
    if (whole && streaming > 0) return hold('VDISK_IN_USE', { name, count: streaming })

    const others = now.disk.assignments.filter((one) => one.deviceId !== device.id && one.enabled)
    if (whole && others.length > 0 && plan.vdisk.open !== 'in-place') {
      return hold('VDISK_ASSIGNED', { name, device: device.name, others: others.map((one) => one.device) })
    }
    return done(
      `${name} found once in ${store}, ${isPrivate(disk.writeCacheType) ? 'Private' : 'Standard'} mode, no lock of others`,
      {
        disk: describe(disk, plan),
        device: { id: device.id, name: device.name, mac: device.mac },
        otherDevices: now.disk.assignments
          .filter((one) => one.deviceId !== device.id)
          .map((one) => ({ id: one.deviceId, name: one.device, mac: '' })),
        canaries: Object.fromEntries(
          Object.entries(now.canaries).flatMap(([host, seen]) =>
            seen.device === undefined ? [] : [[host, { id: seen.device.id, name: seen.device.name, mac: seen.device.mac }]],
          ),
        ),
      },
    )
  },
})

/** Cache in device RAM with overflow on hard disk: what Citrix calls the best choice. Source: pvs.md 4.1. */
const USUAL_CACHE = { type: 9, sizeMiB: 4096 }

function describe(disk: Disk, plan: Plan): DiskMemory {
  const found = { type: disk.writeCacheType, sizeMiB: disk.writeCacheSizeMiB }
  const wanted = plan.vdisk.cache ?? (isPrivate(found.type) ? USUAL_CACHE : found)
  const open = isPrivate(found.type) ? found.type : privateTypeFor(found.type)
  return {
    guid: disk.guid,
    name: disk.name,
    writeCacheType: disk.writeCacheType,
    writeCacheSizeMiB: disk.writeCacheSizeMiB,
    licenseMode: disk.licenseMode,
    serverName: disk.serverName,
    sealedBefore: hasSealNote(disk.longDescription),
    sealAs: { writeCacheType: standardTypeFor(wanted.type, open), writeCacheSizeMiB: wanted.sizeMiB },
  }
}
