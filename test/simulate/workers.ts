import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { News, Task } from './fixtures/worker.ts'

/** Lives through seeds in worker processes, the seeds dealt out in turn. `tell` says whether it wants more. Rejects when a worker dies. */
export async function shareOut(all: Omit<Task, 'step'>, workers: number, tell: (news: News) => boolean): Promise<void> {
  const children = Array.from({ length: workers }, () =>
    fork(join(import.meta.dirname, 'fixtures', 'worker.ts'), { execArgv: ['--disable-warning=ExperimentalWarning'] }),
  )
  const stop = () => {
    for (const child of children) child.kill()
  }
  let enough = false
  const ends = children.map(
    (child, at) =>
      new Promise<void>((resolve, reject) => {
        child.on('message', (news: News) => {
          if (enough || tell(news)) return
          enough = true
          stop()
        })
        child.on('exit', (code) => (code === 0 || enough ? resolve() : reject(new Error(`a worker ended with ${String(code)}`))))
        const task: Task = { ...all, from: all.from + at, step: workers }
        child.send(task)
      }),
  )
  try {
    await Promise.all(ends)
  } finally {
    stop()
  }
}
