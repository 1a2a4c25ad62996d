import type { ActReport } from '../../wire/receipt.ts'
import type { ActMemory } from '../model/act-memory.ts'

/** Farm time as the wire writes it. */
export function iso(at: number): string {
  return new Date(at).toISOString()
}

/** A host's receipts, and the highest fence it has accepted from this run. */
export function actReport(memory: ActMemory, run: string): ActReport {
  return {
    fence: memory.fences.get(run) ?? 0,
    receipts: memory.acts.map(({ started, ended, ...row }) => ({
      ...row,
      started: iso(started),
      ended: ended === null ? null : iso(ended),
    })),
  }
}
