/** A task of the farm. `state` 0 processing, 1 cancelled, 2 complete. Source: pvs.md 4.6. */
export interface FarmTask {
  readonly id: string
  readonly command: string
  readonly started: number
  readonly lasts: number
  state: 0 | 1 | 2
  error: { readonly returnCode: number; readonly message: string; readonly details: string } | null
}
