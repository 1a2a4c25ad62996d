import { z } from 'zod'

const moment = z.iso.datetime()
const kind = z.enum(['client', 'server', 'office', 'five', 'unknown'])

const product = z.strictObject({ activationId: z.guid(), name: z.string().nullable(), kind })

const machine = z.strictObject({
  cmid: z.guid(),
  clients: z.array(z.string()),
  hosts: z.array(z.string()),
  products: z.array(z.guid()),
  first: moment,
  last: moment,
  requests: z.int(),
  refused: z.int(),
  code: z.string(),
  status: z.int(),
  minimum: z.int().nullable(),
  counted: z.boolean(),
})

/** A run that met a CMID: its vDisk is named, no machine is taken for its clone by name alone. */
const seenIn = z.strictObject({
  run: z.string(),
  vdisk: z.string(),
  file: z.string().describe('The workflow file of that run.'),
  says: z.string().describe('How the run met it.'),
  canaries: z
    .array(z.string())
    .describe('Canaries of that run that drew it; they are counted as machines only where they asked as well.'),
})

const shared = z.strictObject({
  cmid: z.guid(),
  machines: z.int(),
  overlapping: z.boolean(),
  products: z.array(z.guid()),
  clients: z.array(z.strictObject({ client: z.string(), first: moment, last: moment, requests: z.int() })),
  seenIn: seenIn.nullable().describe('The newest run of the store that met this CMID; null: none did, or there is no store.'),
})

const threshold = z.strictObject({
  of: z.enum(['client', 'server', 'office']),
  needs: z.int(),
  missing: z.int(),
  fallsBelowIfSilent: moment.nullable(),
  fallsBelowIfRenewed: moment.nullable(),
})

const pool = z.strictObject({
  host: z.string(),
  pool: z.enum(['windows', 'office']),
  cmids: z.int(),
  count: z.int(),
  cap: z.int(),
  thresholds: z.array(threshold),
  forecast: z.array(z.strictObject({ inDays: z.int(), ifSilent: z.int(), ifRenewed: z.int() })),
})

/** What `kms report --json` prints. Fields are only ever added; what a field means changes with the number in `format` alone. Moments are UTC. */
export const kmsReport = z
  .strictObject({
    format: z.literal('vdiskprep-kms-report/1').describe('Name and version of this form.'),
    asOf: moment.describe('The moment it is told for: counts and "not seen" are as of then.'),
    from: moment.describe('The oldest request.'),
    to: moment.describe('The newest request.'),
    hosts: z.array(z.string()).describe('KMS hosts whose requests these are, by the name in their events.'),
    sources: z.array(z.string()).describe('Files and hosts that were read.'),
    read: z.strictObject({
      requests: z.int(),
      repeated: z.int(),
      otherEvents: z.int(),
      damaged: z.int(),
      damage: z.array(z.strictObject({ source: z.string(), line: z.int().nullable(), what: z.string() })),
      withoutHostTime: z.int(),
    }),
    machines: z.int().describe('Different names of machines.'),
    cmids: z.int().describe('Different client machine ids.'),
    shared: z
      .array(shared)
      .describe('CMIDs that several machines used: clones of an image whose preparation was lost. A host counts each once.'),
    redrawn: z.array(z.strictObject({ client: z.string(), cmids: z.int() })).describe('Machines that used several CMIDs.'),
    unseen: z
      .array(
        z.strictObject({
          client: z.string(),
          last: moment,
          cmid: z.guid(),
          role: z.string().nullable().describe('What runs of the store use a machine of this name for; null: nothing.'),
        }),
      )
      .describe('Machines without a request for 30 days.'),
    editions: z
      .array(product.extend({ minimum: z.int().nullable(), machines: z.int(), cmids: z.int(), counted: z.int() }))
      .describe('By activation id; counted: CMIDs of the last 30 days.'),
    pools: z.array(pool).describe('The counts of each host, computed from its events; forecast and fallsBelow are a model.'),
    days: z
      .array(z.strictObject({ day: z.iso.date(), requests: z.int(), windows: z.int(), office: z.int() }))
      .describe('Requests of each day, and the CMIDs that the hosts remembered at its end.'),
    refused: z
      .array(z.strictObject({ code: z.string(), requests: z.int(), machines: z.int() }))
      .describe('By HRESULT of the answer.'),
    table: z.array(machine).describe('One entry for each CMID.'),
  })
  .meta({ title: 'vdiskprep kms report', description: 'Who asked a KMS host, as its events 12290 tell it.' })

export type KmsReport = z.infer<typeof kmsReport>
