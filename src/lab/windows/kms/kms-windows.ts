import { eventTime } from '../../model/event-log.ts'
import { servedBy, type KmsHost, type KmsRequest } from '../../model/kms-host.ts'
import { kmsLog } from '../../model/kms-log.ts'
import type { KmsDesk } from '../surface.ts'
import type { CimRow, EventRow, Windows } from '../windows.ts'

/** The Windows of the KMS host: its licensing service, who asked it, and whether it listens. */
export const kmsWindows: Windows<KmsDesk> = {
  cim: {
    SoftwareLicensingService: async (desk) => {
      await desk.spend(500)
      const { port, publishesSrv } = desk.farm.kms
      return [
        {
          Version: '10.0.20348.2849',
          KeyManagementServiceListeningPort: port === DEFAULT_PORT ? 0 : port,
          KeyManagementServiceDnsPublishing: publishesSrv,
        },
      ]
    },
    SoftwareLicensingProduct: ({ farm }) => products(farm.kms, farm.time.now()),
  },
  methods: {},
  registry: () => REGISTRY,
  removeValue: () => false,
  files: () => ({}),
  places: [],
  moveFile: () => false,
  removeFile: () => false,
  services: () => [],
  setService: () => undefined,
  events: ({ farm }) => kmsLog(farm.kms, farm.time.now()).map((one, at) => request(farm.kms, one, at + 1)),
  programs: {},
  now: ({ farm }) => farm.time.now() + farm.kms.clockOffsetMs,
  culture: () => 'en-US',
  more: {
    'net.listens': ({ farm }: KmsDesk, { port }: { port: number }) => farm.kms.reachable && port === farm.kms.port,
  },
}

const FIREWALL = 'HKLM\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy'

/** It publishes itself in no further domain; its firewall is on and lets its port through. */
const REGISTRY = {
  'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\SoftwareProtectionPlatform': {},
  'HKLM\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall': null,
  [`${FIREWALL}\\DomainProfile`]: { EnableFirewall: 1 },
  [`${FIREWALL}\\StandardProfile`]: { EnableFirewall: 1 },
  [`${FIREWALL}\\PublicProfile`]: { EnableFirewall: 1 },
}

/** Where nothing else is set, the port reads 0. Source: kms.md 7. */
const DEFAULT_PORT = 1688

/** What the host serves, and a product that is not installed: it has no key. */
function products(kms: KmsHost, now: number): CimRow[] {
  const absent = {
    Name: 'Windows(R), ServerDatacenter edition',
    Description: 'Windows(R) Operating System, VOLUME_KMSCLIENT channel',
  }
  return [
    ...servedBy(kms, now).map(({ name, description, required, count, status }, at) => ({
      ...{ ID: `0000000${at}-6f72-4d5e-9c0d-000000000000`, Name: name, Description: description, PartialProductKey: 'XXXXX' },
      ...{ LicenseStatus: status, IsKeyManagementServiceMachine: 1, KeyManagementServiceCurrentCount: count },
      RequiredClientCount: required,
    })),
    {
      ...{ ID: '0000000f-6f72-4d5e-9c0d-000000000000', ...absent, PartialProductKey: null, LicenseStatus: 0 },
      ...{ IsKeyManagementServiceMachine: 0, KeyManagementServiceCurrentCount: 0xffffffff, RequiredClientCount: 0xffffffff },
    },
  ]
}

/** Event 12290: result, minimum, client, CMID, its clock, virtual, licence status, minutes, activation id. Source: kms.md 8. */
function request(
  kms: KmsHost,
  { at, code, minimum, client, cmid, clientTime, status, activationId }: KmsRequest,
  n: number,
): EventRow {
  const result = `0x${Number(code).toString(16)}`
  const info = [result, minimum, client, cmid, eventTime(clientTime), 1, status, 43_200, activationId].join(',')
  return {
    log: 'Key Management Service',
    provider: 'KmsRequests',
    Id: 12_290,
    RecordId: n,
    TimeCreated: new Date(at + kms.clockOffsetMs),
    Message: `An activation request has been processed.\r\n\r\nInfo:\r\n${info}`,
    Properties: [info],
  }
}
