import { serviceOf, type Draft } from '../healthy-look.ts'
import { trouble, type Trouble } from './troubles.ts'

const unread = { unknown: 'access denied' }
const ON_02 = { host: 'PVS02' } as const
const ON_01 = { host: 'PVS01' } as const
const OTHER = 'de51ce00-0000-4000-8000-0000000000ff'

function without02(
  look: Draft,
  code: 'HOST_UNREACHABLE' | 'CONSTRAINED_LANGUAGE' | 'SNAPIN_MISSING' | 'PVS_AUTH_NEEDS_PASSWORD',
) {
  const { PVS01 } = look.servers
  return {
    look: {
      servers: { PVS01 },
      missing: { 'servers.PVS02': { code, details: { why: 'timed out', language: 'ConstrainedLanguage' } } },
    },
  }
}

const servers: readonly Trouble[] = [
  trouble(
    'server.reachable',
    'it is silent',
    (look) => without02(look, 'HOST_UNREACHABLE'),
    'fail',
    /PVS02 cannot be reached/,
    ON_02,
  ),
  trouble(
    'server.session',
    'WDAC constrains it',
    (look) => without02(look, 'CONSTRAINED_LANGUAGE'),
    'fail',
    /ConstrainedLanguage/,
    ON_02,
  ),
  trouble('server.session', 'it is silent', (look) => without02(look, 'HOST_UNREACHABLE'), 'unknown', /cannot be reached/, ON_02),
  trouble(
    'server.snapin',
    'the console is not installed',
    (look) => without02(look, 'SNAPIN_MISSING'),
    'fail',
    /not to be found on PVS02/,
    ON_02,
  ),
  trouble('server.snapin', 'it is silent', (look) => without02(look, 'HOST_UNREACHABLE'), 'unknown', /cannot be reached/, ON_02),
  trouble(
    'farm.connection',
    'a key login has no outward credentials',
    (look) => without02(look, 'PVS_AUTH_NEEDS_PASSWORD'),
    'fail',
    /key login has no outward credentials/,
    { ...ON_02, remedy: /password/ },
  ),
  trouble(
    'farm.connection',
    'it is another farm',
    (look) => (look.servers.PVS02.farm = { name: 'TEST', auditing: true, maxVersions: 5, automaticMerge: true }),
    'fail',
    /belongs to farm TEST, not HQ/,
    ON_02,
  ),
  trouble(
    'farm.connection',
    'the farm cannot be read',
    (look) => (look.servers.PVS02.farm = unread),
    'unknown',
    /access denied/,
    ON_02,
  ),
  trouble(
    'server.version',
    'it has no object snap-in',
    (look) => (look.servers.PVS02.pvsVersion = '7.6.300'),
    'fail',
    /7\.6\.300 is older than 7\.7/,
    ON_02,
  ),
  trouble(
    'server.version',
    'it cannot be read',
    (look) => (look.servers.PVS02.pvsVersion = unread),
    'unknown',
    /access denied/,
    ON_02,
  ),
  trouble(
    'farm.versions',
    'an upgrade is half done',
    (look) => (look.servers.PVS02.pvsVersion = '7.33.0'),
    'warn',
    /PVS01 7\.41\.0, PVS02 7\.33\.0/,
    { host: 'HQ' },
  ),
  trouble('farm.versions', 'one cannot be read', (look) => (look.servers.PVS02.pvsVersion = unread), 'unknown', /access denied/, {
    host: 'HQ',
  }),
  trouble(
    'server.role',
    'the login may only read',
    (look) => (look.servers.PVS01.role = 999),
    'fail',
    /read-only \(999\)/,
    ON_01,
  ),
  trouble('server.role', 'it cannot be read', (look) => (look.servers.PVS01.role = unread), 'unknown', /access denied/, ON_01),
  trouble(
    'service.stream',
    'it is stopped',
    (look) => (serviceOf(look.servers.PVS02, 'StreamService').state = 'stopped'),
    'fail',
    /StreamService is stopped/,
    { ...ON_02, remedy: /on PVS02: Start-Service StreamService/ },
  ),
  trouble(
    'service.stream',
    'nobody reported it',
    (look) => ({ look: { servers: { ...look.servers, PVS02: { ...look.servers.PVS02, services: [] } } } }),
    'unknown',
    /not reported/,
    ON_02,
  ),
  trouble(
    'service.soap',
    'it is gone',
    (look) => (serviceOf(look.servers.PVS02, 'soapserver').state = 'absent'),
    'fail',
    /soapserver is absent/,
    ON_02,
  ),
  trouble(
    'service.soap',
    'nobody reported it',
    (look) => ({ look: { servers: { ...look.servers, PVS02: { ...look.servers.PVS02, services: [] } } } }),
    'unknown',
    /not reported/,
    ON_02,
  ),
  trouble(
    'soap.account',
    'it is a built-in one',
    (look) =>
      Object.assign(serviceOf(look.servers.PVS01, 'soapserver'), {
        account: 'NT AUTHORITY\\NetworkService',
        accountKind: 'built-in',
      }),
    'warn',
    /NetworkService is a built-in account/,
    ON_01,
  ),
  trouble(
    'soap.account',
    'it cannot be read',
    (look) => (serviceOf(look.servers.PVS01, 'soapserver').account = unread),
    'unknown',
    /access denied/,
    ON_01,
  ),
  trouble(
    'soap.account',
    'the version asks for nothing',
    (look) => (look.servers.PVS01.pvsVersion = '7.13.0'),
    'na',
    /from 7\.15/,
    ON_01,
  ),
  trouble(
    'server.reboot',
    'Windows wants one',
    (look) => (look.servers.PVS01.pendingReboot = ['file renames']),
    'warn',
    /file renames/,
    ON_01,
  ),
  trouble(
    'server.reboot',
    'it cannot be read',
    (look) => (look.servers.PVS01.pendingReboot = unread),
    'unknown',
    /access denied/,
    ON_01,
  ),
  trouble(
    'farm.servers',
    'a third one can serve the store',
    (look) => (look.disk.store = { pathKind: 'local', freeMiB: 204_800, servers: ['PVS01', 'PVS02', 'PVS03'] }),
    'unknown',
    /PVS03 can serve Store1 and is no host of the plan/,
    ON_01,
  ),
  trouble(
    'farm.servers',
    'the run works through one that cannot',
    (look) => (look.disk.store = { pathKind: 'local', freeMiB: 204_800, servers: ['PVS02'] }),
    'fail',
    /PVS01 does not serve Store1; PVS02 does/,
    ON_01,
  ),
  trouble(
    'farm.servers',
    'the inventory calls a server otherwise than PVS does',
    (look) => {
      look.servers.PVS02.server = 'CTXPVS02'
      look.disk.store = { pathKind: 'local', freeMiB: 204_800, servers: ['PVS01', 'ctxpvs02'] }
    },
    'pass',
    /ctxpvs02/,
    ON_01,
  ),
  trouble('farm.servers', 'the store cannot be read', (look) => (look.disk.store = unread), 'unknown', /access denied/, ON_01),
  trouble(
    'farm.server',
    'it is not listed',
    (look) => (look.plan.farm.servers = ['PVS02']),
    'fail',
    /PVS01 is not among farm\.servers/,
    { host: 'HQ' },
  ),
  trouble(
    'farm.auditing',
    'it is off',
    (look) => (look.servers.PVS01.farm = { name: 'HQ', auditing: false, maxVersions: 5, automaticMerge: true }),
    'warn',
    /off/,
    ON_01,
  ),
  trouble('farm.auditing', 'it cannot be read', (look) => (look.servers.PVS01.farm = unread), 'unknown', /access denied/, ON_01),
]

const mounting: readonly Trouble[] = [
  ...(['privilege.stream', 'privilege.soap'] as const).flatMap((check) => {
    const service = (look: Draft) => serviceOf(look.servers.PVS02, check === 'privilege.stream' ? 'StreamService' : 'soapserver')
    return [
      trouble(
        check,
        'nobody granted it',
        (look) => Object.assign(service(look), { tokenHolds: false, policyGrants: { granted: false, via: null } }),
        'fail',
        /HQ\\svc-pvs lacks SE_MANAGE_VOLUME_NAME/,
        { ...ON_02, remedy: /secpol\.msc .* add HQ\\svc-pvs/ },
      ),
      trouble(
        check,
        'it was granted after the start',
        (look) => (service(look).tokenHolds = false),
        'fail',
        /still has its old token/,
        { ...ON_02, remedy: /on PVS02: Restart-Service/ },
      ),
      trouble(
        check,
        'it was taken away after the start',
        (look) => (service(look).policyGrants = { granted: false, via: null }),
        'warn',
        /its next start loses it/,
        ON_02,
      ),
      trouble(
        check,
        'the token cannot be read',
        (look) => (service(look).tokenHolds = unread),
        'unknown',
        /token of the process not known \(access denied\); policy grants it/,
        { ...ON_02, remedy: /whoami \/priv/ },
      ),
      trouble(
        check,
        'the policy cannot be read',
        (look) => (service(look).policyGrants = unread),
        'warn',
        /whether its next start will is not known/,
        ON_02,
      ),
    ]
  }),
  trouble(
    'driver.bus',
    'there is none',
    (look) => (look.servers.PVS02.drivers = []),
    'fail',
    /neither CVhdMp nor CvhdBusP6/,
    ON_02,
  ),
  trouble(
    'driver.bus',
    'it is disabled',
    (look) => {
      for (const one of look.servers.PVS02.drivers) one.startMode = 'disabled'
    },
    'fail',
    /CVhdMp: disabled/,
    ON_02,
  ),
  trouble(
    'driver.bus',
    'its device has a problem',
    (look) => {
      for (const one of look.servers.PVS02.drivers) one.problem = 39
    },
    'fail',
    /device problem 39/,
    ON_02,
  ),
  trouble(
    'driver.started',
    'it is installed and stands still',
    (look) => {
      for (const one of look.servers.PVS02.drivers) one.running = false
    },
    'warn',
    /CVhdMp is installed and not started/,
    ON_02,
  ),
  trouble(
    'driver.started',
    'it cannot be read',
    (look) => {
      for (const one of look.servers.PVS02.drivers) one.running = unread
    },
    'unknown',
    /access denied/,
    ON_02,
  ),
  trouble(
    'driver.started',
    'there is none',
    (look) => (look.servers.PVS02.drivers = []),
    'unknown',
    /because of driver\.bus/,
    ON_02,
  ),
  trouble(
    'driver.filter',
    'it is not there',
    (look) => (look.servers.PVS02.drivers = look.servers.PVS02.drivers.filter((one) => one.name !== 'cfsdep2')),
    'warn',
    /cfsdep2 is not installed/,
    ON_02,
  ),
  trouble(
    'mount.slot',
    'another vDisk is mounted',
    (look) => (look.servers.PVS02.mounted = { guid: OTHER, name: 'W10-Lab' }),
    'fail',
    /W10-Lab is mounted, and not by a run/,
    ON_02,
  ),
  trouble(
    'mount.slot',
    'the vDisk itself is mounted',
    (look) => (look.servers.PVS02.mounted = { guid: look.disk.disk.guid, name: 'W11-Office' }),
    'fail',
    /W11-Office itself is still mounted/,
    ON_02,
  ),
  trouble('mount.slot', 'it cannot be read', (look) => (look.servers.PVS02.mounted = unread), 'unknown', /access denied/, ON_02),
]

/** Everything that can be wrong on the PVS servers. */
export const serverTroubles: readonly Trouble[] = [...servers, ...mounting]
