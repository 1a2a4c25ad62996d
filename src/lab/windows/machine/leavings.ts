/** A scheduled task that an agent registered; `exitCode` null until it has ended. */
export interface LabTask {
  readonly name: string
  readonly command: string
  readonly words: string
  /** When Windows deletes it by itself, in milliseconds of the machine's clock. */
  readonly expires: number
  running: boolean
  exitCode: number | null
}

/** What agents leave on a host beside what the model knows of it. On a target device all of it is gone with the boot. */
export interface Leavings {
  /** Values under HKLM\SOFTWARE\vdiskprep, by name. */
  readonly volatile: Map<string, string>
  /** Text files by full path; `modified` in farm milliseconds. */
  readonly files: Map<string, { readonly text: string; readonly modified: number }>
  readonly folders: Set<string>
  readonly tasks: Map<string, LabTask>
  /** Services of which the model keeps no state, by name, where they are not as they were at the start. */
  readonly services: Map<string, 'Running' | 'Stopped'>
}

/** Nothing left behind yet. */
export function noLeavings(): Leavings {
  return { volatile: new Map(), files: new Map(), folders: new Set(), tasks: new Map(), services: new Map() }
}
