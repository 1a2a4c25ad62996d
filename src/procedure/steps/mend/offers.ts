import type { CheckedFinding, Look } from '../../../diagnosis/check.ts'
import { diagnose } from '../../../diagnosis/diagnose.ts'
import { known } from '../../../wire/reading.ts'
import type { Mend, Plan } from '../../../workflow/plan.ts'
import { ask } from '../../asking.ts'
import type { Act } from '../../verdict.ts'

/** What earlier runs that ended left on hosts and wrote down as their own: only their record tells such a thing from a stranger's. */
export interface LeftOver {
  readonly mounts: readonly {
    readonly run: string
    readonly title: string
    readonly file: string
    readonly server: string
    readonly guid: string
  }[]
  readonly backups: readonly { readonly run: string; readonly backup: string; readonly sha256: string; readonly bytes: number }[]
}

/** How a finding could be mended: the act with what it costs (`approval`), or why nothing is done about it here. */
export type Offer =
  | {
      readonly is: 'act'
      readonly act: Act & { readonly approval: string }
      readonly because: readonly string[]
      readonly mend: Mend
    }
  | { readonly is: 'none'; readonly why: string }

/** The key of the one act of such a run. */
export const MEND = 'mend'

const none = (why: string): Offer => ({ is: 'none', why })

/** The checks whose trouble can be mended, and how far that is safe. Everything else is for a person. */
const WAYS: Readonly<Record<string, (host: string, look: Look, left: LeftOver) => Offer>> = {
  'rearm.skip': skipRearm,
  'tokens.store': tokenBackup,
  'disk.locks': ownLock,
  'mount.slot': ownMount,
  'service.soap': (host, look) => stoppedService(host, look, 'soapserver'),
  'service.stream': (host, look) => stoppedService(host, look, 'StreamService'),
}

/** The ids of checks that can be mended at all. */
export const MENDABLE: readonly string[] = Object.keys(WAYS)

/** How this finding could be mended, by these facts and what earlier runs left. */
export function offerFor({ check, host }: Pick<CheckedFinding, 'check' | 'host'>, look: Look, left: LeftOver): Offer {
  return WAYS[check]?.(host, look, left) ?? none('this is for a person to mend')
}

/** A value in the image: removed only where the machine is proved to run from the open disk, else it would go from another one. */
function skipRearm(host: string, look: Look): Offer {
  const value = look.target?.windowsLicense?.skipRearm
  if (value === undefined || !known(value) || value === null || value === 0) return none('no such value was read')
  const elsewhere = notOnTheDisk(look)
  if (elsewhere !== null) return none(elsewhere)
  const key = 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\SoftwareProtectionPlatform'
  return {
    is: 'act',
    act: {
      ask: ask(host, 'Clear-VdpSkipRearm', {}),
      what: 'remove the registry value SkipRearm',
      key: MEND,
      repeat: 'after-probe',
      approval: `the image changes; to put it back: reg add "${key}" /v SkipRearm /t REG_DWORD /d ${String(value)}`,
    },
    because: [],
    mend: { check: 'rearm.skip', host, leftBy: null, backup: null },
  }
}

/** A renamed licence store that a run of ours left in the image: by path, size and hash as it wrote them down. */
function tokenBackup(host: string, look: Look, { backups }: LeftOver): Offer {
  const there = look.target?.tokens?.stores.flatMap((store) => store.backups) ?? []
  const own = backups.find((one) =>
    there.some(({ path, sha256, bytes }) => path === one.backup && sha256 === one.sha256 && bytes === one.bytes),
  )
  if (own === undefined) return none('no run in this store wrote down that it made this file')
  const elsewhere = notOnTheDisk(look)
  if (elsewhere !== null) return none(elsewhere)
  const dark = diagnose(look, ['windows.query', 'office.query']).filter(({ verdict }) => verdict !== 'pass' && verdict !== 'na')
  if (dark.length > 0) return none('the licences are not proved: the file may still be needed')
  const { run, ...file } = own
  return {
    is: 'act',
    act: {
      ask: ask(host, 'Remove-VdpTokenBackup', file),
      what: `delete ${file.backup}`,
      key: MEND,
      repeat: 'after-probe',
      approval: 'the file is gone for good; the licence query of Windows and of Office answers without it',
    },
    because: [`run ${run} renamed it and wrote down path, size and hash: ${String(file.bytes)} bytes`],
    mend: { check: 'tokens.store', host, leftBy: run, backup: file },
  }
}

/** The lock of the prep device itself, once nothing shows that it runs. A lock of anybody else is never broken here. Source: pvs.md 4.2. */
function ownLock(_: string, look: Look): Offer {
  const { disk, plan } = look
  const device = look.device?.device
  const guid = disk?.disk?.guid
  const locks = disk?.locks ?? []
  const [lock] = locks
  if (device === undefined || guid === undefined || lock === undefined) return none('disk and device were not read')
  if (locks.some(({ ownerId, ownerKind }) => ownerId !== device.id || ownerKind !== 'device'))
    return none('a lock of another device or of a server is never broken')
  if (device.active || disk?.disk?.active === true) return none(`${device.name} is active: it holds the lock rightly`)
  const silence = look.missing[`target.${plan.target.host}`]
  if (look.target !== null || silence?.code !== 'HOST_UNREACHABLE') return none(`${plan.target.host} is not known to be silent`)
  return {
    is: 'act',
    act: {
      ask: ask(plan.farm.server, 'Unlock-VdpDisk', { guid, ownerId: device.id }),
      what: `remove the lock of ${device.name}`,
      key: MEND,
      repeat: 'after-probe',
      approval: `PVS says that ${device.name} is inactive, and it does not answer; approve only if you know that it is off: a running machine would go on writing`,
    },
    because: [`${lock.ownerName} holds the lock, inactive and silent`],
    mend: { check: 'disk.locks', host: plan.farm.server, leftBy: null, backup: null },
  }
}

/** A mount that a run of ours could not get off. Dismount-PvsDisk takes no disk, so that nothing else may be in the slot. Source: pvs.md 4.5. */
function ownMount(host: string, look: Look, { mounts }: LeftOver): Offer {
  const mounted = look.servers[host]?.mounted
  const guid = look.disk?.disk?.guid
  if (mounted === undefined || !known(mounted) || mounted === null) return none('what is mounted was not read')
  const own = mounts.find((one) => one.server === host && one.guid === mounted.guid)
  if (mounted.guid !== guid || own === undefined) return none('no run in this store wrote down that it mounted this disk')
  if ((look.disk?.locks ?? []).length > 0) return none('somebody holds a lock of the disk')
  return {
    is: 'act',
    act: {
      ask: ask(host, 'Dismount-VdpDisk', { guid }),
      what: `dismount ${mounted.name}`,
      key: MEND,
      repeat: 'after-probe',
      approval: 'whatever has the volume open there loses it; it can be mounted again in the console',
    },
    because: [`run ${own.run} mounted it and could not let go of it`],
    mend: { check: 'mount.slot', host, leftBy: own.run, backup: null },
  }
}

/** A service that ended without being asked to. By the exit code alone: whoever asks a service to stop (a person, a script, a shutdown)
 *  leaves a 0, and Windows does not keep who it was. Source: pvs.md 6.1; Win32_Service (StartMode, ExitCode). */
function stoppedService(host: string, look: Look, name: 'soapserver' | 'StreamService'): Offer {
  const service = look.servers[host]?.services.find((one) => one.name === name)
  if (service?.state !== 'stopped') return none(`${name} is not known to be stopped`)
  const { startMode, exitCode } = service
  if (startMode !== 'auto') return none(`${name} is ${startMode ?? 'absent'}: Windows is not meant to start it by itself`)
  if (exitCode === 0 || exitCode === null)
    return none(`${name} ended as it was asked to: by whom and why is not told, so that a person has to start it`)
  const ended = exitCode === NEVER_STARTED ? 'was not started since the boot' : `ended by itself (error ${String(exitCode)})`
  const streams = name === 'StreamService' ? '; devices may connect to this server again at once' : ''
  return {
    is: 'act',
    act: {
      ask: ask(host, 'Start-VdpService', { name }),
      what: `start ${name}`,
      key: MEND,
      repeat: 'after-probe',
      approval: `why it ended is not mended by that${streams}; to put it back: Stop-Service ${name}`,
    },
    because: [`${name} on ${host} starts with Windows and ${ended}`],
    mend: { check: name === 'soapserver' ? 'service.soap' : 'service.stream', host, leftBy: null, backup: null },
  }
}

/** ERROR_SERVICE_NEVER_STARTED. */
const NEVER_STARTED = 1077

/** What the plan of a mending run says that an earlier run left: it was looked up before the run began. */
export function leftOverOf(plan: Plan, look: Look): LeftOver {
  const { mend } = plan
  if (mend === undefined || mend.leftBy === null) return { mounts: [], backups: [] }
  const { host, leftBy: run, backup } = mend
  const guid = look.disk?.disk?.guid
  return {
    mounts: backup === null && guid !== undefined ? [{ run, title: plan.title, file: plan.source.file, server: host, guid }] : [],
    backups: backup === null ? [] : [{ run, ...backup }],
  }
}

/** Why it is not proved that the target runs from the open disk; null when it is. */
function notOnTheDisk(look: Look): string | null {
  const proved = diagnose(look, ['target.vdisk', 'target.identity']).every(({ verdict }) => verdict === 'pass')
  return proved ? null : `that ${look.plan.target.host} runs from the open ${look.plan.vdisk.name} is not proved`
}
