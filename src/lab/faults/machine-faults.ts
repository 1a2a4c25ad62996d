import { deviceAt, imageAt, type FaultSite, type LabFault } from './lab-fault.ts'

const WINDOWS_REARM = 'Invoke-VdpWindowsRearm'
const OFFICE_REARM = 'Invoke-VdpOfficeRearm'

/** Faults of machines, of the way to them and of what runs on them. */
export const machineFaults = {
  'reboot-inside-window': {
    does: 'somebody restarts the machine `value` seconds (default 5) after an operation (default: the Windows rearm)',
    expect: 'REARM_LOST',
    reads: ['device', 'op', 'value'],
    lay: (site) => {
      const { op = WINDOWS_REARM, value = 5 } = site.use
      site.farm.mischief.rebootAfter.push({ device: deviceAt(site).name, op, ms: value * 1000, left: 1 })
    },
  },
  'rebooted-during-shutdown': {
    does: 'the machine restarts where it should switch off: a run that keeps it from logging in again loses nothing, another one the rearm',
    expect: null,
    reads: ['device'],
    lay: (site) => void site.farm.mischief.rebootInsteadOfOff.add(deviceAt(site).name),
  },
  'task-false-success': {
    does: 'the shutdown task says complete, and the machine did not hear of it',
    expect: 'TARGET_DID_NOT_STOP',
    reads: ['device'],
    lay: (site) => void site.farm.mischief.idleTask.add(deviceAt(site).name),
  },
  'no-power': {
    does: 'no power-on command reaches the machine',
    expect: 'TARGET_DID_NOT_BOOT',
    reads: ['device'],
    lay: (site) => void site.farm.mischief.unwakeable.add(deviceAt(site).name),
  },
  'attached-but-booted-from-hard-disk': {
    does: 'the machine starts its own hard disk, with the vDisk attached read/write: PVS and registry say all is well',
    expect: 'TARGET_BOOT_SOURCE_UNKNOWN',
    reads: ['device'],
    lay: (site) => {
      const device = deviceAt(site)
      device.localImage ??= structuredClone(imageAt(site))
      device.bootsLocally = true
    },
  },
  'identity-mismatch': {
    does: 'the machine behind the address is another one: other name, other network card',
    expect: 'IDENTITY_MISMATCH',
    reads: ['device'],
    lay: (site) => void Object.assign(deviceAt(site), { computerName: 'W11-OTHER', realMac: '00-15-5D-FF-FF-FF' }),
  },
  'link-lost-before-act': {
    does: 'the link breaks when the request (default: the Windows rearm) arrives: nothing is done',
    expect: null,
    reads: ['op', 'value'],
    lay: (site) => breakLink(site, 'before'),
  },
  'link-lost-after-act': {
    does: 'the link breaks after the act (default: the Windows rearm), before its answer',
    expect: null,
    reads: ['op', 'value'],
    lay: (site) => breakLink(site, 'after'),
  },
  'late-answer': {
    does: 'the answer to an operation (default: the Windows rearm) comes `value` real seconds late (default 2)',
    expect: null,
    reads: ['op', 'value'],
    lay: ({ farm, use }) => void farm.mischief.late.push({ op: use.op ?? WINDOWS_REARM, ms: (use.value ?? 2) * 1000, left: 1 }),
  },
  'hung-program': {
    does: 'the native program of an operation (default: OSPPREARM.EXE) hangs until it is killed; nothing is done',
    expect: 'REARM_FAILED',
    reads: ['op'],
    lay: ({ farm, use }) => void farm.mischief.hung.add(use.op ?? OFFICE_REARM),
  },
  'slow-host': {
    does: 'everything on the host (default: the machine) takes `value` times as long (default 5)',
    expect: null,
    reads: ['host', 'value'],
    lay: ({ farm, cast, use }) => void farm.mischief.slow.set(use.host ?? cast.master.name, use.value ?? 5),
  },
  'imaging-fails': {
    does: 'the Imaging Wizard copies nothing and its log has no line of success, once',
    expect: 'IMAGING_FAILED',
    reads: ['device'],
    lay: (site) => void site.farm.mischief.imagingFails.add(deviceAt(site).name),
  },
  'constrained-language': {
    does: 'PowerShell on the host (default: the machine) runs in Constrained Language mode',
    expect: 'CONSTRAINED_LANGUAGE',
    reads: ['host'],
    lay: (site) => void site.farm.mischief.banner.set(hostAt(site), { language: 'ConstrainedLanguage' }),
  },
  'not-elevated': {
    does: 'the login on the host (default: the machine) is not elevated',
    expect: 'NOT_ELEVATED',
    reads: ['host'],
    lay: (site) => void site.farm.mischief.banner.set(hostAt(site), { elevated: false }),
  },
  'powershell-32-bit': {
    does: 'a 32-bit PowerShell answers on the host (default: the machine)',
    expect: 'POWERSHELL_32_BIT',
    reads: ['host'],
    lay: (site) => void site.farm.mischief.banner.set(hostAt(site), { bits: 32 }),
  },
} as const satisfies Record<string, LabFault>

function hostAt({ cast, use }: FaultSite): string {
  return use.host ?? cast.master.name
}

function breakLink({ farm, use }: FaultSite, when: 'before' | 'after'): void {
  farm.mischief.links.push({ op: use.op ?? WINDOWS_REARM, when, left: use.value ?? 1 })
}
