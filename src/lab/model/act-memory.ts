/** What a host keeps of one act, as the wire's receipt has it, times in farm milliseconds. */
export interface ActRow {
  readonly effect: string
  readonly op: string
  readonly fence: number
  readonly pid: number
  readonly started: number
  ended: number | null
  alive: boolean
  error: string | null
  result: Record<string, string | number | boolean | null> | null
}

/** A host's memory of acts: the highest fence of each run, and the receipts. On a target it is gone with the boot. */
export interface ActMemory {
  readonly fences: Map<string, number>
  readonly acts: ActRow[]
}

/** Nothing remembered. */
export function freshMemory(): ActMemory {
  return { fences: new Map(), acts: [] }
}
