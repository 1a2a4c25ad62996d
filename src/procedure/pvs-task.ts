import type { FactsOf } from '../wire/operations/catalogue.ts'
import { ask, type Ask } from './asking.ts'
import type { ActEnd, Look } from './stage.ts'
import { hold, retry, type Verdict } from './verdict.ts'

type Tasks = Readonly<Record<string, Ask<'Get-VdpTask'>>>

/** The task that PVS named instead of an end (code 177); null when the act ended at once or nobody knows. Source: pvs.md 4.7. */
export function taskOf(end: ActEnd | null): string | null {
  if (end?.is === 'answered') return (end.facts as { taskId?: string | null }).taskId ?? null
  const told = end?.is === 'settled' ? end.result?.['taskId'] : null
  return typeof told === 'string' ? told : null
}

/** Asks for the task of the act that was begun, by its id: with other administrators about, "the last task" is the wrong one. */
export function lookAtTask({ plan, end }: Pick<Look, 'plan' | 'end'>, taskId = taskOf(end)): Tasks {
  return taskId === null ? {} : { [taskId]: ask(plan.farm.server, 'Get-VdpTask', { taskId }) }
}

const COMPLETE = 2
const CANCELLED = 1

type Seen = Readonly<Record<string, FactsOf<'Get-VdpTask'>>>

/** What an act means whose effect did not show at `readAt`: its task goes on, has failed, or was complete before, which proves nothing. */
export function judgeTask(what: string, server: string, seen: Seen, still: string, readAt: string): Verdict {
  const [name, task] = Object.entries(seen)[0] ?? ['?', undefined]
  if (task?.state === COMPLETE && Date.parse(task.at) <= Date.parse(readAt))
    return hold('NOT_PROVED', { act: what, host: server, why: `its task says that it is complete, and ${still}` })
  return unendedTask(what, server, seen, still) ?? goesOn(what, server, still, name)
}

/** What an act means whose task has failed or goes on, whatever shows of its effect. Null when it is complete, or PVS no longer knows it. */
export function unendedTask(what: string, server: string, seen: Seen, still: string): Verdict | null {
  const [name, task] = Object.entries(seen)[0] ?? ['?', undefined]
  if (task?.error !== undefined && task.error !== null) {
    const { returnCode, message } = task.error
    return hold('PVS_TASK_FAILED', { task: name, server, operation: what, code: returnCode, message, why: message })
  }
  if (task?.state === CANCELLED) return hold('PVS_TASK_FAILED', { task: name, server, operation: what, why: 'it was cancelled' })
  return task?.found === true && task.state !== COMPLETE ? goesOn(what, server, still, name) : null
}

function goesOn(what: string, server: string, still: string, name: string): Verdict {
  const overdue = { code: 'OUTCOME_UNKNOWN', details: { act: what, host: server, why: still } } as const
  return retry(`PVS to finish: ${what}`, `${still}, task ${name}`, overdue)
}
