/** A task of the farm. `state` 0 processing, 1 cancelled, 2 complete. Source: pvs.md 4.6. */
export interface FarmTask {
  readonly id: string
  readonly command: string
  readonly started: number
  readonly lasts: number
  state: 0 | 1 | 2
  error: { readonly returnCode: number; readonly message: string; readonly details: string } | null
}

/** How far a task has come, as Get-PvsTaskStatus says it while it runs. */
export function percentOf({ started, lasts }: FarmTask, now: number): number {
  return Math.max(0, Math.min(99, Math.floor((100 * (now - started)) / lasts)))
}
