import type { Diary } from './diary.ts'

/** A diary that is opened with its first line, so that commands with nothing to tell do not pay for it. `close` resolves when all lines
 *  are on disk. A diary that cannot be written stops nothing. */
export interface LazyDiary {
  readonly path: string
  info(message: string, about?: unknown): void
  error(message: string, about?: unknown): void
  close(): Promise<void>
}

/** The diary of this process in a file. */
export function lazyDiary(path: string, redactor: { redact(text: string): string }): LazyDiary {
  let opening: Promise<Diary | null> | null = null
  const open = async (): Promise<Diary | null> => {
    try {
      const { openDiary } = await import('./diary.ts')
      return openDiary(path, { redact: (text) => redactor.redact(text) })
    } catch {
      return null
    }
  }
  const tell = (level: 'info' | 'error') => (message: string, about?: unknown) => {
    opening = (opening ?? open()).then((diary) => {
      diary?.[level](message, about)
      return diary
    })
  }
  return {
    path,
    info: tell('info'),
    error: tell('error'),
    close: async () => {
      const diary = await opening
      await diary?.close()
    },
  }
}
