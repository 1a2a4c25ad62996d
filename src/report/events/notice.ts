import { z } from 'zod'
import { describeFault } from '../../faults/table.ts'
import type { RunView } from '../../procedure/run-view.ts'
import { leftRun } from './lines.ts'

/** What people are told of a run that waits for them or has ended: the body of a webhook, and what cards and mails are made of. */
export const notice = z
  .object({
    v: z.literal(1).describe('Version of this form. Fields are only ever added to it.'),
    kind: z
      .enum(['held', 'failed', 'done', 'test'])
      .describe('held: a person has to decide; failed: failed or aborted; done: any other end.'),
    run: z.string().describe('Id of the run.'),
    title: z.string().describe('The vDisk as the workflow file calls it.'),
    state: z.string(),
    outcome: z.string().nullable(),
    code: z.string().nullable().describe('The fault that holds it or ended it; docs/faults.md.'),
    says: z.string().describe('What happened, in a sentence.'),
    effect: z.string().nullable().describe('What that means for the vDisk.'),
    next: z.array(z.string()).readonly().describe('Commands that make sense now.'),
    at: z.string().describe('When, by the clock of the farm, ISO 8601.'),
  })
  .meta({ title: 'vdiskprep notification', description: 'The body that a webhook gets.' })

export type Notice = z.infer<typeof notice>

/** A run that waits or has ended, as people are told of it. */
export function noticeOf(view: RunView): Notice {
  const { outcome, fault, approval, next } = leftRun(view, 0)
  const { run, title, state } = view
  const told = fault === null ? null : describeFault(fault.code as never, { run, ...fault.details })
  const kind = outcome === null ? 'held' : outcome === 'failed' || outcome === 'aborted' ? 'failed' : 'done'
  const says =
    approval === null
      ? (told?.says ?? view.ending?.because ?? `The run ended ${outcome ?? state}.`)
      : `Waits for an approval: ${approval}`
  return {
    v: 1,
    kind,
    run,
    title,
    state,
    outcome,
    code: fault?.code ?? null,
    says,
    effect: told?.effect ?? null,
    next,
    at: new Date(view.changedAt).toISOString(),
  }
}
