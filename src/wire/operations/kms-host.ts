import { z } from 'zod'
import { reading } from '../reading.ts'

/** Facts of Get-VdpKmsHostState: what the KMS host says of itself. */
export const kmsHostState = z.strictObject({
  at: z.iso.datetime(),
  products: reading(
    z.array(z.strictObject({ name: z.string(), description: z.string(), count: z.int(), required: z.int(), status: z.int() })),
  ),
  port: reading(z.int()),
  listening: reading(z.boolean()),
  publishesSrv: reading(z.boolean()),
})

export type KmsHostState = z.infer<typeof kmsHostState>

/** Facts of Get-VdpKmsRequests: 12290 events since a moment, oldest first. */
export const kmsRequests = {
  args: z.strictObject({ since: z.iso.datetime() }),
  facts: z.strictObject({
    at: z.iso.datetime(),
    requests: z.array(
      z.strictObject({
        at: z.iso.datetime(),
        code: z.string(),
        minimum: z.int().nullable(),
        client: z.string(),
        cmid: z.guid(),
        licenceStatus: z.int(),
        activationId: z.guid(),
      }),
    ),
  }),
}
