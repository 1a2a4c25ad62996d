import { windowsKeys } from '../model/windows-keys.ts'
import { windowsRelease } from '../model/windows-releases.ts'
import { deviceAt, imageAt, type LabFault } from './lab-fault.ts'

const HOUR = 3_600_000

/** Faults of Windows, Office and KMS. */
export const licensingFaults = {
  'kms-down': {
    does: 'the KMS host answers nobody',
    expect: 'KMS_UNREACHABLE',
    reads: [],
    lay: ({ farm }) => void (farm.kms.reachable = false),
  },
  'no-srv-record': {
    does: 'DNS has no _vlmcs record',
    expect: 'KMS_UNREACHABLE',
    reads: [],
    lay: ({ farm }) => void (farm.kms.publishesSrv = false),
  },
  'kms-down-after-seal': {
    does: 'the KMS host goes away when the disk becomes Standard',
    expect: 'CANARY_NOT_LICENSED',
    reads: [],
    lay: ({ farm }) => void (farm.mischief.kmsLeavesAtSeal = true),
  },
  'below-threshold': {
    does: 'the KMS host has counted only `value` machines (default 2)',
    expect: 'KMS_BELOW_THRESHOLD',
    reads: ['value'],
    lay: ({ farm, use }) => void (farm.kms.others.windows = use.value ?? 2),
  },
  'clock-skew': {
    does: 'the clock of the machine is `value` hours ahead (default 5)',
    expect: 'CLOCK_SKEW',
    reads: ['device', 'value'],
    lay: (site) => void (deviceAt(site).clockOffsetMs = (site.use.value ?? 5) * HOUR),
  },
  'rearm-exhausted': {
    does: 'no rearm of Office (default) or Windows is left; for Windows a KMS activation before step 5 gives one back',
    expect: 'REARM_EXHAUSTED',
    reads: ['disk', 'product'],
    lay: (site) => {
      const image = imageAt(site)
      if (site.use.product !== 'Windows' && image.office) image.office.rearmsLeft = 0
      else image.licensing.rearmsLeft = 0
    },
  },
  'skip-rearm-left-over': {
    does: 'the registry value SkipRearm is 1: a rearm would answer success and do nothing',
    expect: 'SKIP_REARM_SET',
    reads: ['disk'],
    lay: (site) => void (imageAt(site).licensing.skipRearm = 1),
  },
  'rearm-does-nothing': {
    does: 'the Windows rearm answers success and changes nothing, with no SkipRearm to show for it',
    expect: 'REARM_NO_OP',
    reads: [],
    lay: ({ farm }) => void (farm.mischief.rearmDoesNothing = true),
  },
  'already-rearmed': {
    does: 'somebody has rearmed the image since its boot: the licence query answers 0xC004D302 until the next one',
    expect: 'STORE_ALREADY_REARMED',
    reads: ['device'],
    lay: (site) => {
      const device = deviceAt(site)
      let left = 1
      site.farm.onPower.push((one, up) => {
        if (one === device && up && one.running && left-- > 0) one.running.image.licensing.rearm = 'stuck'
      })
    },
  },
  'broken-store': {
    does: 'tokens.dat is damaged: every licence query answers 0xC004E015; where Office shares the store its rebuilding is a risk to accept',
    expect: 'RISK_NOT_ACCEPTED',
    reads: ['disk'],
    lay: (site) => void (imageAt(site).licensing.broken = '0xC004E015'),
  },
  'wrong-edition-key': {
    does: 'the image is of another edition than the key that windows.key gives (with key auto nothing is wrong)',
    expect: 'WRONG_EDITION_KEY',
    reads: ['disk'],
    lay: (site) => {
      const image = imageAt(site)
      const release = windowsRelease(image.windows)
      const edition = Object.keys(release.editions).find((one) => one !== image.edition) ?? image.edition
      const key = windowsKeys.find((one) => one.family === release.family && one.edition === edition)
      Object.assign(image, { edition })
      image.licensing.key = key ? { partial: key.key.slice(-5), channel: 'VOLUME_KMSCLIENT' } : null
    },
  },
  'evaluation-edition': {
    does: 'the image is an evaluation edition: no volume key fits',
    expect: 'EVALUATION_EDITION',
    reads: ['disk'],
    lay: (site) => {
      Object.assign(imageAt(site), { evaluation: true })
      imageAt(site).licensing.key = { partial: 'EVAL1', channel: 'TIMEBASED_EVAL' }
    },
  },
  'kms-host-key-in-image': {
    does: "the customer's KMS host key is installed in the image",
    expect: 'KMS_HOST_KEY_IN_IMAGE',
    reads: ['disk'],
    lay: (site) => void (imageAt(site).licensing.key = { partial: 'HOST7', channel: 'VOLUME_KMS_W' }),
  },
  'mak-channel': {
    does: 'Windows has a MAK: replacing it may give up a paid activation',
    expect: 'CHANNEL_IN_USE',
    reads: ['disk'],
    lay: (site) => void (imageAt(site).licensing.key = { partial: 'MAK99', channel: 'VOLUME_MAK' }),
  },
  'office-app-open': {
    does: 'somebody left Word and Outlook open on the machine',
    expect: 'OFFICE_RUNNING',
    reads: ['device'],
    lay: (site) => {
      const device = deviceAt(site)
      site.farm.onPower.push((one, up) => {
        if (one === device && up) one.running?.officeApps.push('WINWORD', 'OUTLOOK')
      })
    },
  },
  'office-tool-missing': {
    does: 'OSPPREARM.EXE is not where Office was installed',
    expect: 'OFFICE_REARM_TOOL_MISSING',
    reads: ['disk'],
    lay: (site) => void Object.assign(imageAt(site).office ?? {}, { toolPresent: false }),
  },
  'office-rearm-locks-store': {
    does: 'after the Office rearm the shared licence store answers 0xC004D302 (unproven; practice says otherwise)',
    expect: 'STORE_LOCKED_AFTER_OFFICE',
    reads: [],
    lay: ({ farm }) => void (farm.mischief.officeRearmLocksStore = true),
  },
  'c2r-without-volume': {
    does: 'Office is a retail or subscription installation: there is nothing to do for it, and the run says so',
    expect: null,
    reads: ['disk'],
    lay: (site) => {
      const { office } = imageAt(site)
      const retail = office?.products.map((one) => ({ ...one, product: one.product.replace(/Volume$/, 'Retail') }))
      Object.assign(office ?? {}, { volume: false, products: retail })
    },
  },
  'bitlocker-on': {
    does: 'the system volume is encrypted',
    expect: 'CHECKS_FAILED',
    reads: ['disk'],
    lay: (site) => void (imageAt(site).security.bitLocker = 'encrypted'),
  },
  'fast-startup': {
    does: 'fast startup is on: a shutdown would hibernate the kernel',
    expect: 'CHECKS_FAILED',
    reads: ['disk'],
    lay: (site) => void Object.assign(imageAt(site), { fastStartup: true }),
  },
  'pending-reboot': {
    does: 'an update waits for a reboot',
    expect: 'PENDING_REBOOT',
    reads: ['disk'],
    lay: (site) => void imageAt(site).updates.pendingReboot.push('Component Based Servicing'),
  },
} as const satisfies Record<string, LabFault>
