import { windowsProduct, type Draft } from '../healthy-look.ts'
import { trouble, type Trouble } from './troubles.ts'

const unread = { unknown: 'access denied' }
const KMS = { host: 'KMS1' } as const

const setKms = (look: Draft, change: object) =>
  (look.target.windowsLicense.kms = {
    machine: null,
    port: 0,
    lookupDomain: null,
    discovered: null,
    setByPolicy: false,
    activationType: 0,
    isHost: false,
    ...change,
  })
const probe = { host: 'kms1.hq', port: 1688, resolves: true, open: true, clockSkewSeconds: 2 } as const

/** Everything that can be wrong with KMS, from the target and on its host. */
export const kmsTroubles: readonly Trouble[] = [
  trouble('kms.srv', 'there is none', (look) => (look.reach.records = []), 'fail', /no SRV record/, {
    remedy: /on W11-MASTER: nslookup/,
  }),
  trouble(
    'kms.srv',
    'there is none and none is needed',
    (look) => {
      look.reach.records = []
      look.plan.windows.activation = 'skip'
    },
    'warn',
    /skips the test activation/,
  ),
  trouble(
    'kms.srv',
    'there is none and the workflow names a host',
    (look) => {
      look.reach.records = []
      look.plan.kms.machine = 'kms9.hq'
    },
    'warn',
    /found by name: kms9\.hq/,
  ),
  trouble(
    'kms.srv',
    'there is none and Active Directory activates',
    (look) => {
      look.reach.records = []
      look.target.windowsLicense.products = [windowsProduct({ vlActivationType: 1 })]
    },
    'na',
    /Active Directory/,
  ),
  trouble('kms.srv', 'DNS cannot be asked', (look) => (look.reach.records = unread), 'unknown', /access denied/),
  trouble(
    'kms.port',
    'the firewall closes it',
    (look) => (look.reach.probes = [{ ...probe, open: false }]),
    'fail',
    /kms1\.hq:1688 closed/,
  ),
  trouble(
    'kms.port',
    'one of two is stale',
    (look) => (look.reach.probes = [probe, { ...probe, host: 'old.hq', resolves: false, open: false }]),
    'warn',
    /old\.hq:1688 \(name not found\) closed/,
  ),
  trouble(
    'kms.port',
    'it cannot be tried',
    (look) => (look.reach.probes = [{ ...probe, open: unread }]),
    'unknown',
    /access denied/,
  ),
  trouble(
    'clock.skew',
    'the clock is 5 hours off',
    (look) => (look.reach.probes = [{ ...probe, clockSkewSeconds: -18_300 }]),
    'fail',
    /5 h 5 min away from kms1\.hq \(limit 4 h\)/,
    { remedy: /w32tm \/resync/ },
  ),
  trouble(
    'clock.skew',
    'the clock is some minutes off',
    (look) => (look.reach.probes = [{ ...probe, clockSkewSeconds: 190 }]),
    'warn',
    /3 min 10 s away/,
  ),
  trouble(
    'clock.skew',
    'it cannot be compared',
    (look) => (look.reach.probes = [{ ...probe, clockSkewSeconds: unread }]),
    'unknown',
    /access denied/,
  ),
  trouble(
    'kms.set',
    'the image names a host',
    (look) => setKms(look, { machine: 'old.hq', port: 1688 }),
    'warn',
    /old\.hq:1688 is set in the image/,
    { remedy: /\/ckms/ },
  ),
  trouble(
    'kms.set',
    'a policy names one',
    (look) => setKms(look, { machine: 'gpo.hq', setByPolicy: true }),
    'warn',
    /a policy sets gpo\.hq/,
  ),
  trouble('kms.set', 'it cannot be read', (look) => (look.target.windowsLicense.kms = unread), 'unknown', /access denied/),
  trouble(
    'kms.reachable',
    'it is silent',
    () => ({ look: { kms: null, missing: { kms: { code: 'HOST_UNREACHABLE', details: { why: 'timed out' } } } } }),
    'warn',
    /KMS1 cannot be reached/,
    KMS,
  ),
  trouble(
    'kms.count',
    'too few machines',
    (look) =>
      (look.kms.products = [{ name: 'Windows Server 2022', description: 'VOLUME_KMS', count: 1, required: 25, status: 1 }]),
    'warn',
    /Windows 1 of 25/,
    KMS,
  ),
  trouble(
    'kms.count',
    'a server image needs only five',
    (look) => {
      look.target.os.kind = 'server'
      look.kms.products = [{ name: 'Windows Server 2022', description: 'VOLUME_KMS', count: 6, required: 25, status: 1 }]
    },
    'pass',
    /Windows 6 of 5/,
    KMS,
  ),
  trouble('kms.count', 'it cannot be read', (look) => (look.kms.products = unread), 'unknown', /access denied/, KMS),
  trouble(
    'kms.hostKey',
    'there is none for Office',
    (look) =>
      (look.kms.products = [{ name: 'Windows Server 2022', description: 'VOLUME_KMS', count: 41, required: 25, status: 1 }]),
    'warn',
    /no KMS host key for Office/,
    KMS,
  ),
  trouble(
    'kms.hostKey',
    'it was never activated',
    (look) =>
      (look.kms.products = [{ name: 'Windows Server 2022', description: 'VOLUME_KMS', count: 41, required: 25, status: 5 }]),
    'warn',
    /not activated: Windows Server 2022 \(status 5\)/,
    KMS,
  ),
  trouble('kms.hostKey', 'it cannot be read', (look) => (look.kms.products = unread), 'unknown', /access denied/, KMS),
  trouble('kms.listening', 'nothing listens', (look) => (look.kms.listening = false), 'warn', /nothing listens on 1688/, KMS),
  trouble('kms.listening', 'it cannot be read', (look) => (look.kms.listening = unread), 'unknown', /access denied/, KMS),
  trouble('kms.publishing', 'it is off', (look) => (look.kms.publishesSrv = false), 'warn', /does not publish itself/, KMS),
  trouble('kms.publishing', 'it cannot be read', (look) => (look.kms.publishesSrv = unread), 'unknown', /access denied/, KMS),
]
