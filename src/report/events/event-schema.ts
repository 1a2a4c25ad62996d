import { z } from 'zod'
import { OUTCOMES } from '../../procedure/events.ts'
import { STEPS } from '../../workflow/plan.ts'

const text = z.string()
const texts = z.array(text).readonly()
const place = text.describe('Step and stage, with a dot between them.')
const step = z.enum([...STEPS, 'restoring'])
const effect = text.describe('Name of the act, unique in its run; the receipt on the host carries it.')
const fault = z
  .object({ code: text.describe('docs/faults.md'), details: z.record(text, z.unknown()).readonly() })
  .readonly()
  .describe('What went wrong, by name.')
const person = z
  .object({ login: text, host: text, claim: text.nullable().describe('What was said with --as.') })
  .readonly()
  .describe('Login and host by the operating system.')
const decision = z.enum(['approve', 'retry', 'mark-done', 'skip', 'abort', 'take-over'])
const outcome = z.enum(OUTCOMES)
const options = z
  .array(z.object({ name: text, label: text }).readonly())
  .readonly()
  .describe('Ways that --option may name.')

/** What each kind of event holds beside its place in the journal. */
const kinds = {
  'run.started': {
    plan: z.object({ title: text, scenario: text }).readonly().describe('What is to be done, resolved; no secrets.'),
    by: person,
    version: text,
  },
  'owner.claimed': { owner: text, by: person, fence: z.int(), resumed: z.boolean() },
  'owner.left': { owner: text, why: text },
  connected: { host: text, computer: text, fence: z.int(), agents: text, form: z.enum(['one-shot', 'by-hand']).optional() },
  'step.entered': { step, because: text },
  'step.skipped': { step, because: text },
  'step.done': { step },
  'stage.entered': { place, title: text },
  looked: { place, facts: z.unknown(), missing: z.record(text, fault).readonly() },
  judged: {
    place,
    is: text.describe('done, act, retry, hold, fail or unknown.'),
    because: texts,
    waitingFor: text.nullable(),
    deadlineMs: z.number().nullable(),
  },
  learnt: { place, learn: z.unknown().describe('What the run now knows beside what it knew.') },
  intended: { place, effect, what: text, host: text, op: text, args: z.unknown() },
  acted: { place, effect, end: z.enum(['answered', 'refused', 'in-doubt']), fault: fault.nullable(), facts: z.unknown() },
  settled: { place, effect, receipt: text },
  silent: { place, fault },
  'approval.wanted': { place, what: text, because: texts, anotherPerson: z.boolean() },
  held: { place, fault, because: texts, options, skippable: z.boolean() },
  decided: { place, decision, by: person, reason: text.nullable(), option: text.nullable() },
  'stage.done': { place, because: texts, skipped: z.boolean() },
  ending: { outcome, because: text, fault: fault.nullable() },
  'run.ended': { outcome },
} as const

const VERSION = z.literal(1).describe('Version of this form. Fields and types are only ever added to it.')

const stamp = {
  v: VERSION,
  run: text.describe('Id of the run.'),
  seq: z.int().positive().describe('Place in the journal of the run, from 1 without gaps.'),
  at: z.number().describe('Milliseconds since 1970, by the clock of the farm.'),
}

const event = <K extends keyof typeof kinds>(type: K) => z.object({ ...stamp, type: z.literal(type), ...kinds[type] })

const next = texts.describe('Commands that make sense now, as they are typed.')

/** Where a run stands when a command leaves it. */
const left = z.object({
  run: text.nullable().describe('Null when none was begun.'),
  begun: z
    .boolean()
    .optional()
    .describe('Whether this call began it. False: it was begun before, such as under the same --key, or none could be begun.'),
  title: text.describe('The vDisk as the workflow file calls it.'),
  state: z.enum(['running', 'stopped', 'held', 'approval', 'ended']).nullable(),
  outcome: outcome.nullable(),
  exit: z.int().describe('What the command would exit with if this were its only run.'),
  fault: fault.nullable().describe('Why it is held, why it ended so, or why the command left it.'),
  approval: text.nullable().describe('What a person is asked to allow.'),
  step: step.nullable().describe('The step it is in.'),
  next,
})

/** A failure of the command itself, or of its work on one run. */
const failure = z.object({
  v: VERSION,
  type: z.literal('fault'),
  run: text.nullable(),
  fault: text.describe('The code; docs/faults.md.'),
  details: z.record(text, z.unknown()),
  says: text,
  effect: text,
  remedy: texts,
})

/** The last line of a command that drives runs. */
const result = z.object({
  v: VERSION,
  type: z.literal('result'),
  exit: z.int().describe('The exit code of the command: the highest of those of its runs.'),
  why: z
    .enum(['done', 'timeout', 'interrupted'])
    .describe('Why the command left: its work was done, --timeout passed, or a signal came.'),
  runs: z.array(left),
})

/** After the result of `verify --since`: how a vDisk has moved since it was sealed. */
const drift = z.object({
  v: VERSION,
  type: z.literal('drift'),
  run: text.describe('The run that looked.'),
  since: z.unknown().describe('What it is compared with.'),
  drifts: z.array(z.unknown()),
})

/** One look of `verify --watch`. */
const fleet = z.object({
  v: VERSION,
  type: z.literal('fleet'),
  at: z.number().describe('When it was looked, milliseconds since 1970 by the clock of the farm.'),
  vdisks: z
    .array(
      z.object({
        title: text,
        where: text.describe('Farm and store.'),
        verdict: z.enum(['fail', 'unknown', 'warn', 'pass']),
        code: text.nullable().describe('The fault that was seen; docs/faults.md.'),
        says: text,
        last: z
          .object({ run: text, at: z.number(), outcome: text })
          .nullable()
          .describe('The last run that looked at its clones.'),
      }),
    )
    .describe('The worst first.'),
})

/** With `--by-hand`: what waits until people have carried it to a host; again whenever that has changed. */
const byHand = z.object({
  v: VERSION,
  type: z.literal('by-hand'),
  folder: text.describe('The folder that travels.'),
  hosts: z.array(
    z.object({
      host: text,
      type: text.describe('The line to be typed there; it answers all of its questions.'),
      questions: z.array(
        z.object({
          n: z.int().positive(),
          run: text,
          op: text.describe('docs/windows-surface.md'),
          does: text,
          act: z.boolean().describe('It changes the host.'),
          cost: text.nullable(),
          before: z.int().describe('How often the same was asked before.'),
        }),
      ),
    }),
  ),
})

/** One line of `--json` of run, resume, verify and doctor --fix, and of `show --json`. A reader passes over types and fields it does not
 *  know: they are only ever added under the same `v`. */
export const machineLine = z
  .discriminatedUnion('type', [
    event('run.started'),
    event('owner.claimed'),
    event('owner.left'),
    event('connected'),
    event('step.entered'),
    event('step.skipped'),
    event('step.done'),
    event('stage.entered'),
    event('looked'),
    event('judged'),
    event('learnt'),
    event('intended'),
    event('acted'),
    event('settled'),
    event('silent'),
    event('approval.wanted'),
    event('held'),
    event('decided'),
    event('stage.done'),
    event('ending'),
    event('run.ended'),
    failure,
    result,
    drift,
    fleet,
    byHand,
  ])
  .meta({ title: 'vdiskprep events', description: 'One line of what commands that drive runs print with --json.' })

export type MachineLine = z.infer<typeof machineLine>

export type LeftRun = z.infer<typeof left>
