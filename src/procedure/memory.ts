import type { OfficeInstall } from '../wire/operations/target-state.ts'
import type { BootMark } from './reboots.ts'
import type { Undo } from './undo.ts'

type Product = { readonly name: string; readonly activationId: string; readonly partialKey: string | null }

/** The vDisk as it was found, and what it is to become. */
export interface DiskMemory {
  readonly guid: string
  readonly name: string
  readonly writeCacheType: number
  readonly writeCacheSizeMiB: number
  readonly licenseMode: 0 | 1 | 2
  readonly serverName: string | null
  readonly sealedBefore: boolean
  /** The Standard type and size to seal with. */
  readonly sealAs: { readonly writeCacheType: number; readonly writeCacheSizeMiB: number } | null
}

/** The record of the prep device, as found in the farm. */
export interface DeviceMemory {
  readonly id: string
  readonly name: string
  readonly mac: string
}

/** How a hook ended that is done with: by an exit code that counts as success, or because a person took it as done. */
export interface HookEnd {
  readonly name: string
  readonly ended: 'succeeded' | 'taken-as-done'
  readonly code: number | null
  /** The evidence, as a sentence. */
  readonly says: string
}

/** A canary as it proved itself. Moments are ISO 8601 by its own clock; ids are lower case. */
export interface CloneMemory {
  readonly host: string
  readonly canary: string
  readonly booted: string
  readonly cmid: string
  readonly status: number
  readonly kms: string | null
  /** Activation ids of its Windows products with a key: a request for any other is an Office product's. */
  readonly windowsIds: readonly string[]
  /** CMIDs that it sent for Office, when it answered was heard, and the count the KMS host gave; empty or null before they were read. */
  readonly officeCmids: readonly string[]
  readonly answered: string | null
  readonly count: number | null
  /** The channel of its Windows key, told where it is not KMS. */
  readonly channel?: string
}

/** How far the events of the KMS host were read back. */
export interface HeardMemory {
  /** Canaries whose CMID the host has logged. */
  readonly canaries: readonly string[]
  /** What is older was read; null: nothing was read to its end yet. */
  readonly since: string | null
  /** The next page ends here; null: the next look begins at the newest event. */
  readonly until: string | null
  /** The newest event of the pages that are being read. */
  readonly newest: string | null
}

/** How far the copies of a vDisk's files were compared byte by byte. */
export interface ContentMemory {
  /** The servers by host name, and the files as they were alike on all of them when this began. */
  readonly hosts: readonly string[]
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly modified: string }[]
  /** Bytes that were found alike, counted through the files in their order. */
  readonly alike: number
}

/** What a run has learnt and must not forget: small, part of the snapshot; whole facts stand in the journal only. */
export interface Memory {
  readonly disk: DiskMemory | null
  readonly device: DeviceMemory | null
  /** Guid of the disk that this run made. */
  readonly made: string | null
  /** The prep device has booted the disk read/write: nobody else gets it before the release. */
  readonly touched: boolean
  /** The maintenance version that this run made. */
  readonly version: number | null
  readonly otherDevices: readonly DeviceMemory[]
  readonly canaries: Readonly<Record<string, DeviceMemory>>
  readonly os: {
    readonly caption: string
    readonly build: number
    readonly editionId: string
    readonly kind: 'client' | 'server'
  } | null
  readonly order: { readonly sequence: 'officeFirst' | 'article'; readonly because: string } | null
  readonly rearm: { readonly wanted: boolean; readonly because: string } | null
  readonly officeInstalls:
    | readonly {
        readonly release: OfficeInstall['release']
        readonly delivery: string
        readonly service: 'sppsvc' | 'osppsvc'
        readonly products: readonly string[]
        readonly volume: boolean
        readonly rearmTool: string | null
        readonly folder: string
      }[]
    | null
  readonly officeKeysChanged: boolean
  readonly products: readonly Product[]
  readonly tokens: { readonly backup: string; readonly sha256: string; readonly bytes: number } | null
  readonly windows: {
    readonly cmidBefore: string | null
    readonly rearmsBefore: number | null
    readonly rearmsAfter: number | null
    readonly key: string | null
    readonly activatedBy: string | null
    readonly activation: 'licensed' | 'tolerated' | 'skipped' | null
  }
  readonly office: {
    readonly cmidBefore: string | null
    readonly rearmsBefore: number | null
    readonly rearmed: boolean
    readonly keys: readonly { readonly product: string; readonly lastFive: string }[]
  }
  /** Stands from the proof before the first rearm until the target is proved off: the boot that must last. */
  readonly window: BootMark | null
  /** Since when the target was seen off at every look, and the last look; the PVS server's clock. */
  readonly off: { readonly since: string; readonly seen: string } | null
  /** The server on which an act of this run mounted the disk and could not let go of it. */
  readonly ownMount: string | null
  readonly sealed: { readonly at: string; readonly diskGuid: string } | null
  readonly content: ContentMemory | null
  readonly clones: readonly CloneMemory[]
  readonly heard: HeardMemory | null
  /** A version of the vDisk whose clones have proved it wrong, and by which fault. */
  readonly unfit: { readonly version: number; readonly code: string } | null
  readonly weaker: readonly string[]
  /** Hooks that are done with, by place and number: `sealVDisk.after.1`. */
  readonly hooks: Readonly<Record<string, HookEnd>>
  /** A hook that may have asked for a reboot, and since when the target was seen to answer in its old boot; the target's clock. */
  readonly rebootDue: { readonly hook: string; readonly since: string } | null
  /** What PVS may still be doing when a person ends the run: nothing can be put back before it has ended. */
  readonly task: { readonly id: string; readonly what: string } | null
  readonly undo: readonly Undo[]
  /** What the run changed and does not put back, each with what a person may do about it. */
  readonly remains: readonly string[]
}

/** Nothing learnt yet. */
export const emptyMemory: Memory = {
  disk: null,
  device: null,
  made: null,
  touched: false,
  version: null,
  otherDevices: [],
  canaries: {},
  os: null,
  order: null,
  rearm: null,
  officeInstalls: null,
  officeKeysChanged: false,
  products: [],
  tokens: null,
  windows: { cmidBefore: null, rearmsBefore: null, rearmsAfter: null, key: null, activatedBy: null, activation: null },
  office: { cmidBefore: null, rearmsBefore: null, rearmed: false, keys: [] },
  window: null,
  off: null,
  ownMount: null,
  sealed: null,
  content: null,
  clones: [],
  heard: null,
  unfit: null,
  weaker: [],
  hooks: {},
  rebootDue: null,
  task: null,
  undo: [],
  remains: [],
}
