import { z } from 'zod'
import { reading } from '../reading.ts'
import { actReport } from '../receipt.ts'

/** ApplicationID of Windows in SoftwareLicensingProduct. Source: slmgr.vbs; kms.md 3.2. */
export const WINDOWS_APPLICATION_ID = '55c92734-d682-4d71-983e-d6ec3f16059f'

/** The parts of a target's state that can be asked for. `office` is refused by the host once Office was rearmed. */
export const targetPart = z.enum([
  'os',
  'boot',
  'identity',
  'service',
  'windowsLicense',
  'office',
  'tokens',
  'pvs',
  'updates',
  'security',
])

export type TargetPart = z.infer<typeof targetPart>

/** Win32_OperatingSystem and the edition from the registry. `build` decides the release: 7601 is Windows 7 SP1. */
export const osPart = z.strictObject({
  caption: z.string(),
  version: z.string(),
  build: z.int(),
  editionId: z.string(),
  kind: z.enum(['client', 'server']),
  bits: z.union([z.literal(32), z.literal(64)]),
  evaluation: reading(z.boolean()),
  uiLanguage: z.string(),
})

/** Boot identity: a GUID the agent writes to a volatile registry key at first contact, beside LastBootUpTime. */
export const bootPart = z.strictObject({
  guid: z.guid(),
  lastBootUpTime: z.iso.datetime(),
  hiberbootEnabled: reading(z.boolean()),
  hibernationEnabled: reading(z.boolean()),
})

/** Who the machine says it is: names, addresses, Personality.ini. */
export const identityPart = z.strictObject({
  computerName: z.string(),
  domain: z.string().nullable(),
  macs: z.array(z.string()),
  addresses: z.array(z.string()),
  staticAddress: reading(z.boolean()),
  personalityDevice: reading(z.string().nullable()),
})

const serviceState = z.enum(['running', 'stopped', 'starting', 'stopping', 'absent'])

/** The licensing services; `office` is osppsvc, absent where Office uses the service of Windows. */
export const servicePart = z.strictObject({
  name: z.enum(['sppsvc', 'slsvc']),
  state: serviceState,
  startMode: z.enum(['auto', 'manual', 'disabled']),
  office: serviceState,
})

/** One SoftwareLicensingProduct (or Office counterpart) that has a product key. `status` is LicenseStatus 0..6. */
export const licensedProduct = z.strictObject({
  activationId: z.guid(),
  applicationId: z.guid(),
  name: z.string(),
  description: z.string(),
  partialKey: z.string().nullable(),
  status: z.int().min(0).max(6),
  statusReason: z.string(),
  graceMinutes: z.int(),
  vlActivationType: z.int(),
  isAddon: z.boolean(),
})

export type LicensedProduct = z.infer<typeof licensedProduct>

/** How a licence query ended: it answered, or with this HRESULT (upper-case `0x` and eight digits). */
export const licenceQuery = z.union([
  z.strictObject({ answers: z.literal(true) }),
  z.strictObject({ answers: z.literal(false), code: z.string(), message: z.string() }),
])

/** Windows licensing, read through a query filtered to the ApplicationID of Windows. */
export const windowsLicensePart = z.strictObject({
  query: licenceQuery,
  cmid: reading(z.guid().nullable()),
  rearmsLeft: reading(z.int().nonnegative()),
  skipRearm: reading(z.int().nullable()),
  products: reading(z.array(licensedProduct)),
  kms: reading(
    z.strictObject({
      machine: z.string().nullable(),
      port: z.int(),
      lookupDomain: z.string().nullable(),
      discovered: z.string().nullable(),
      setByPolicy: z.boolean(),
      activationType: z.int(),
      isHost: z.boolean(),
    }),
  ),
})

export type WindowsLicense = z.infer<typeof windowsLicensePart>

/** One Office found by registry, Click-to-Run configuration or OSPP folder. `rearmTool` is OSPPREARM.EXE as discovered. */
export const officeInstall = z.strictObject({
  release: z.enum(['2010', '2013', '2016', '2019', '2021', '2024', '365']),
  delivery: z.enum(['msi', 'click-to-run']),
  bits: z.union([z.literal(32), z.literal(64)]),
  products: z.array(z.string()),
  volume: z.boolean(),
  service: z.enum(['sppsvc', 'osppsvc']),
  folder: z.string(),
  rearmTool: z.string().nullable(),
})

export type OfficeInstall = z.infer<typeof officeInstall>

/** Office: installs, products with a key, and counters. Refused by the host after the Office rearm. */
export const officePart = z.strictObject({
  installs: z.array(officeInstall),
  query: licenceQuery,
  products: reading(z.array(licensedProduct)),
  cmid: reading(z.guid().nullable()),
  rearmsLeft: reading(z.int().nonnegative().nullable()),
  running: z.array(z.string()),
})

export type Office = z.infer<typeof officePart>

const fileFact = z.strictObject({ path: z.string(), bytes: z.int(), sha256: z.string(), modified: z.iso.datetime() })

/** Every place the licence store can be, with what lies there. Source: KB 2736303; kms.md 6. */
export const tokensPart = z.strictObject({
  stores: z.array(z.strictObject({ folder: z.string(), file: fileFact.nullable(), backups: z.array(fileFact) })),
})

/** What the target itself says of the vDisk it runs from. The registry value proves an attached disk, never the boot source:
 *  `systemVolumeOnVdisk` is the system volume's own disk. Source: pvs.md 6.3. */
export const pvsPart = z.strictObject({
  attached: reading(z.boolean()),
  writeCacheType: reading(z.int().nullable()),
  diskName: reading(z.string().nullable()),
  personality: reading(z.strictObject({ present: z.boolean(), diskName: z.string().nullable() })),
  systemVolumeOnVdisk: reading(z.boolean()),
  deviceService: z.boolean(),
})

/** Everything that makes Windows want a reboot, and services that could cause one. */
export const updatesPart = z.strictObject({
  pendingReboot: reading(z.array(z.string())),
  installerRunning: reading(z.boolean()),
  staged: reading(z.array(z.string())),
  services: z.array(z.strictObject({ name: z.string(), state: serviceState, startMode: z.string() })),
})

/** What could undo or hinder the preparation: encryption, password changes, other tools. */
export const securityPart = z.strictObject({
  bitLocker: reading(z.enum(['decrypted', 'encrypted', 'encrypting', 'decrypting'])),
  machinePasswordChangeDisabled: reading(z.boolean()),
  otherRearmTool: z.array(z.string()),
})

/** Facts of Get-VdpTargetState: only the parts that were asked for. `at` is the target's own clock (UTC). */
export const targetState = z.strictObject({
  at: z.iso.datetime(),
  act: actReport,
  officeRearmed: z.boolean(),
  os: osPart.optional(),
  boot: bootPart.optional(),
  identity: identityPart.optional(),
  service: servicePart.optional(),
  windowsLicense: windowsLicensePart.optional(),
  office: officePart.optional(),
  tokens: tokensPart.optional(),
  pvs: pvsPart.optional(),
  updates: updatesPart.optional(),
  security: securityPart.optional(),
})

export type TargetState = z.infer<typeof targetState>
