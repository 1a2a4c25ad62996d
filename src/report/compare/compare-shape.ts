import { z } from 'zod'

const told = z.strictObject({
  run: z.string(),
  vdisk: z.string().nullable(),
  kind: z.enum(['passport', 'unverified', 'report']),
  says: z.string(),
})

const row = z.strictObject({
  what: z.string(),
  one: z.string().describe('Empty: this run has none.'),
  other: z.string().describe('Empty: this run has none.'),
})

/** One value of two runs side by side; empty where a run has none. */
export type Row = Readonly<z.infer<typeof row>>

/** What `report --compare --json` writes: two runs side by side. Times are left out: those differ always. */
export const comparison = z.strictObject({
  format: z.literal('vdiskprep-compare/1'),
  one: told,
  other: told,
  differs: z.array(row),
  same: z.array(row),
})
