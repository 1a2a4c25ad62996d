import { wayOf } from '../../diagnosis/way.ts'
import { ask } from '../asking.ts'
import { lookAtDisk } from '../looks.ts'
import { isPrivate } from '../../farm/image-mode.ts'
import type { DiskState } from '../../wire/operations/farm-state.ts'
import { defineStage, type Look } from '../stage.ts'
import { withoutUndo } from '../undo.ts'
import { act, done, hold, retry, skipped, type Verdict } from '../verdict.ts'

/** Release: production devices get the disk, after the proof. What each was before stands in the journal as the way back. */
export const releaseDevices = defineStage({
  name: 'releaseDevices',
  step: 'release',
  title: 'give the vDisk to the production devices',
  repeat: 'after-probe',
  probe: (look) => ({
    disk: lookAtDisk(look),
    devices: Object.fromEntries(
      look.plan.release.devices.map((name) => [name, ask(look.plan.farm.server, 'Get-VdpDeviceState', { name })]),
    ),
  }),

  judge({ plan, memory, now }) {
    const disk = now.disk.disk
    if (disk === undefined)
      return hold('VDISK_NOT_FOUND', { name: plan.vdisk.name, store: plan.vdisk.store, site: plan.farm.site })
    if (plan.release.mode === 'manual') return skipped('the workflow leaves the release to a person')
    if (isPrivate(disk.writeCacheType))
      return hold('NOT_PROVED', { act: 'seal', host: plan.farm.server, why: 'the disk is in Private mode' })

    if (wayOf(plan) === 'version') return promoted(now.disk, { plan, memory })
    const closed = memory.undo.find((undo) => undo.is === 'deviceDisk')
    if (closed?.is === 'deviceDisk') {
      const open = now.disk.assignments.some((one) => one.deviceId === closed.deviceId && one.enabled)
      if (open)
        return {
          ...retry('the next device', `${closed.device} has it again`),
          learn: { undo: withoutUndo(memory.undo, closed.key) },
        }
      return act(enable(plan.farm.server, closed), `${closed.device} was assigned before the run`)
    }
    for (const [name, seen] of Object.entries(now.devices)) {
      if (seen.device === undefined) return hold('DEVICE_NOT_FOUND', { device: name })
      if (seen.device.disks.some((one) => one.guid === disk.guid && one.enabled)) continue
      return act(
        {
          ask: ask(plan.farm.server, 'Connect-VdpDevice', {
            deviceId: seen.device.id,
            assign: disk.guid,
            unassign: null,
            bootFrom: null,
            type: null,
            enabled: null,
          }),
          what: `assign ${disk.name} to ${name}`,
          key: `release:${seen.device.id}`,
        },
        `${name} is not assigned yet`,
      )
    }
    const devices = plan.release.devices.length + memory.otherDevices.length
    return done(devices === 1 ? '1 production device can boot it' : `${String(devices)} production devices can boot it`)
  },
})

function enable(server: string, undo: { readonly deviceId: string; readonly guid: string; readonly device: string }) {
  return {
    ask: ask(server, 'Set-VdpDeviceDisk', { deviceId: undo.deviceId, guid: undo.guid, enabled: true }),
    what: `enable the vDisk for ${undo.device}`,
    key: `enable-for:${undo.deviceId}`,
  }
}

/** A version that the canaries have proved goes to production by a decision alone. */
function promoted({ disk, versions }: DiskState, { plan, memory }: Pick<Look, 'plan' | 'memory'>): Verdict {
  const version = versions.find((one) => one.version === memory.version)
  if (disk === undefined || version === undefined)
    return hold('NOT_PROVED', { act: 'promote', host: plan.farm.server, why: 'the version of this run is gone' })
  const name = `version ${String(version.version)} of ${disk.name}`
  if (version.access === 0) return done(`${name} is in production`)
  const request = ask(plan.farm.server, 'Publish-VdpVersion', { guid: disk.guid, version: version.version, to: 'production' })
  return act(
    {
      ask: request,
      what: `promote ${name} to production`,
      key: 'publish-production',
      approval: `production devices get ${name} at their next boot`,
    },
    'two canaries have proved it',
  )
}
