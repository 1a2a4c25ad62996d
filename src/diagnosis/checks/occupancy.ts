import { isPrivate } from '../../farm/image-mode.ts'
import type { DiskState } from '../../wire/operations/farm-state.ts'
import type { Check, OwnAct } from '../check.ts'
import { defineCheck } from '../define.ts'
import { bad, na, pass, warn } from '../ruling.ts'
import { deviceFact, onDisk, onServers } from '../subjects.ts'
import { NOTHING_OPENED, wayOf } from '../way.ts'

const HOUR_MS = 3_600_000

const locks = defineCheck({
  id: 'disk.locks',
  title: 'locks',
  group: 'disk',
  severity: 'fail',
  source: 'pvs-guide; article',
  reads: ['disk.locks', 'disk.disk.writeCacheType', 'device.device'],
  rule: 'Fails when anybody but the prep device holds a lock that the scenario cannot bear; warns when the device is off and its lock is still there.',
  effect: 'While another holds it, the disk can neither be opened nor sealed.',
  remedy: [
    'Shut the owner down and wait for the lock to go.',
    'A lock of a server is never broken: find the task that holds it (Get-PvsTask on {server}).',
  ],
  byHand: 'on {server}: Get-PvsDiskLocatorLock {vdisk}',
  subjects: onDisk,
  facts: (_, look) => (wayOf(look.plan) === 'closed' ? { device: null } : { device: deviceFact(look) }),
  ruling({ device }, { locks, disk }, { plan }) {
    if (device === null) return na(NOTHING_OPENED)
    const foreign = locks.filter((lock) => lock.ownerId !== device.id)
    const writer = foreign.find((lock) => lock.exclusive && lock.ownerKind === 'device')
    if (isPrivate(disk.writeCacheType) && writer !== undefined) {
      return bad(`${writer.ownerName} has {disk} open read/write`, {
        effect: 'The image is tainted: another machine writes to it.',
        remedy: ['Go back to a copy of the image.'],
      })
    }
    if (foreign.length > 0 && wayOf(plan) === 'version' && foreign.every((lock) => !lock.exclusive))
      return pass(`shared by ${foreign.length} devices`)
    if (foreign.length > 0)
      return bad(
        `locked by ${foreign.map((lock) => `${lock.ownerName} (${lock.ownerKind}${lock.exclusive ? ', exclusive' : ''})`).join(', ')}`,
      )
    if (locks.length > 0 && !device.active) {
      return warn('{device} is off and still holds its lock', {
        effect: 'Right after a shutdown this passes by itself; otherwise the lock is left over.',
        remedy: ['Prove that {device} is off, then on {server}: Unlock-PvsDisk {vdisk} -OwnerId <its id>'],
      })
    }
    return pass(locks.length === 0 ? 'none' : 'held by {device}')
  },
})

const streaming = defineCheck({
  id: 'disk.streaming',
  title: 'devices that stream the vDisk',
  group: 'disk',
  severity: 'fail',
  source: 'pvs-guide (101)',
  reads: ['disk.assignments', 'disk.disk.deviceCount', 'device.device'],
  rule: 'Fails when another device streams a disk that is to be opened in Private mode.',
  effect: 'A disk in use is not opened: its users would lose their system.',
  remedy: [
    'Shut these devices down, or prepare a copy.',
    'on {server}: Get-PvsDeviceInfo -DiskLocatorName "{disk}" -SiteName "{site}" -StoreName "{store}" -OnlyActive',
  ],
  byHand: 'on {server}: Get-PvsDeviceInfo -DiskLocatorName "{disk}" -SiteName "{site}" -StoreName "{store}" -OnlyActive',
  subjects: onDisk,
  facts: (_, look) => (wayOf(look.plan) === 'private' ? { device: deviceFact(look) } : { device: null }),
  ruling({ device }, { assignments, disk }) {
    if (device === null) return na('production may go on streaming it')
    const others = assignments.filter((one) => one.active && one.deviceId !== device.id)
    const own = assignments.some((one) => one.active && one.deviceId === device.id) ? 1 : 0
    const count = Math.max(others.length, disk.deviceCount - own)
    return count <= 0
      ? pass(own === 1 ? '{device} alone' : 'none')
      : bad(`${count} devices stream {disk}${others.length > 0 ? `: ${others.map((one) => one.device).join(', ')}` : ''}`)
  },
})

const assigned = defineCheck({
  id: 'disk.assigned',
  title: 'other devices assigned',
  group: 'disk',
  severity: 'fail',
  source: 'pvs-guide; article; own-rule',
  reads: ['disk.assignments', 'disk.disk.writeCacheType', 'device.device'],
  rule: 'Fails when another device has a disk assigned that is to be opened in Private mode; warns with vdisk.open: in-place.',
  effect: 'Opened in Private mode, the first of them that connects would take the disk read/write.',
  remedy: [
    'Prepare a copy that is assigned to {device} alone.',
    'Or set vdisk.open: in-place in {file}: the others are then disabled for this disk until the release.',
  ],
  byHand: 'on {server}: Get-PvsDevice -DiskLocatorName "{disk}" -SiteName "{site}" -StoreName "{store}"',
  subjects: onDisk,
  facts: (_, look) => (wayOf(look.plan) === 'private' ? { device: deviceFact(look) } : { device: null }),
  ruling({ device }, { assignments, disk }, { plan }) {
    if (device === null) return na('the disk is not opened in Private mode')
    const others = assignments.filter((one) => one.enabled && one.deviceId !== device.id).map((one) => one.device)
    if (others.length === 0) return pass('none')
    const says = `assigned to ${others.join(', ')} besides {device}`
    return plan.vdisk.open === 'in-place'
      ? warn(`${says}; disabled for it until the release`, { effect: 'They cannot boot {disk} until then.', remedy: [] })
      : bad(says, isPrivate(disk.writeCacheType) ? { effect: OPEN_TO_ALL } : {})
  },
})

const OPEN_TO_ALL =
  'The disk is open: whichever of them boots first takes it read/write, {device} or another, and the rest cannot boot it.'

const changes = defineCheck({
  id: 'disk.changes',
  title: 'changes of the last hour',
  group: 'disk',
  severity: 'warn',
  source: 'pvs-guide (audit trail)',
  reads: ['disk.recentChanges'],
  rule: "Warns when the audit trail of the last hour names a change of the disk that no run of this store made; changes of one account within two minutes of an act of a run count as that run's.",
  effect: 'Somebody else may be working on this disk right now.',
  remedy: ['Ask them before the run begins.'],
  byHand:
    'on {server}: Get-PvsAuditTrail -DiskLocatorName "{disk}" -SiteName "{site}" -StoreName "{store}" -BeginDate (Get-Date).AddHours(-1)',
  subjects: onDisk,
  facts: ({ recentChanges }) => ({ entries: recentChanges }),
  ruling({ entries }, { at }, { own = [] }) {
    const recent = entries.filter((entry) => Date.parse(at) - Date.parse(entry.at) <= HOUR_MS)
    const runs = ownRuns(recent, own)
    const others = runs === null ? recent : recent.filter((entry) => runOf(entry, own) === undefined)
    if (others.length > 0) return bad(others.map((entry) => `${entry.action} by ${entry.by} at ${entry.at}`).join('; '))
    return pass(runs === null || runs.length === 0 ? 'none' : `none but those of run ${runs.join(', ')}`)
  },
})

type Change = Exclude<DiskState['recentChanges'], { unknown: string }>[number]

/** How far the clocks of a server and of this side may be apart; PVS cuts moments to minutes. Our own limit. */
export const APART_MS = 120_000

/** The run in whose act a change falls: the audit trail names an account, and no run. */
function runOf(entry: Change, own: readonly OwnAct[]): string | undefined {
  const at = Date.parse(entry.at)
  return own.find(({ from, to }) => from - APART_MS <= at && at <= to + APART_MS)?.run
}

/** The runs that made some of these changes; null where more than one account fits, since one of them is somebody else. */
function ownRuns(recent: readonly Change[], own: readonly OwnAct[]): readonly string[] | null {
  const made = recent.filter((entry) => runOf(entry, own) !== undefined)
  return new Set(made.map(({ by }) => by)).size > 1 ? null : [...new Set(made.flatMap((entry) => runOf(entry, own) ?? []))]
}

const auditing = defineCheck({
  id: 'farm.auditing',
  title: 'auditing of the farm',
  group: 'pvs',
  severity: 'warn',
  source: 'pvs-guide',
  reads: ['servers.farm'],
  rule: 'Warns when auditing is off.',
  effect: 'What others change on this disk leaves no trace, before the run and during it.',
  remedy: ['on {server}: $f = Get-PvsFarm; $f.AuditingEnabled = $true; $f | Set-PvsFarm'],
  byHand: 'on {server}: (Get-PvsFarm).AuditingEnabled',
  subjects: (look) => onServers(look).filter((subject) => subject.host === look.plan.farm.server),
  facts: ({ farm }) => ({ farm }),
  hiddenBy: 'service.soap',
  ruling: ({ farm }) => (farm.auditing ? pass('on') : bad('off')),
})

/** Who else holds, streams, may boot or has changed the vDisk. */
export const occupancyChecks: readonly Check[] = [streaming, locks, assigned, changes, auditing]
