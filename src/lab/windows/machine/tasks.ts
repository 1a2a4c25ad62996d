import { SurfaceError, type Bench } from '../surface.ts'
import type { Windows } from '../windows.ts'
import type { LabTask, Leavings } from './leavings.ts'

/** TASK_STATE_READY, TASK_STATE_RUNNING, and SCHED_S_TASK_HAS_NOT_RUN. Source: Microsoft, Task Scheduler constants. */
const READY = 3
const RUNNING = 4
const HAS_NOT_RUN = 0x41303

/** The scripting objects of the Task Scheduler, as far as agents use them: register, run, look, stop, delete. */
export function taskCalls<D extends Bench>(windows: Windows<D>) {
  return {
    'task.register': (desk: D, { name, xml }: { name: string; xml: string }) => {
      const command = inner(xml, 'Command')
      const words = inner(xml, 'Arguments')
      if (!/<UserId>S-1-5-18<\/UserId>/.test(xml)) throw new SurfaceError('unmodelled', 'a task of another account')
      const expires = inner(xml, 'DeleteExpiredTaskAfter') === 'PT0S' ? Date.parse(inner(xml, 'EndBoundary')) : Infinity
      desk.left.tasks.set(name, { name, command, words, expires, running: false, exitCode: null })
    },
    'task.run': (desk: D, { name }: { name: string }) => run(windows, desk, name),
    'task.list': (desk: D) =>
      tasksAt(desk.left, windows.now(desk)).map(({ name, running, exitCode }) => ({
        Name: name,
        State: running ? RUNNING : READY,
        LastTaskResult: exitCode ?? HAS_NOT_RUN,
      })),
    'task.stop': (desk: D, { name }: { name: string }) => {
      const task = desk.left.tasks.get(name)
      if (task?.running === true) throw new SurfaceError('unmodelled', `stopping the task ${name} while it runs`)
    },
    'task.delete': (desk: D, { name }: { name: string }) => void desk.left.tasks.delete(name),
  }
}

/** The tasks that are there at a moment of the machine's clock: one that has expired is deleted when it does not run. */
export function tasksAt(left: Leavings, now: number): LabTask[] {
  for (const { name, running, expires } of [...left.tasks.values()]) if (!running && expires <= now) left.tasks.delete(name)
  return [...left.tasks.values()]
}

/** A task goes on without the session that started it; the machine's end is its end. */
function run<D extends Bench>(windows: Windows<D>, desk: D, name: string): void {
  const task = desk.left.tasks.get(name)
  if (task === undefined) throw new SurfaceError('path', 'The system cannot find the file specified.')
  const program = windows.programs[task.command.slice(task.command.lastIndexOf('\\') + 1).toLowerCase()]
  if (program === undefined) throw new SurfaceError('unmodelled', `the program ${task.command}`)
  task.running = true
  const start = { program: task.command, arguments: task.words.split(' '), timeoutSeconds: 4 * 3600 }
  const ended = (exitCode: number | null) => Object.assign(task, { running: false, exitCode })
  program({ ...desk, spend: desk.spendApart }, start).then(
    (end) => ended(end.exitCode),
    () => ended(null),
  )
}

function inner(xml: string, tag: string): string {
  const text = new RegExp(`<${tag}>(.*?)</${tag}>`, 's').exec(xml)?.[1] ?? ''
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&')
}
