import type { FaultRecord } from '../../src/faults/fault.ts'
import type { FactsOf } from '../../src/wire/operations/catalogue.ts'
import type { Device, DeviceState, Disk, DiskState, ServerService, ServerState } from '../../src/wire/operations/farm-state.ts'
import type { KmsHostState } from '../../src/wire/operations/kms-host.ts'
import type { LicensedProduct, TargetState } from '../../src/wire/operations/target-state.ts'
import type { Plan, StepPolicy } from '../../src/workflow/plan.ts'

type Writable<T> = T extends object ? { -readonly [K in keyof T]: Writable<T[K]> } : T
type WholeTarget = { [K in keyof TargetState]-?: NonNullable<TargetState[K]> }
type KnownDevice = DeviceState & { device: Device }

/** A look that a test may change: everything of the healthy farm is there and of its plain form. */
export interface Draft {
  plan: Writable<Plan>
  target: WholeTarget
  servers: { PVS01: ServerState; PVS02: ServerState }
  disk: DiskState & { disk: Disk }
  files: Record<string, FactsOf<'Get-VdpDiskFiles'>>
  device: KnownDevice
  canaryDevices: { 'W11-T01': KnownDevice; 'W11-T02': KnownDevice }
  reach: FactsOf<'Test-VdpKmsReachability'>
  kms: KmsHostState
  missing: Record<string, FaultRecord>
}

const AT = '2026-11-02T12:00:00Z'
const DISK = '0d15c000-0000-4000-8000-000000000001'
const act = () => ({ fence: 0, receipts: [] })
const guid = (n: number) => `de51ce00-0000-4000-8000-00000000000${String(n)}`

/** The image is open: the prep device runs from it read/write, and nothing is wrong anywhere. */
export function healthy(): Draft {
  return {
    plan: plan(),
    target: target(),
    servers: { PVS01: server('PVS01'), PVS02: server('PVS02') },
    files: { PVS01: files('PVS01'), PVS02: files('PVS02') },
    disk: disk(),
    device: device(1, 'W11-MASTER', { active: true, ip: '10.0.0.11', disk: 'W11-Office', diskVersion: 0, server: 'PVS01' }),
    canaryDevices: { 'W11-T01': device(2, 'W11-T01', {}), 'W11-T02': device(3, 'W11-T02', {}) },
    reach: {
      at: AT,
      records: [{ domain: 'hq.example', host: 'kms1.hq', port: 1688, priority: 0, weight: 0 }],
      probes: [{ host: 'kms1.hq', port: 1688, resolves: true, open: true, clockSkewSeconds: 2 }],
    },
    kms: {
      at: AT,
      products: [
        { name: 'Windows Server 2022', description: 'VOLUME_KMS_WS22 channel', count: 41, required: 25, status: 1 },
        { name: 'Office 24, OfficeLTSCKMSHost', description: 'VOLUME_KMS channel', count: 12, required: 5, status: 1 },
      ],
      port: 1688,
      listening: true,
      publishesSrv: true,
    },
    missing: {},
  }
}

/** The disk is sealed and nothing streams it: the target is off, and the farm says so. */
export function healthyButOff() {
  const draft = healthy()
  draft.disk.disk = {
    ...draft.disk.disk,
    writeCacheType: 9,
    writeCacheSizeMiB: 4096,
    licenseMode: 2,
    active: false,
    deviceCount: 0,
  }
  draft.disk.locks = []
  for (const one of draft.disk.assignments) one.active = false
  draft.device.device = { ...draft.device.device, active: false, ip: null, disk: null, server: null }
  const silent = { code: 'HOST_UNREACHABLE', details: { why: 'connection timed out' } } as const
  return { ...draft, target: null, reach: null, missing: { target: silent, reach: silent } }
}

/** A service of a server, to be changed by a test. */
export function serviceOf(state: ServerState, name: ServerService['name']): ServerService {
  const found = state.services.find((service) => service.name === name)
  if (found === undefined) throw new Error(`the healthy server has no ${name}`)
  return found
}

/** The licensed product of Windows with another channel or status. */
export function windowsProduct(change: Partial<LicensedProduct> = {}): LicensedProduct {
  return {
    activationId: '73111121-5638-40f6-bc11-f1d7b0d64300',
    applicationId: '55c92734-d682-4d71-983e-d6ec3f16059f',
    name: 'Windows(R), Enterprise edition',
    description: 'Windows(R) Operating System, VOLUME_KMSCLIENT channel',
    partialKey: '2YT43',
    status: 1,
    statusReason: '0x00000000',
    graceMinutes: 250_000,
    vlActivationType: 2,
    isAddon: false,
    ...change,
  }
}

function plan(): Writable<Plan> {
  const patience: Writable<StepPolicy> = { attempts: 3, backoffMs: 1000, pollMs: 5000, deadlineMs: 900_000, tolerate: [] }
  return {
    title: 'W11-Office',
    scenario: 'new-base-image',
    source: { file: 'w11.yaml', inventory: 'inventory.yaml', procedure: 'kms-new-image', hash: '4f1c' },
    farm: { name: 'HQ', site: 'Site', server: 'PVS01', servers: ['PVS01', 'PVS02'] },
    vdisk: { store: 'Store1', name: 'W11-Office', create: 'existing', open: 'assigned-alone', sizeMiB: null, cache: null },
    target: { host: 'W11-MASTER', device: 'W11-MASTER' },
    canaries: [
      { host: 'W11-T01', device: 'W11-T01' },
      { host: 'W11-T02', device: 'W11-T02' },
    ],
    kmsHost: 'KMS1',
    kms: { machine: null, port: null },
    windows: { key: null, replaceChannel: [], activation: 'test', rearm: 'auto' },
    office: { present: 'auto', keys: {}, rearm: 'auto' },
    cleanTokens: 'auto',
    order: 'auto',
    acceptRisk: [],
    seal: { offDwellMs: 180_000, driverProbe: 'state', licenseMode: 2, replicate: 'shared' },
    verify: { minimum: 2, expedite: false, deadlineMs: 7_200_000, kmsHostProof: false },
    release: { mode: 'manual', devices: [] },
    waive: [],
    hooks: {},
    approvals: {},
    policy: {
      preflight: patience,
      createVDisk: patience,
      cleanTokens: patience,
      installWindowsKey: patience,
      activateWindows: patience,
      rearmWindows: patience,
      installOfficeKey: patience,
      rearmOffice: patience,
      sealVDisk: patience,
      verify: patience,
      release: patience,
    },
  }
}

function target(): WholeTarget {
  const store = 'C:\\Windows\\System32\\spp\\store\\2.0'
  return {
    at: AT,
    act: act(),
    officeRearmed: false,
    os: {
      caption: 'Windows 11 Enterprise',
      version: '10.0.22631',
      build: 22631,
      editionId: 'Enterprise',
      kind: 'client',
      bits: 64,
      evaluation: false,
      uiLanguage: 'de-DE',
    },
    boot: { guid: guid(9), lastBootUpTime: '2026-11-02T10:00:00Z', hiberbootEnabled: false, hibernationEnabled: false },
    identity: {
      computerName: 'W11-MASTER',
      domain: 'hq.example',
      macs: ['00:50:56:00:00:01'],
      addresses: ['10.0.0.11'],
      staticAddress: false,
      personalityDevice: 'W11-MASTER',
    },
    service: { name: 'sppsvc', state: 'running', startMode: 'auto', office: 'absent' },
    windowsLicense: {
      query: { answers: true },
      cmid: guid(8),
      rearmsLeft: 1000,
      skipRearm: null,
      products: [windowsProduct()],
      kms: {
        machine: null,
        port: 0,
        lookupDomain: null,
        discovered: 'kms1.hq:1688',
        setByPolicy: false,
        activationType: 0,
        isHost: false,
      },
    },
    office: {
      installs: [
        {
          release: '2021',
          delivery: 'click-to-run',
          bits: 64,
          products: ['ProPlus2021Volume', 'VisioPro2021Volume'],
          volume: true,
          service: 'sppsvc',
          folder: 'C:\\Program Files\\Microsoft Office\\Office16',
          rearmTool: 'C:\\Program Files\\Microsoft Office\\Office16\\OSPPREARM.EXE',
        },
      ],
      query: { answers: true },
      products: [],
      cmid: null,
      rearmsLeft: 5,
      running: [],
    },
    tokens: {
      stores: [
        {
          folder: store,
          file: { path: `${store}\\tokens.dat`, bytes: 4_000_000, sha256: 'a'.repeat(64), modified: AT },
          backups: [],
        },
      ],
    },
    pvs: {
      attached: true,
      writeCacheType: 0,
      diskName: 'W11-Office.vhdx',
      personality: { present: true, diskName: 'W11-Office.vhdx' },
      systemVolumeOnVdisk: true,
      deviceService: true,
    },
    updates: { pendingReboot: [], installerRunning: false, staged: [], services: [] },
    security: { bitLocker: 'decrypted', machinePasswordChangeDisabled: true, otherRearmTool: [] },
  }
}

function files(server: string): FactsOf<'Get-VdpDiskFiles'> {
  const file = (name: string, sha256: string | null) => ({ name, bytes: 4096, modified: AT, sha256 })
  return {
    ...{ at: AT, server, folder: 'D:\\vDisks\\Store1', shared: false },
    files: [file('W11-Office.pvp', 'ab12'), file('W11-Office.vhdx', null)],
  }
}

function server(name: string): ServerState {
  const service = (which: ServerService['name']): ServerService => ({
    name: which,
    state: 'running',
    startMode: 'auto',
    exitCode: 0,
    account: 'HQ\\svc-pvs',
    accountKind: 'domain',
    tokenHolds: true,
    policyGrants: { granted: true, via: 'S-1-5-32-544' },
  })
  const driver = (which: 'CVhdMp' | 'cfsdep2') => ({
    name: which,
    present: true,
    startMode: 'manual' as const,
    running: true,
    fileVersion: '7.41.0.0',
    problem: 0,
  })
  return {
    at: AT,
    act: act(),
    server: name,
    farm: { name: 'HQ', auditing: true, maxVersions: 5, automaticMerge: true },
    pvsVersion: '7.41.0',
    role: 100,
    services: [service('StreamService'), service('soapserver')],
    drivers: [driver('CVhdMp'), driver('cfsdep2')],
    mounted: null,
    pendingReboot: [],
  }
}

function disk(): DiskState & { disk: Disk } {
  const copy = (name: string) => ({ server: name, state: 0, version: 0, fileTime: AT, propertiesTime: AT })
  return {
    at: AT,
    act: act(),
    found: 1,
    disk: {
      guid: DISK,
      name: 'W11-Office',
      writeCacheType: 0,
      writeCacheSizeMiB: 4096,
      licenseMode: 0,
      sizeMiB: 81_920,
      vhdx: true,
      longDescription: '',
      enabled: true,
      serverName: null,
      active: true,
      mapped: false,
      deviceCount: 1,
      temporaryVersionSet: false,
      autoUpdate: false,
    },
    locks: [{ exclusive: true, readOnly: false, ownerKind: 'device', ownerId: guid(1), ownerName: 'W11-MASTER' }],
    versions: [
      { version: 0, access: 0, type: 0, isPending: false, deviceCount: 1, goodInventory: true, description: '', createdAt: AT },
    ],
    inventory: [copy('PVS01'), copy('PVS02')],
    assignments: [{ deviceId: guid(1), device: 'W11-MASTER', enabled: true, active: true, type: 0 }],
    store: { pathKind: 'local', freeMiB: 204_800, servers: ['PVS01', 'PVS02'] },
    recentChanges: [],
  }
}

function device(n: number, name: string, change: Partial<Device>): KnownDevice {
  return {
    at: AT,
    act: act(),
    found: 1,
    device: {
      id: guid(n),
      name,
      collection: 'Prep',
      mac: `00-50-56-00-00-0${String(n)}`,
      type: 0,
      bootFrom: 1,
      enabled: true,
      active: false,
      disk: null,
      mak: 0,
      diskVersion: 0,
      server: null,
      ip: null,
      disks: n === 1 ? [{ guid: DISK, name: 'W11-Office', enabled: true }] : [],
      ...change,
    },
  }
}
