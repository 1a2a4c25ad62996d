import type { SurfaceCalls } from './surface.ts'

/** A value as CIM or the registry holds it; a Date arrives in PowerShell as a [datetime]. */
export type Cell = string | number | boolean | Date | null | readonly Cell[] | { readonly [name: string]: Cell }

/** One CIM instance: the properties it has, and no others. */
export type CimRow = Readonly<Record<string, Cell>>

/** A service of a Windows, in the words of Win32_Service. */
export interface ServiceRow {
  readonly Name: string
  readonly State: 'Running' | 'Stopped' | 'Start Pending' | 'Stop Pending'
  readonly StartMode: 'Boot' | 'System' | 'Auto' | 'Manual' | 'Disabled'
  readonly StartName: string | null
  readonly ProcessId: number
  readonly ExitCode: number
}

/** A file: its content by size and hash, and its text where somebody reads it. `modified` in milliseconds of the machine's clock. */
export interface FileEntry {
  readonly bytes: number
  readonly sha256: string
  readonly modified: number
  readonly text?: string
}

/** One event as Get-WinEvent gives it; `Properties` are the values alone. */
export interface EventRow {
  readonly log: string
  readonly provider: string
  readonly Id: number
  readonly RecordId: number
  readonly TimeCreated: Date
  readonly Message: string
  readonly Properties: readonly Cell[]
}

/** What a native program did. */
export interface ProgramEnd {
  readonly exitCode: number | null
  readonly output: string
  readonly timedOut: boolean
}

/** How a native program was started; `environment` only holds what was added. */
export interface ProgramStart {
  readonly program: string
  readonly arguments: readonly string[]
  readonly timeoutSeconds: number
  /** The text of the hook's file, where the program is PowerShell itself. */
  readonly hook?: string
}

/** What Get-CimInstance asks for. */
export interface CimQuestion {
  readonly class: string
  readonly namespace: string
  readonly filter: string | null
  readonly property: readonly string[] | null
}

/** Reads the instances of a class; null where such a Windows has no such class (0x80041010). The lab applies the filter itself. */
export type CimClass<D> = (desk: D, question: CimQuestion) => readonly CimRow[] | null | Promise<readonly CimRow[] | null>

/** One kind of Windows as agents see it. A class, key, folder or program that is not in here is unmodelled; `null` says that it is known
 *  to be absent. */
export interface Windows<D> {
  /** Classes of root/cimv2 by name, others as `namespace:Class` with the namespace in lower case. */
  readonly cim: Readonly<Record<string, CimClass<D>>>
  /** Methods as `Class.Method`; answers the out parameters. `id` is the instance's ID property, where it has one. */
  readonly methods: Readonly<Record<string, (desk: D, args: Readonly<Record<string, unknown>>, id: string | null) => unknown>>
  /** Keys (beginning with HKLM or HKU) with their values; null: such a key is not there. Keys above one are there too. */
  readonly registry: (desk: D) => Readonly<Record<string, Readonly<Record<string, Cell>> | null>>
  /** Takes a value away; answers false where the lab does not know how. */
  readonly removeValue: (desk: D, key: string, name: string) => boolean
  /** Files by full path. */
  readonly files: (desk: D) => Readonly<Record<string, FileEntry>>
  /** Files and folders below which the lab knows everything: what `files` does not name there is not there. */
  readonly places: readonly string[]
  readonly moveFile: (desk: D, path: string, to: string) => boolean
  readonly removeFile: (desk: D, path: string) => boolean
  readonly services: (desk: D) => readonly ServiceRow[]
  readonly setService: (desk: D, name: string, state: 'Running' | 'Stopped') => void | Promise<void>
  /** Events of the logs the lab keeps, in order. */
  readonly events: (desk: D) => readonly EventRow[]
  /** Programs by file name in lower case. */
  readonly programs: Readonly<Record<string, (desk: D, start: ProgramStart) => Promise<ProgramEnd>>>
  /** Milliseconds of the machine's own clock. */
  readonly now: (desk: D) => number
  /** Language of the user interface. */
  readonly culture: (desk: D) => string
  /** Anything else, by the full name of the call. */
  readonly more: SurfaceCalls<D>
}
