/** One holder at a time, first come first served. */
export interface Mutex {
  /** Resolves with what releases it, or with null when it was not free within the real milliseconds. */
  take(withinMs: number): Promise<(() => void) | null>
}

/** The machine-wide lock of a host's acts. */
export function createMutex(): Mutex {
  let held = false
  const queue: (() => void)[] = []
  const release = () => {
    held = false
    queue.shift()?.()
  }
  const grab = () => {
    held = true
    let released = false
    return () => {
      if (released) return
      released = true
      release()
    }
  }
  return {
    take: (withinMs) =>
      new Promise((resolve) => {
        if (!held) {
          resolve(grab())
          return
        }
        const turn = () => {
          clearTimeout(timer)
          resolve(grab())
        }
        const timer = setTimeout(() => {
          queue.splice(queue.indexOf(turn), 1)
          resolve(null)
        }, withinMs)
        queue.push(turn)
      }),
  }
}
