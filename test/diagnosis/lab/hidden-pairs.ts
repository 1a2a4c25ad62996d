/** What stands in nearly every list: faults of the image, which are seen only in it. */
const IN_THE_IMAGE = [
  ...['kms-down', 'no-srv-record', 'clock-skew', 'rearm-exhausted', 'skip-rearm-left-over', 'already-rearmed', 'broken-store'],
  ...[
    'wrong-edition-key',
    'evaluation-edition',
    'kms-host-key-in-image',
    'mak-channel',
    'office-app-open',
    'office-tool-missing',
  ],
  ...['c2r-without-volume', 'bitlocker-on', 'fast-startup', 'pending-reboot', 'identity-mismatch'],
]
const OF_THE_DISK = [
  'crashed-device-lock',
  'stale-replica',
  'pvp-left-behind',
  'assigned-to-others',
  'disk-in-use',
  'disk-has-versions',
  'other-operator',
]
const NEEDS_THE_RECORDS = ['attached-but-booted-from-hard-disk', 'identity-mismatch']
const NEEDS_THE_QUERY = ['kms-down', 'no-srv-record', 'clock-skew', 'rearm-exhausted', 'kms-host-key-in-image', 'mak-channel']

const noSession = { hides: [...IN_THE_IMAGE, 'attached-but-booted-from-hard-disk'] }

/** The faults that hide others: which, and why no doctor could see those before this one is mended. The hidden one is told as unknown
 *  because of the check that names the first. */
export const hiddenPairs: Readonly<Record<string, { readonly reason: string; readonly hides: readonly string[] }>> = {
  'key-login-refused': {
    reason: 'PVS lets the session in on no server: nothing of servers, disk and device is told',
    hides: [
      ...['missing-driver', 'missing-privilege', 'privilege-not-restarted', 'soap-down', 'access-denied'],
      ...['mount-left-behind', 'foreign-mount', 'duplicate-disk-names', 'full-store', 'wrong-disk-booted'],
      ...OF_THE_DISK,
      ...NEEDS_THE_RECORDS,
    ],
  },
  'soap-down': {
    reason: 'the farm is read through the SOAP service: without it neither disk, device, role nor mounts are told',
    hides: [
      ...['access-denied', 'mount-left-behind', 'foreign-mount', 'duplicate-disk-names', 'full-store', 'wrong-disk-booted'],
      ...OF_THE_DISK,
      ...NEEDS_THE_RECORDS,
    ],
  },
  'duplicate-disk-names': {
    reason: 'which of the two vDisks is meant is not guessed: nothing is said of either',
    hides: [...OF_THE_DISK, 'attached-but-booted-from-hard-disk'],
  },
  'disk-in-use': {
    reason: 'while others stream the disk the prep device cannot run from it: its image is not seen',
    hides: [...IN_THE_IMAGE, 'constrained-language', 'not-elevated', 'powershell-32-bit'],
  },
  'stale-replica': { reason: 'a copy that PVS calls old is not compared with the others', hides: ['pvp-left-behind'] },
  'no-srv-record': {
    reason: 'without a record there is no host to try, nor a clock to compare with',
    hides: ['kms-down', 'clock-skew'],
  },
  'kms-down': { reason: 'a host that does not answer shows no clock', hides: ['clock-skew'] },
  'already-rearmed': { reason: 'a rearmed store answers no query until the reboot', hides: NEEDS_THE_QUERY },
  'broken-store': { reason: 'a broken store answers no query', hides: NEEDS_THE_QUERY },
  'constrained-language': { reason: 'the agents do not run in that session', ...noSession },
  'not-elevated': { reason: 'the agents do not run in that session', ...noSession },
  'powershell-32-bit': { reason: 'the agents do not run in that session', ...noSession },
}
