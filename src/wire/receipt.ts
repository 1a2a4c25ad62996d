import { z } from 'zod'

/** What a host keeps of one act: written before the act starts and completed when it ends.
 *  `alive` tells whether the process that started it still runs; `ended` null and dead means nobody knows how it went. */
export const receipt = z.strictObject({
  effect: z.string(),
  op: z.string(),
  fence: z.int().positive(),
  pid: z.int(),
  started: z.iso.datetime(),
  ended: z.iso.datetime().nullable(),
  alive: z.boolean(),
  error: z.string().nullable(),
  /** The scalar facts of the act's answer (`successLine`, `program.exitCode`, `taskId`), for a caller who lost the answer itself. */
  result: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).nullable(),
})

export type Receipt = z.infer<typeof receipt>

/** Receipts this host holds since its last boot, and the highest fence it has accepted. */
export const actReport = z.strictObject({ fence: z.int().nonnegative(), receipts: z.array(receipt) })

export type ActReport = z.infer<typeof actReport>
