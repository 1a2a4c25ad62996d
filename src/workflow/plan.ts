/** The steps of a run by name, in the order of the article; 6 and 7 may come before 5. */
export const STEPS = [
  'preflight',
  'createVDisk',
  'cleanTokens',
  'installWindowsKey',
  'activateWindows',
  'rearmWindows',
  'installOfficeKey',
  'rearmOffice',
  'sealVDisk',
  'verify',
  'release',
] as const

export type StepName = (typeof STEPS)[number]

/** Risks that a workflow file may accept by name. */
export const RISKS = [
  'order',
  'officeLicences',
  'updateWithoutCanaries',
  'singleCanary',
  'maintenanceVersion',
  'imagingWizard',
] as const

export type Risk = (typeof RISKS)[number]

/** What can go wrong when a risk is accepted by name, one sentence each. */
export const RISK_MEANINGS: Readonly<Record<Risk, string>> = {
  order:
    'Windows is rearmed before an Office that shares its licensing service: key and rearm of Office may meet 0xC004D302 until a reboot, ' +
    'and a reboot costs the Windows rearm. That it must fail is inferred from what BIS-F does.',
  officeLicences:
    'Rebuilding the licence store on Windows 8 and later drops the licences of Office; only those of Windows are brought back.',
  updateWithoutCanaries: 'Nothing shows that the clones of the sealed disk differ; the run ends sealed-unverified.',
  singleCanary:
    'One canary cannot show that clones differ: after a lost rearm all share one new CMID. The result is marked weaker.',
  maintenanceVersion:
    'No public source shows that PVS prepares a disk for KMS when a version is promoted: only the canaries can tell.',
  imagingWizard: 'The silent options of the Imaging Wizard are not documented; its success is read from its log.',
}

/** What a run is for; it decides which steps are needed. */
export const SCENARIOS = [
  'new-base-image',
  'update-image',
  'maintenance-version',
  'copied-image',
  'repair-activation',
  'verify-only',
] as const

export type Scenario = (typeof SCENARIOS)[number]

/** One script around a step. `mayReboot` true is refused inside the no-reboot window. Exit codes outside `success` hold the run. */
export interface Hook {
  readonly name: string
  readonly on: 'target' | 'pvs' | 'local'
  readonly script: string
  readonly parameters: Readonly<Record<string, string>>
  readonly timeoutMs: number
  readonly success: readonly number[]
  readonly effect: 'none' | 'idempotent' | 'once'
  readonly mayReboot: boolean
}

/** How patient a step is. Times in milliseconds of farm time; `tolerate` are HRESULTs that do not stop it. */
export interface StepPolicy {
  readonly attempts: number
  readonly backoffMs: number
  readonly pollMs: number
  readonly deadlineMs: number
  readonly tolerate: readonly string[]
}

/** A person has to agree before a step changes anything. */
export interface Approval {
  readonly anotherPerson: boolean
  readonly reason: string | null
}

/** A target device: one machine with two names. */
export interface DeviceRef {
  /** Name of the host in the inventory, by which it is reached. */
  readonly host: string
  /** Name of the device record in PVS. */
  readonly device: string
}

/** One finding of the doctor that a run mends instead of preparing the vDisk. `leftBy` is the earlier run that left the trouble and wrote it
 *  down, where only that makes it ours; `backup` the file it wrote down. */
export interface Mend {
  readonly check: string
  readonly host: string
  readonly leftBy: string | null
  readonly backup: { readonly backup: string; readonly sha256: string; readonly bytes: number } | null
}

/** What an earlier run of the journal, which sealed this vDisk, knows of it. CMIDs are those of the image before its rearm; `version` is the
 *  one that run made. */
export interface SealedBy {
  readonly run: string
  readonly version: number | null
  readonly windowsCmid: string | null
  readonly officeCmid: string | null
}

/** What to do for one vDisk, resolved from workflow and inventory: no references, no defaults left, no secrets. Pure data. */
export interface Plan {
  readonly title: string
  readonly scenario: Scenario
  /** `inventory` is the file that says how to reach the hosts; a resumed run reads it again. `simulated` when a lab wrote it. */
  readonly source: {
    readonly file: string
    readonly inventory: string
    readonly procedure: string
    readonly hash: string
    readonly simulated?: true
  }
  readonly farm: { readonly name: string; readonly site: string; readonly server: string; readonly servers: readonly string[] }
  readonly vdisk: {
    readonly store: string
    readonly name: string
    readonly create: 'existing' | 'imaging-wizard' | 'maintenance-version'
    readonly open: 'assigned-alone' | 'in-place'
    readonly sizeMiB: number | null
    /** The Standard type to seal with; null keeps what the disk had before it was opened. */
    readonly cache: { readonly type: number; readonly sizeMiB: number } | null
  }
  readonly target: DeviceRef
  readonly canaries: readonly DeviceRef[]
  readonly kmsHost: string | null
  readonly kms: { readonly machine: string | null; readonly port: number | null }
  readonly windows: {
    /** The Windows that the file expects, by the name it gives itself ("Windows 11 Enterprise"); null or absent: any. */
    readonly os?: string | null
    /** A public key, or where a site's own is found and its last five (wire/own-key.ts); null: the public key of the edition found. */
    readonly key: string | null
    readonly replaceChannel: readonly string[]
    readonly activation: 'test' | 'skip'
    readonly rearm: 'always' | 'never' | 'auto'
  }
  readonly office: {
    readonly present: 'auto' | 'none'
    /** Keys by product id as Office names it (ProPlus2021Volume, VisioPro2021Volume); empty takes the public one of each. Keys as in `windows`. */
    readonly keys: Readonly<Record<string, string>>
    readonly rearm: 'always' | 'never' | 'auto'
  }
  readonly cleanTokens: 'auto' | 'always' | 'ifBroken' | 'never'
  readonly order: 'auto' | 'article' | 'officeFirst'
  readonly acceptRisk: readonly Risk[]
  readonly seal: {
    readonly offDwellMs: number
    readonly driverProbe: 'state' | 'mount'
    readonly licenseMode: 0 | 1 | 2
    readonly replicate: 'shared' | 'hook' | 'operator'
  }
  readonly verify: {
    readonly minimum: number
    readonly expedite: boolean
    readonly deadlineMs: number
    readonly kmsHostProof: boolean
    /** The version that canaries have to boot where only clones are looked at; absent: the one that PVS offers them. */
    readonly version?: number
    /** Whether the copies of the vDisk's files are compared byte by byte; absent: by size and time. */
    readonly copies?: 'content'
    /** What becomes of a version whose clones prove it wrong; absent: it stays. */
    readonly onFailure?: 'revert'
    /** Only in the plan of a run that looks at clones of a vDisk which this journal knows. */
    readonly sealedBy?: SealedBy
  }
  readonly release: { readonly mode: 'manual' | 'reenable' | 'assign'; readonly devices: readonly string[] }
  readonly waive: readonly { readonly check: string; readonly reason: string }[]
  readonly hooks: Readonly<Partial<Record<StepName, { readonly before: readonly Hook[]; readonly after: readonly Hook[] }>>>
  readonly approvals: Readonly<Partial<Record<StepName, Approval>>>
  /** Only in the plan of a run that mends one finding and does nothing else. */
  readonly mend?: Mend
  readonly policy: Readonly<Record<StepName, StepPolicy>>
}
