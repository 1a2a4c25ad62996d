import { z } from 'zod'

const seq = z.int().positive().describe('The line of the journal that says so.')
const at = z.iso.datetime().describe('When it was written down, farm time (UTC).')
const text = z.string()
const orNot = <S extends z.ZodType>(schema: S) => schema.nullable()

const person = z.strictObject({
  login: text.describe('Login of the operating system.'),
  host: text.describe('The machine he or she sat at.'),
  claim: orNot(text).describe('The name given with --as: a claim.'),
})

const counter = z.strictObject({
  value: z.int().nonnegative(),
  host: text.describe('The host that answered so.'),
  at,
  seq,
})

const rearms = z.strictObject({
  before: orNot(z.int().nonnegative()).describe('As last read on the target before the first rearm; null: not recorded.'),
  after: z
    .array(counter)
    .describe('Read later, by host; empty: not recorded. A rearmed image answers nothing before its next boot.'),
  asked: z.int().nonnegative().describe('How often a rearm was begun.'),
})

const clone = z.strictObject({
  canary: text,
  host: text,
  booted: text.describe('By its own clock.'),
  windowsCmid: text,
  officeCmids: z.array(text).describe('CMIDs that it sent for Office; empty: it has not asked.'),
  licensed: z.boolean(),
  status: z.int().describe('LicenseStatus of Windows; 1 is licensed.'),
  kmsHost: orNot(text),
  count: orNot(z.int()).describe('The count that the KMS host answered with; null: not recorded.'),
  answered: orNot(text).describe('When that answer came.'),
})

const step = z.strictObject({
  step: text,
  state: z.enum(['pending', 'running', 'done', 'skipped', 'held', 'failed']),
  because: z.array(text).describe('What it rests on.'),
  startedAt: orNot(at),
  endedAt: orNot(at),
})

const evidence = z.strictObject({
  seq,
  at,
  place: text.describe('Step and stage.'),
  verdict: text.describe('done, act, hold, fail or unknown.'),
  because: z.array(text).describe('The facts that decided.'),
  hosts: z
    .array(z.strictObject({ host: text, operation: text, at: orNot(text).describe('By the clock of the host.') }))
    .describe('Who was asked; empty: not recorded.'),
})

const reading = z.strictObject({
  seq,
  at,
  host: text,
  hostTime: orNot(text).describe('By the clock of the host.'),
  what: text,
  value: text,
})

const decision = z.strictObject({
  seq,
  at,
  place: text,
  decision: text,
  option: orNot(text),
  reason: orNot(text),
  by: person,
  answers: orNot(text).describe('The approval or the hold that it answers.'),
})

const trouble = z.strictObject({
  seq,
  at,
  place: text,
  is: z.enum(['held', 'refused', 'in doubt', 'no answer', 'ended']),
  code: orNot(text),
  says: text,
  effect: orNot(text),
  end: orNot(z.strictObject({ at, says: text })).describe('What became of it; null: nothing that is recorded.'),
})

/** What `report --json` writes of one run. Fields are only ever added; what a field means changes with the number in `format` alone. Null and
 *  empty lists mean: the journal holds nothing of it. */
export const passport = z.strictObject({
  says: text.describe('The first line of every form.'),
  kind: z
    .enum(['passport', 'unverified', 'report'])
    .describe('passport: the run proved its vDisk; unverified: it sealed it and proved nothing; report: neither.'),
  proof: z.boolean().describe('True for a passport of a real farm alone.'),
  simulated: z.boolean().describe('The farm was a simulated one: nothing here is about a real vDisk.'),
  format: z.literal('vdiskprep-passport/1').describe('Name and version of this form.'),
  program: text.describe('Version of the program that wrote it.'),
  journal: z
    .strictObject({
      run: text,
      lines: z.int().nonnegative(),
      head: text.describe('Hash of the last line; it covers all before it.'),
    })
    .describe('What this was made from; `audit verify FILE` compares.'),
  run: z.strictObject({
    title: text,
    scenario: orNot(text),
    file: orNot(text),
    procedure: orNot(text),
    plan: orNot(text).describe('Hash of the resolved workflow.'),
    program: orNot(text).describe('Version of the program that began it.'),
    by: orNot(person),
    startedAt: orNot(at),
    lastAt: orNot(at),
    state: text,
    outcome: orNot(text),
    because: orNot(text),
    weaker: z.array(text).describe('What makes the proof weaker.'),
  }),
  vdisk: z.strictObject({
    farm: orNot(text),
    site: orNot(text),
    store: orNot(text),
    name: orNot(text),
    guid: orNot(text),
    version: orNot(z.strictObject({ number: z.int().nonnegative(), known: text })).describe('`known`: by what.'),
    windows: orNot(text),
    build: orNot(z.int()),
    office: orNot(z.array(text)),
    sealedAt: orNot(text).describe('By the clock of the PVS server.'),
  }),
  order: orNot(z.strictObject({ steps: text, because: text })),
  rearm: orNot(z.strictObject({ wanted: z.boolean(), because: text })),
  keys: z.array(z.strictObject({ product: text, lastFive: text })),
  rearms: z.strictObject({ windows: rearms, office: rearms }),
  cmids: z.strictObject({
    windowsBefore: orNot(text),
    officeBefore: orNot(text),
    clones: z.array(clone),
  }),
  kms: z.strictObject({ activatedBy: orNot(text), activation: orNot(text) }),
  steps: z.array(step),
  evidence: z.array(evidence),
  readings: z.array(reading).describe('Values of the hosts, each when it was first seen and whenever it changed.'),
  agreed: z
    .array(z.strictObject({ what: text, why: orNot(text) }))
    .describe('Risks accepted, checks waived and approvals demanded in the file.'),
  decisions: z.array(decision),
  troubles: z.array(trouble),
  changes: z.array(z.strictObject({ seq, at, host: text, what: text, operation: text, end: text })),
  agents: z.array(z.strictObject({ seq, at, host: text, computer: text, bundle: text, form: text })),
  owners: z.array(z.strictObject({ seq, at, by: person, resumed: z.boolean() })),
  left: z.array(text).describe('What the run changed and has not put back.'),
  path: z.array(text).describe('States of the chart in the order in which the run took them.'),
  timeline: z.array(
    z.strictObject({ row: text, is: z.enum(['step', 'skipped', 'held', 'approval', 'undriven']), from: at, to: at }),
  ),
  settings: z.array(z.strictObject({ name: text, value: text })).describe('What the workflow asked for.'),
})

export type Passport = z.infer<typeof passport>
