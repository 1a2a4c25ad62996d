import { primaryProduct } from '../../licensing/channel.ts'
import type { DeviceState, DiskState, ServerState } from '../../wire/operations/farm-state.ts'
import type { KmsHostState } from '../../wire/operations/kms-host.ts'
import type { TargetState } from '../../wire/operations/target-state.ts'
import { known, type Reading } from '../../wire/reading.ts'
import { iso, type Answer } from './answers.ts'
import type { Passport } from './passport-shape.ts'

type Values = readonly (readonly [what: string, value: string | null])[]

/** What hosts said of keys, counters, CMIDs, the disk, its locks and copies: each value when it was first seen, and whenever it changed. A
 *  value that a host could not read stands there with the host's reason. */
export function readingsOf(answers: readonly Answer[]): Passport['readings'] {
  const last = new Map<string, string>()
  return answers.flatMap((answer) =>
    valuesOf(answer).flatMap(([what, value]) => {
      const { seq, at, host, hostTime } = answer
      const key = `${host}\n${what}`
      if (value === null || last.get(key) === value) return []
      last.set(key, value)
      return [{ seq, at: iso(at), host, hostTime, what, value }]
    }),
  )
}

/** The numbers of rearms left that hosts named, in order. Unreadable ones are left out. */
export function countersOf(answers: readonly Answer[], of: 'windows' | 'office'): Passport['rearms']['windows']['after'] {
  return answers.flatMap((answer) => {
    if (answer.operation !== 'Get-VdpTargetState') return []
    const { windowsLicense, office } = answer.facts as Partial<TargetState>
    const left = of === 'windows' ? windowsLicense?.rearmsLeft : office?.rearmsLeft
    const { seq, at, host } = answer
    return typeof left === 'number' ? [{ value: left, host, at: iso(at), seq }] : []
  })
}

/** The CMID that a host last named before a line; null where it named none. */
export function cmidBefore(
  answers: readonly Answer[],
  of: 'windows' | 'office',
  host: string | undefined,
  before: number,
): string | null {
  const named = answers.flatMap((answer) => {
    if (answer.operation !== 'Get-VdpTargetState' || answer.host !== host || answer.seq >= before) return []
    const { windowsLicense, office } = answer.facts as Partial<TargetState>
    const cmid = of === 'windows' ? windowsLicense?.cmid : office?.cmid
    return typeof cmid === 'string' ? [cmid] : []
  })
  return named.at(-1) ?? null
}

/** What an answer holds, by name. Facts of another version of an operation give what can still be read of them. */
function valuesOf({ operation, facts }: Answer): Values {
  try {
    switch (operation) {
      case 'Get-VdpTargetState':
        return targetValues(facts as TargetState)
      case 'Get-VdpDiskState':
        return diskValues(facts as DiskState)
      case 'Get-VdpDeviceState':
        return deviceValues(facts as DeviceState)
      case 'Get-VdpServerState':
        return serverValues(facts as ServerState)
      case 'Get-VdpKmsHostState':
        return kmsValues(facts as KmsHostState)
      default:
        return []
    }
  } catch {
    return []
  }
}

function targetValues({ os, boot, windowsLicense: licence, office, pvs, updates }: TargetState): Values {
  const windows = licence !== undefined && known(licence.products) ? primaryProduct(licence.products) : undefined
  return [
    ...(os === undefined ? [] : [['Windows', `${os.caption} (build ${String(os.build)})`] as const]),
    ...(boot === undefined ? [] : [['boot', boot.guid] as const]),
    ...(licence === undefined
      ? []
      : ([
          ['licence query', licence.query.answers ? 'answers' : licence.query.code],
          ['Windows CMID', told(licence.cmid)],
          ['Windows rearms left', told(licence.rearmsLeft)],
          ['SkipRearm', told(licence.skipRearm)],
          ['Windows key', windows === undefined ? null : `...${windows.partialKey ?? 'none'}, ${windows.description}`],
          ['Windows licence status', windows === undefined ? null : String(windows.status)],
          ['KMS host', told(licence.kms, ({ machine, discovered }) => machine ?? discovered)],
        ] as const)),
    ...(office === undefined || office.installs.length === 0
      ? []
      : ([
          ['Office CMID', told(office.cmid)],
          ['Office rearms left', told(office.rearmsLeft)],
        ] as const)),
    ...(pvs === undefined
      ? []
      : ([
          ['attached vDisk', told(pvs.diskName)],
          ['system volume on the vDisk', told(pvs.systemVolumeOnVdisk)],
        ] as const)),
    ...(updates === undefined ? [] : [['pending reboot', told(updates.pendingReboot, (all) => all.join(', '))] as const]),
  ]
}

function diskValues({ disk, locks, versions, inventory }: DiskState): Values {
  if (disk === undefined) return []
  const name = (what: string) => `${disk.name}: ${what}`
  return [
    [name('Guid'), disk.guid],
    [name('WriteCacheType'), String(disk.writeCacheType)],
    [name('LicenseMode'), String(disk.licenseMode)],
    [name('locks'), locks.map((lock) => `${lock.ownerName}${lock.exclusive ? ' (exclusive)' : ''}`).join(', ') || 'none'],
    [name('devices that stream it'), String(disk.deviceCount)],
    [
      name('versions'),
      versions.map(({ version, access }) => `${String(version)} (access ${String(access)})`).join(', ') || 'none',
    ],
    [
      name('copies'),
      inventory.map(({ server, state }) => `${server} ${state === 0 ? 'equal' : `state ${String(state)}`}`).join(', ') || 'none',
    ],
  ]
}

function deviceValues({ device }: DeviceState): Values {
  if (device === undefined) return []
  const name = (what: string) => `${device.name}: ${what}`
  return [
    [name('active'), device.active ? 'yes' : 'no'],
    [name('boots from'), device.bootFrom === 1 ? 'vDisk' : device.bootFrom === 2 ? 'hard disk' : String(device.bootFrom)],
    [name('vDisk'), device.disk === null ? 'none' : `${device.disk}, version ${String(device.diskVersion)}`],
  ]
}

function serverValues({ pvsVersion, services, drivers, mounted }: ServerState): Values {
  return [
    ['PVS', told(pvsVersion)],
    ['mounted vDisk', told(mounted, ({ name }) => name)],
    ...services.map(({ name, tokenHolds }) => [`${name} holds SE_MANAGE_VOLUME_NAME`, told(tokenHolds)] as const),
    [
      'vDisk drivers',
      drivers.flatMap(({ name, present, startMode }) => (present ? [`${name} ${startMode ?? ''}`.trim()] : [])).join(', ') ||
        'none',
    ],
  ]
}

function kmsValues({ products }: KmsHostState): Values {
  if (!known(products)) return [['KMS counts', told(products)]]
  return products.map(({ name, count }) => [`KMS count of ${name}`, String(count)] as const)
}

function told<T>(value: Reading<T> | null, words?: (value: NonNullable<T>) => string | null): string {
  if (value === null || value === undefined) return 'none'
  if (!known(value)) return `not readable: ${value.unknown}`
  const said = words === undefined ? value : words(value)
  return typeof said === 'boolean' ? (said ? 'yes' : 'no') : said === null || said === '' ? 'none' : String(said)
}
