import type { FaultEntry } from './entry.ts'

/** Faults of what KmsPrep needs on a PVS server: driver, right, the one mount slot. */
export const mountingFaults = {
  MAP_NO_DRIVER: {
    says: '{server} cannot map the vDisk: the disk driver is missing or disabled ({driver}).',
    effect: 'KmsPrep did not run: do not boot clones of this disk.',
    remedy: [
      'Install C:\\Program Files\\Citrix\\Provisioning Services\\drivers\\cfsdep2.inf on {server} in an interactive session.',
      'vdiskprep doctor {file} --only map',
      'vdiskprep decide {run} retry',
    ],
    disposition: 'ask',
    source: 'pvs-antivirus; article (step 8); pvs-guide (84)',
  },
  MAP_NO_PRIVILEGE: {
    says: '{account} ({service} on {server}) lacks SE_MANAGE_VOLUME_NAME.',
    effect: 'KmsPrep fails there with "An unexpected MAP error occurred"; clones would share one CMID.',
    remedy: [
      'secpol.msc on {server} > User Rights Assignment > Perform volume maintenance tasks > add {account} (a domain policy overrides it)',
      'Restart the SOAP service, and the Stream service in a window after draining.',
      'vdiskprep doctor {file} --only map',
      'vdiskprep decide {run} retry',
    ],
    disposition: 'ask',
    source: 'volume-right; article; pvs-guide (209)',
  },
  PRIVILEGE_UNKNOWN: {
    says: 'It cannot be told whether {account} ({service} on {server}) holds SE_MANAGE_VOLUME_NAME: {why}.',
    effect: 'If it does not, KmsPrep fails there.',
    remedy: [
      'whoami /priv in a task that runs as {account}',
      'vdiskprep decide {run} retry',
      'When a person has checked the right: vdiskprep decide {run} approve --option accept-unknown --reason "..."',
    ],
    disposition: 'ask',
    source: 'volume-right; secedit',
  },
  PRIVILEGE_NEEDS_RESTART: {
    says: '{account} was granted SE_MANAGE_VOLUME_NAME, but {service} on {server} still runs with its old token.',
    effect: 'Until the service restarts, KmsPrep fails there.',
    remedy: [
      'Restart {service} on {server}: the SOAP service first, the Stream service in a window after draining.',
      'vdiskprep decide {run} retry',
    ],
    disposition: 'ask',
    source: 'pvs-antivirus; health-check; volume-right; article',
  },
  MOUNT_FOREIGN: {
    says: '{mounted} is mounted on {server}, and nothing shows that this run mounted it.',
    effect:
      'A server has one mount slot: KmsPrep would fail. Nothing was dismounted: Dismount-PvsDisk takes whatever is mounted by then.',
    remedy: [
      'Ask who mounted it: on {server}: Get-PvsAuditTrail (action 3003) and query user',
      'When its owner agrees, on {server}: Get-PvsMountedDisk, and while it names {mounted}: Dismount-PvsDisk',
      'vdiskprep doctor {file} --only map',
      'vdiskprep decide {run} retry',
    ],
    disposition: 'ask',
    source: 'pvs-guide (199); article',
  },
  MOUNT_LEFT_BEHIND: {
    says: '{name} is still mounted on {server}: this run mounted it, and PVS could not let go of it.',
    effect: 'A mounted vDisk cannot be changed or streamed.',
    remedy: ['Close what holds it open on {server}.', 'vdiskprep decide {run} approve --option dismount'],
    disposition: 'ask',
    source: 'pvs-guide (88, 199); article',
  },
} as const satisfies Record<string, FaultEntry>
