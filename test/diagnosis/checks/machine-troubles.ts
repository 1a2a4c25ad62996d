import type { FaultRecord } from '../../../src/faults/fault.ts'
import { trouble, type Trouble } from './troubles.ts'

const unread = { unknown: 'access denied' }

function gone(fault: FaultRecord) {
  return { look: { target: null, missing: { target: fault } } }
}

const links: readonly Trouble[] = [
  trouble(
    'target.reachable',
    'the login is refused',
    () => gone({ code: 'HOST_AUTH_FAILED', details: { user: 'svc', why: 'wrong password' } }),
    'fail',
    /refused the login of svc/,
    { remedy: /credential/ },
  ),
  trouble(
    'target.reachable',
    'it is silent and nobody knows whether it should be up',
    (look) => ({ look: { ...look, device: null, ...gone({ code: 'HOST_UNREACHABLE', details: { why: 'timed out' } }).look } }),
    'unknown',
    /cannot be reached.*its record was not read/,
  ),
  trouble(
    'target.reachable',
    'only the session failed',
    () => gone({ code: 'NOT_ELEVATED', details: {} }),
    'pass',
    /see the other checks/,
  ),
  trouble(
    'target.hostKey',
    'another key answers',
    () => gone({ code: 'HOST_KEY_CHANGED', details: { fingerprint: 'SHA256:x' } }),
    'fail',
    /not the one trusted before: now SHA256:x/,
    { remedy: /vdiskprep trust W11-MASTER/ },
  ),
  trouble(
    'target.hostKey',
    'it is silent',
    () => gone({ code: 'HOST_UNREACHABLE', details: { why: 'timed out' } }),
    'unknown',
    /cannot be reached/,
  ),
  trouble(
    'target.elevated',
    'the login is no administrator',
    () => gone({ code: 'NOT_ELEVATED', details: {} }),
    'fail',
    /not elevated/,
    { remedy: /Administrators/ },
  ),
  trouble(
    'target.elevated',
    'the session did not come that far',
    () => gone({ code: 'CONSTRAINED_LANGUAGE', details: { language: 'ConstrainedLanguage' } }),
    'unknown',
    /ConstrainedLanguage/,
  ),
  trouble(
    'target.language',
    'WDAC constrains it',
    () => gone({ code: 'CONSTRAINED_LANGUAGE', details: { language: 'ConstrainedLanguage' } }),
    'fail',
    /runs in ConstrainedLanguage/,
  ),
  trouble(
    'target.language',
    'it is silent',
    () => gone({ code: 'HOST_UNREACHABLE', details: { why: 'timed out' } }),
    'unknown',
    /cannot be reached/,
  ),
  trouble(
    'target.powershell',
    'a 32-bit one answers',
    () => gone({ code: 'POWERSHELL_32_BIT', details: {} }),
    'fail',
    /32-bit PowerShell/,
  ),
  trouble(
    'target.powershell',
    'it is 2.0',
    () => gone({ code: 'POWERSHELL_TOO_OLD', details: { version: '2.0' } }),
    'fail',
    /has PowerShell 2\.0/,
    { remedy: /Management Framework 5\.1/ },
  ),
  trouble(
    'target.powershell',
    'it is silent',
    () => gone({ code: 'HOST_UNREACHABLE', details: { why: 'timed out' } }),
    'unknown',
    /cannot be reached/,
  ),
]

const machine: readonly Trouble[] = [
  trouble(
    'target.identity',
    'another machine answers at the address',
    (look) => (look.target.identity.macs = ['00:50:56:00:00:99']),
    'fail',
    /00:50:56:00:00:99; the record of W11-MASTER says 00-50-56-00-00-01/,
  ),
  trouble(
    'target.identity',
    'it carries another name',
    (look) => (look.target.identity.computerName = 'W11-COPY'),
    'fail',
    /calls itself W11-COPY/,
  ),
  trouble(
    'target.identity',
    'its Personality.ini is of another device',
    (look) => (look.target.identity.personalityDevice = 'W11-T01'),
    'fail',
    /names W11-T01/,
  ),
  trouble(
    'target.identity',
    'the farm streams the device to another address',
    (look) => (look.device.device.ip = '10.0.0.77'),
    'fail',
    /streams at 10\.0\.0\.77/,
  ),
  trouble(
    'target.identity',
    'Personality.ini cannot be read',
    (look) => (look.target.identity.personalityDevice = unread),
    'unknown',
    /access denied/,
  ),
  trouble(
    'target.vdisk',
    'the vDisk is attached, but Windows runs from the hard disk',
    (look) => (look.target.pvs.systemVolumeOnVdisk = false),
    'fail',
    /attached, but Windows runs from another disk/,
  ),
  trouble(
    'target.vdisk',
    'another disk was booted',
    (look) => (look.target.pvs.diskName = 'W10-Lab.vhdx'),
    'fail',
    /attached to W10-Lab\.vhdx/,
  ),
  trouble('target.vdisk', 'it is read-only there', (look) => (look.target.pvs.writeCacheType = 9), 'fail', /WriteCacheType is 9/),
  trouble('target.vdisk', 'no vDisk is attached', (look) => (look.target.pvs.attached = false), 'fail', /no vDisk is attached/),
  trouble(
    'target.vdisk',
    'Personality.ini is missing',
    (look) => (look.target.pvs.personality = { present: false, diskName: null }),
    'fail',
    /Personality\.ini is not there/,
  ),
  trouble('target.vdisk', 'the record says hard disk', (look) => (look.device.device.bootFrom = 2), 'fail', /boot source 2/),
  trouble(
    'target.vdisk',
    'the disk of the system volume cannot be told',
    (look) => (look.target.pvs.systemVolumeOnVdisk = unread),
    'unknown',
    /access denied/,
  ),
  trouble(
    'target.fastStartup',
    'it is on',
    (look) => (look.target.boot = { ...look.target.boot, hiberbootEnabled: true, hibernationEnabled: true }),
    'fail',
    /HiberbootEnabled is 1/,
    { remedy: /on W11-MASTER: powercfg \/hibernate off/ },
  ),
  trouble(
    'target.fastStartup',
    'the value cannot be read',
    (look) => (look.target.boot = { ...look.target.boot, hiberbootEnabled: unread, hibernationEnabled: true }),
    'unknown',
    /HiberbootEnabled: not known/,
  ),
  trouble(
    'target.fastStartup',
    'the value cannot be read, but there is no hibernation',
    (look) => (look.target.boot.hiberbootEnabled = unread),
    'pass',
    /without hibernation/,
  ),
  trouble(
    'target.address',
    'it is static',
    (look) => (look.target.identity.staticAddress = true),
    'warn',
    /static: 10\.0\.0\.11/,
  ),
  trouble(
    'target.address',
    'it cannot be read',
    (look) => (look.target.identity.staticAddress = unread),
    'unknown',
    /access denied/,
  ),
  trouble(
    'target.bitLocker',
    'the volume is encrypted',
    (look) => (look.target.security.bitLocker = 'encrypting'),
    'fail',
    /encrypting/,
    { remedy: /manage-bde -off C:/ },
  ),
  trouble(
    'target.bitLocker',
    'it cannot be read',
    (look) => (look.target.security.bitLocker = unread),
    'unknown',
    /access denied/,
  ),
  trouble(
    'target.machinePassword',
    'Windows changes it itself',
    (look) => (look.target.security.machinePasswordChangeDisabled = false),
    'warn',
    /changes it itself \(domain hq\.example\)/,
  ),
  trouble(
    'target.machinePassword',
    'it cannot be read',
    (look) => (look.target.security.machinePasswordChangeDisabled = unread),
    'unknown',
    /access denied/,
  ),
  trouble('target.machinePassword', 'there is no domain', (look) => (look.target.identity.domain = null), 'na', /not a member/),
]

/** Everything that can be wrong with the target as a machine and with the way to it. */
export const machineTroubles: readonly Trouble[] = [...links, ...machine]
