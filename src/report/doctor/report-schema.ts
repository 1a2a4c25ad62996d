import { z } from 'zod'

const verdict = z.enum(['pass', 'warn', 'fail', 'unknown', 'na'])

const count = z.int().nonnegative()

const finding = z.strictObject({
  check: z.string().describe('Id of the check; docs/checks.md tells what it reads and when it is not content.'),
  title: z.string().describe('What the check looks at.'),
  group: z.string().describe('What the check is about: target, windows, office, pvs, disk or kms.'),
  severity: z.enum(['fail', 'warn']).describe('How grave it is when the check is not content; warn never holds a run.'),
  host: z.string().describe('The host the finding is about, or the farm where no single host is.'),
  vdisks: z.array(z.string()).describe('Titles of the vDisks of which it is said.'),
  verdict: verdict.describe('na: the question does not arise, and says tells why.'),
  waived: z.string().nullable().describe('The reason for which the workflow waives this check; null: it does not.'),
  says: z.string().describe('What was found, with the values that decided.'),
  because: z
    .string()
    .nullable()
    .describe('Of an unknown: the check whose trouble keeps this one from being judged, and which decides; null otherwise.'),
  effect: z.string().nullable().describe('What it means for the vDisk; null where all is well.'),
  remedy: z.array(z.string()).describe('What to do, one step or command an entry.'),
  fix: z.string().nullable().describe('What `doctor --fix CHECK` would do about it; null: nothing, a person has to.'),
  source: z.string().describe('Where the knowledge comes from.'),
})

const recorded = z
  .strictObject({
    left: count.describe('What it came to when that run had begun its rearm, where it began one; else as read.'),
    read: count.describe('What the run read.'),
    at: z.iso.datetime().describe('When, by the clock of the run.'),
    run: z.string(),
  })
  .nullable()
  .describe('Null: no run of the store that was asked read it.')

const recordedRearms = z
  .strictObject({ windows: recorded, office: recorded })
  .describe(
    'The last rearm counters that runs of the store wrote down of this vDisk: a record, never a fact of now; no finding rests on it. What a host says of now stands in the findings of rearm.windows and rearm.office.',
  )

const lastLook = z
  .strictObject({
    run: z.string(),
    at: z.iso.datetime().describe('When that run ended, by its clock.'),
    outcome: z.string().describe('How it ended.'),
    stale: z.boolean().describe('A later run has sealed the image anew: the look says nothing of it.'),
    fault: z
      .strictObject({
        code: z.string().describe('docs/faults.md.'),
        says: z.string(),
        effect: z.string(),
        remedy: z.array(z.string()),
      })
      .nullable()
      .describe('Of a run that failed: why.'),
  })
  .nullable()
  .describe(
    'The last run of the store that looked at clones of this vDisk: a record, which no check sees and no finding rests on; null: none did.',
  )

/** What `doctor --json` prints. Fields are only ever added; what a field means changes with the number in `format` alone. */
export const doctorReport = z.strictObject({
  format: z.literal('vdiskprep-doctor/1').describe('Name and version of this form.'),
  program: z.string().describe('Version of the program.'),
  file: z.string().describe('The workflow file.'),
  at: z.iso.datetime().describe('When the hosts were asked, by the clock of this machine.'),
  milliseconds: count.describe('How long it took.'),
  exitCode: z.int().describe('The exit code of the command: 0, 4 (something is not known) or 5 (a check failed).'),
  checks: count.describe('How many checks were asked.'),
  tally: z
    .strictObject({ pass: count, warn: count, fail: count, unknown: count, na: count })
    .describe('How many findings of each verdict.'),
  vdisks: z
    .array(
      z.strictObject({
        title: z.string().describe('Its title in the workflow.'),
        scenario: z.string().describe('What a run would do.'),
        farm: z.string().describe('The PVS farm.'),
        site: z.string().describe('Its site.'),
        store: z.string().describe('The store.'),
        name: z.string().describe('Name of the vDisk in the store.'),
        recordedRearms,
        lastLook,
      }),
    )
    .describe('The vDisks of the file.'),
  findings: z.array(finding).describe('Host by host, the worst host and the worst finding first.'),
})

export type DoctorReport = z.infer<typeof doctorReport>

/** Which run last looked at clones of one vDisk, and what it failed by. */
export type LastLook = z.infer<typeof lastLook>

/** What runs wrote down of the rearm counters of one vDisk. */
export type RecordedRearms = z.infer<typeof recordedRearms>
