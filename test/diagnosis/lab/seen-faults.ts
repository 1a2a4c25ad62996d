import type { FarmFile } from '../../../src/lab/farm-file/schema.ts'
import type { PresetWish } from '../../../src/lab/farm-file/presets.ts'
import type { Plan } from '../../../src/workflow/plan.ts'

type FaultUse = NonNullable<FarmFile['faults']>[number]

/** A fault that lies in the farm before a run: what has to stand first among the findings, and how grave it is. */
export interface Seen {
  readonly fault: FaultUse
  readonly first: string
  readonly worst: 'fail' | 'warn'
  readonly on?: string
  /** It lies in the image: seen only while the image is open and its machine runs. */
  readonly open?: true
  /** Checks that rightly say something of it beside the first. */
  readonly also?: readonly string[]
  readonly image?: PresetWish['image']
  readonly plan?: (plan: Plan) => Plan
}

const seen = (fault: FaultUse | string, worst: Seen['worst'], first: string, more: Partial<Seen> = {}): Seen => ({
  fault: typeof fault === 'string' ? { fault } : fault,
  first,
  worst,
  ...more,
})

const open = { open: true, on: 'W11-MASTER' } as const

/** Faults of the farm. */
export const farmFaults: readonly Seen[] = [
  seen('missing-driver', 'fail', 'driver.bus', { also: ['driver.filter'] }),
  seen({ fault: 'missing-driver', server: 'PVS02' }, 'fail', 'driver.bus', { on: 'PVS02', also: ['driver.filter'] }),
  seen('missing-privilege', 'fail', 'privilege.stream', { also: ['privilege.soap'] }),
  seen({ fault: 'missing-privilege', server: 'PVS02', service: 'soapserver' }, 'fail', 'privilege.soap', { on: 'PVS02' }),
  seen({ fault: 'missing-privilege', server: 'PVS01', service: 'StreamService' }, 'fail', 'privilege.stream', { on: 'PVS01' }),
  seen('privilege-not-restarted', 'fail', 'privilege.stream', { also: ['privilege.soap'] }),
  seen('soap-down', 'fail', 'service.soap'),
  seen({ fault: 'soap-down', server: 'PVS02' }, 'fail', 'service.soap', { on: 'PVS02' }),
  seen('access-denied', 'fail', 'server.role'),
  seen('key-login-refused', 'fail', 'farm.connection'),
  seen('mount-left-behind', 'fail', 'mount.slot', { on: 'PVS01', also: ['mount.disk'] }),
  seen({ fault: 'mount-left-behind', server: 'PVS02' }, 'fail', 'mount.slot', { on: 'PVS02', also: ['mount.disk'] }),
  seen('foreign-mount', 'fail', 'mount.slot'),
  seen('crashed-device-lock', 'fail', 'disk.locks'),
  seen('duplicate-disk-names', 'fail', 'disk.found'),
  seen('stale-replica', 'fail', 'disk.replicas'),
  seen('pvp-left-behind', 'warn', 'disk.files'),
  seen('full-store', 'fail', 'store.space'),
  seen('assigned-to-others', 'fail', 'disk.assigned'),
  seen('disk-in-use', 'fail', 'disk.streaming', { also: ['disk.locks', 'disk.assigned'] }),
  seen('disk-has-versions', 'fail', 'disk.versions'),
  seen('other-operator', 'warn', 'disk.changes'),
  seen('wrong-disk-booted', 'fail', 'device.disks', { on: 'W11-MASTER' }),
  seen('below-threshold', 'warn', 'kms.count', { on: 'KMS1' }),
  seen('kms-down', 'warn', 'kms.listening', { on: 'KMS1' }),
  seen('no-srv-record', 'warn', 'kms.publishing', { on: 'KMS1' }),
]

/** Faults of the image, and of the way to the hosts. */
export const imageFaults: readonly Seen[] = [
  seen('kms-down', 'fail', 'kms.port', { ...open, also: ['kms.listening'] }),
  seen('no-srv-record', 'fail', 'kms.srv', { ...open, also: ['kms.publishing'] }),
  seen('clock-skew', 'fail', 'clock.skew', open),
  seen('rearm-exhausted', 'fail', 'rearm.office', { ...open, image: { officeKeys: 'gvlk' } }),
  seen({ fault: 'rearm-exhausted', product: 'Windows' }, 'fail', 'rearm.windows', open),
  seen('skip-rearm-left-over', 'fail', 'rearm.skip', open),
  seen('already-rearmed', 'fail', 'windows.query', open),
  seen('broken-store', 'warn', 'windows.query', open),
  seen('wrong-edition-key', 'fail', 'key.windows', {
    ...open,
    plan: (plan) => ({ ...plan, windows: { ...plan.windows, key: 'NPPR9-FWDCX-D2C8J-H872K-2YT43' } }),
  }),
  seen('evaluation-edition', 'fail', 'windows.evaluation', open),
  seen('kms-host-key-in-image', 'fail', 'key.hostKey', open),
  seen('mak-channel', 'fail', 'key.channel', open),
  seen('office-app-open', 'warn', 'office.running', open),
  seen('office-tool-missing', 'fail', 'office.rearmTool', open),
  seen('c2r-without-volume', 'warn', 'office.installs', open),
  seen('bitlocker-on', 'fail', 'target.bitLocker', open),
  seen('fast-startup', 'fail', 'target.fastStartup', open),
  seen('pending-reboot', 'fail', 'reboot.pending', open),
  seen('attached-but-booted-from-hard-disk', 'fail', 'target.vdisk', open),
  seen('identity-mismatch', 'fail', 'target.identity', open),
  seen('constrained-language', 'fail', 'target.language', open),
  seen('not-elevated', 'fail', 'target.elevated', open),
  seen('powershell-32-bit', 'fail', 'target.powershell', open),
  seen({ fault: 'constrained-language', host: 'PVS02' }, 'fail', 'server.session', { on: 'PVS02' }),
  seen({ fault: 'not-elevated', host: 'PVS02' }, 'fail', 'server.session', { on: 'PVS02' }),
  seen({ fault: 'powershell-32-bit', host: 'PVS02' }, 'fail', 'server.session', { on: 'PVS02' }),
]

/** Faults that come into being while a run works: nothing of them is there before. */
export const LATER: Readonly<Record<string, string>> = {
  'kms-down-after-seal': 'the KMS host leaves at the seal',
  'rearm-does-nothing': 'shows in the rearm',
  'office-rearm-locks-store': 'shows after the Office rearm',
  'mount-sticks': 'shows when the run mounts',
  'stale-lock': 'shows when the machine goes down',
  'already-standard': 'somebody acts before the seal',
  'prep-does-nothing': 'shows on the clones',
  'mode-change-as-task': 'shows in the mode change',
  'mode-task-lies': 'shows in the mode change',
  'foreign-writer': 'comes when the disk is open and free',
  'reboot-inside-window': 'happens after the rearm',
  'rebooted-during-shutdown': 'happens in the shutdown',
  'task-false-success': 'shows in the shutdown',
  'no-power': 'shows at the first start',
  'link-lost-before-act': 'happens in an act',
  'link-lost-after-act': 'happens in an act',
  'late-answer': 'happens in an act',
  'replica-damaged': 'shows when the files are read whole, which takes hours',
  'hung-program': 'happens in an act',
  'slow-host': 'is no fault of the farm',
  'imaging-fails': 'shows when the wizard runs',
}
