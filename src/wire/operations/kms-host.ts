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
  /** Further domains in which it publishes itself: `domain, priority, weight` each. */
  publishDomains: reading(z.array(z.string())).optional(),
  /** Kinds of network in which its own firewall is on. */
  firewall: reading(z.array(z.enum(['domain', 'private', 'public']))).optional(),
})

export type KmsHostState = z.infer<typeof kmsHostState>

/** Facts of Get-VdpKmsRequests: a page of events 12290, the newest from `since` to `until`, oldest first. `more`: there may be older ones, to
 *  be asked for with `until` a millisecond after the oldest of this page. `unread`: numbers of events without the known fields. */
export const kmsRequests = {
  args: z.strictObject({ since: z.iso.datetime(), until: z.iso.datetime().optional() }),
  facts: z.strictObject({
    at: z.iso.datetime(),
    more: z.boolean(),
    unread: z.array(z.int()),
    requests: z.array(
      z.strictObject({
        at: z.iso.datetime(),
        record: z.int(),
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
