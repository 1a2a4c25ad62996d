import type { EventRecord } from './event-log.ts'
import type { OfficeName } from './office-releases.ts'
import type { WindowsName } from './windows-releases.ts'

/** A product key as the service keeps it: the last five characters and how it was sold. */
export interface InstalledKey {
  readonly partial: string
  readonly channel: 'VOLUME_KMSCLIENT' | 'VOLUME_KMS_W' | 'VOLUME_MAK' | 'RETAIL' | 'TIMEBASED_EVAL'
}

/** LicenseStatus 0..6 and when that state runs out; null means never. Source: kms.md 3.2. */
export interface LicenceState {
  status: 0 | 1 | 2 | 3 | 4 | 5 | 6
  reason: string
  until: number | null
}

/** none: nothing; pending: rearmed, waiting for the next boot; stuck: booted, yet the store stays closed (world d302: persists). */
export type RearmState = 'none' | 'pending' | 'stuck'

/** Windows licensing as it lies in an image. */
export interface WindowsLicensing extends LicenceState {
  cmid: string
  rearmsLeft: number
  skipRearm: number | null
  rearm: RearmState
  key: InstalledKey | null
  /** HRESULT that every licence query answers while the store is damaged. */
  broken: string | null
  kms: {
    machine: string | null
    port: number
    lookupDomain: string | null
    discovered: string | null
    setByPolicy: boolean
    activationType: number
  }
  service: 'running' | 'stopped'
}

/** One product of Office with its licence; `key` null until one is installed. */
export interface OfficeProduct extends LicenceState {
  readonly product: string
  key: InstalledKey | null
}

/** Office as it lies in an image. */
export interface OfficeInstallation {
  readonly name: OfficeName
  readonly bits: 32 | 64
  /** False for retail or subscription products: nothing a KMS key fits. */
  readonly volume: boolean
  readonly service: 'sppsvc' | 'osppsvc'
  readonly products: OfficeProduct[]
  cmid: string
  rearmsLeft: number
  rearm: 'none' | 'pending'
  toolPresent: boolean
}

/** tokens.dat and what was made of it. */
export interface TokenFile {
  path: string
  bytes: number
  sha256: string
  modified: number
  /** What the store held when it was renamed: brought back with it. */
  licences: { windows: LicenceState & { key: InstalledKey | null }; office: OfficeProduct[] } | null
}

/** A Windows installation on a disk: everything a copy of the disk carries along. Plain data, so that a clone is a copy. */
export interface Image {
  readonly id: string
  readonly windows: WindowsName
  readonly edition: string
  readonly evaluation: boolean
  readonly language: string
  licensing: WindowsLicensing
  office: OfficeInstallation | null
  tokens: { file: TokenFile | null; backups: TokenFile[] }
  events: EventRecord[]
  updates: {
    pendingReboot: string[]
    installerRunning: boolean
    staged: string[]
    services: Record<string, { state: 'running' | 'stopped'; startMode: string }>
  }
  security: { bitLocker: 'decrypted' | 'encrypted'; machinePasswordChangeDisabled: boolean; otherRearmTool: string[] }
  fastStartup: boolean
  /** When the image was last rearmed and last prepared by PVS, as positions in the farm's ledger; the order of the two decides. */
  rearmedAt: number | null
  preparedAt: number | null
  /** Set when a person's Office touched licences between the Office rearm and the next boot. */
  officeTouched: boolean
}
