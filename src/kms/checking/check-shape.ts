import { z } from 'zod'

const record = z.strictObject({ host: z.string(), port: z.int(), priority: z.int(), weight: z.int() })
const records = z.union([z.array(record), z.strictObject({ unknown: z.string() })])
const verdict = z.enum(['pass', 'warn', 'fail', 'unknown', 'na'])
const count = z.int().nonnegative()

/** What `kms check --json` prints. Fields are only ever added; what a field means changes with the number in `format` alone. */
export const kmsCheck = z
  .strictObject({
    format: z.literal('vdiskprep-kms-check/1').describe('Name and version of this form.'),
    at: z.iso.datetime().describe('When it was asked; farm time of a simulated farm.'),
    exitCode: z.int().describe('The exit code of the command: 0, 4 (something that matters is not known) or 5 (a check failed).'),
    domains: z
      .array(z.strictObject({ domain: z.string(), records }))
      .describe('SRV records _vlmcs._tcp as this machine finds them.'),
    hosts: z
      .array(
        z.strictObject({
          host: z.string(),
          port: z.int(),
          by: z.enum(['dns', 'name']),
          addresses: z.array(z.string()),
          open: z.boolean().nullable(),
          milliseconds: z.int().nullable(),
          why: z.string().nullable(),
        }),
      )
      .describe('KMS hosts as this machine reaches them.'),
    targets: z
      .array(
        z.strictObject({
          host: z.string(),
          records: z.union([z.array(record.extend({ domain: z.string() })), z.strictObject({ unknown: z.string() })]),
        }),
      )
      .describe('SRV records as targets find them.'),
    tally: z.strictObject({ pass: count, warn: count, fail: count, unknown: count, na: count }),
    findings: z
      .array(
        z.strictObject({
          check: z.string(),
          host: z.string(),
          severity: z.enum(['fail', 'warn']),
          verdict,
          says: z.string(),
          effect: z.string().nullable(),
          remedy: z.array(z.string()),
        }),
      )
      .describe('Worst first.'),
  })
  .meta({ title: 'vdiskprep kms check', description: 'Whether the KMS hosts can be found, reached and asked.' })

export type KmsCheck = z.infer<typeof kmsCheck>
