import { z } from 'zod'
import { DEFAULTS } from './defaults.ts'
import { block, blocks, choice, count, duration, flag, FORMS, text } from './fields.ts'
import { STEPS, type StepName } from './plan.ts'

/** What each step is called where a person reads it. */
export const STEP_TITLES: Readonly<Record<StepName, string>> = {
  preflight: 'Step 0, the checks before the first change',
  createVDisk: 'Step 1, create or open the vDisk',
  cleanTokens: 'Step 2, clean the licence store',
  installWindowsKey: 'Step 3, the KMS client key of Windows',
  activateWindows: 'Step 4, test activation of Windows',
  rearmWindows: 'Step 5, rearm Windows',
  installOfficeKey: 'Step 6, the KMS client keys of Office',
  rearmOffice: 'Step 7, rearm Office',
  sealVDisk: 'Step 8, shut down and seal the vDisk',
  verify: 'Step 9, prove it on canaries',
  release: 'Step 10, release to production',
}

/** The same field for every step, with the step's title as its description. */
function perStep<S extends z.ZodType>(field: S): Record<StepName, z.ZodOptional<S>> {
  const entries = STEPS.map((step) => [step, field.meta({ description: `${STEP_TITLES[step]}.` }).optional()])
  return Object.fromEntries(entries) as Record<StepName, z.ZodOptional<S>>
}

const CODE = /^0x[0-9A-Fa-f]{8}$/

const policyFields = {
  attempts: count('How often the step is tried before it holds. A rearm is never repeated, whatever stands here.', {
    min: 1,
    max: 100,
  }),
  backoff: duration('The wait before the next attempt.', { examples: ['30s'] }),
  poll: duration('How often a state that is waited for is asked.', { examples: ['5s'] }),
  deadline: duration('How long the step may take before it holds.', { examples: ['15m'] }),
  tolerate: z
    .array(z.string({ error: 'a result code: 0xC004F038' }).regex(CODE, { error: 'a result code: 0xC004F038' }), {
      error: FORMS.list,
    })
    .meta({ description: 'Result codes of licensing that do not stop the step; the result is then not "verified".' })
    .optional(),
}

/** `policy:` of a file. `default` goes below every step that does not say otherwise. */
export const policies = block('How patient each step is.', {
  default: block('For every step that has no entry of its own.', policyFields),
  ...perStep(z.strictObject(policyFields, { error: FORMS.block })),
})

const approval = z.union(
  [
    z
      .boolean()
      .meta({ description: 'true: somebody has to approve; false: no approval although an extended file asks for one.' }),
    z
      .strictObject({
        anotherPerson: flag('Whether it has to be another login than the one that started the run.', { default: false }),
        reason: text('What the approver is asked.'),
      })
      .meta({ description: 'An approval with conditions.' }),
  ],
  { error: 'true, or a block with anotherPerson and reason' },
)

/** `approvals:` of a file: steps before which a person is asked. */
export const approvals = block('Steps before which a person has to approve.', perStep(approval))

const hookFields = {
  name: text('What people see of it.', { examples: ['Install updates'] }),
  on: choice('Where it runs: on the prep device, on the PVS server, or here.', ['target', 'pvs', 'local']),
  run: text(
    'The script itself: PowerShell on target and pvs, one command line for local, run in the folder of the workflow file.',
  ),
  file: text('A file that holds the script, relative to the workflow file. Instead of "run".', {
    examples: ['hooks/update.ps1'],
  }),
  parameters: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()], { error: FORMS.text }), {
      error: 'names with a text each',
    })
    .meta({
      description:
        'Named parameters of the script; for local, environment variables VDP_name. They are recorded: never a secret.',
    })
    .optional(),
  timeout: duration('How long it may run, at most 4h; then it is stopped, and the run holds.', {
    default: DEFAULTS.hook.timeout,
  }),
  success: z
    .array(z.int({ error: FORMS.count }), { error: 'a list of exit codes: [0, 3010]' })
    .meta({ description: 'Exit codes that count as success; any other holds the run.', default: DEFAULTS.hook.success })
    .optional(),
  effect: choice(
    'What it changes: nothing, something that may be done again, or something that may be done once (then never repeated unasked).',
    ['none', 'idempotent', 'once'],
    { default: DEFAULTS.hook.effect },
  ),
  mayReboot: flag(
    'Whether it may restart the prep device: then the run waits until it is back, or has stayed up for a minute. On the target true unless said otherwise; between the first rearm and the seal it has to be declared false.',
  ),
}

const around = z.strictObject(
  {
    before: blocks('Scripts that run before the step, where the scenario runs it.', 'One script.', hookFields),
    after: blocks('Scripts that run after the step has been proved.', 'One script.', hookFields),
  },
  { error: 'a block with before: and after:' },
)

/** `hooks:` of a file: scripts around steps. */
export const hooks = block('Scripts around the steps.', perStep(around))

export type HookFields = NonNullable<NonNullable<z.infer<typeof around>['before']>[number]>

/** A PowerShell parameter's name. */
export const PARAMETER_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/
