import { once } from 'node:events'
import winston from 'winston'
import { LineFile } from './line-file.ts'
import { plain } from './plain.ts'
import { veiled } from './veil.ts'

/** How much a line matters, least first. */
export type DiaryLevel = 'debug' | 'info' | 'warn' | 'error'

/** What the program tells about its own work, for whoever looks for a fault in it. Never the record: that is the journal. */
export type Diary = Readonly<Record<DiaryLevel, (message: string, about?: unknown) => void>> & {
  /** Resolves when the file has every line; later lines are dropped. Tells how many the disk refused. */
  readonly close: () => Promise<{ readonly lost: number }>
}

/** Opens a diary of JSON lines `{at, level, message, about, pid}` in a file; nothing goes to stdout or stderr. `redact` takes secrets out of
 *  the finished line. Throws what the file system says when the file cannot be opened. */
export function openDiary(
  path: string,
  options: { readonly redact: (text: string) => string; readonly level?: DiaryLevel },
): Diary {
  const file = new LineFile(path)
  const logger = winston.createLogger({
    levels: { error: 0, warn: 1, info: 2, debug: 3 },
    level: options.level ?? 'info',
    format: winston.format.combine(
      winston.format.timestamp(),
      winston.format.printf((info) => written(info, options.redact)),
    ),
    exitOnError: false,
  })
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- winston types its own transports as interfaces
  logger.add(new winston.transports.Stream({ stream: file }))
  let closed: Promise<{ lost: number }> | undefined
  const tell = (level: DiaryLevel) => (message: string, about?: unknown) => {
    if (closed === undefined) logger.log({ level, message, about })
  }
  const close = async () => {
    logger.end()
    await once(logger, 'finish')
    file.end()
    await once(file, 'finish')
    return { lost: file.lost }
  }
  return { debug: tell('debug'), info: tell('info'), warn: tell('warn'), error: tell('error'), close: () => (closed ??= close()) }
}

function written(info: winston.Logform.TransformableInfo, redact: (text: string) => string): string {
  const { timestamp: at, level, message, about } = info
  const line = (said: unknown, of?: unknown) => JSON.stringify({ at, level, message: said, about: of, pid: process.pid })
  return (
    veiled(line(message, plain(about)), redact) ??
    line('A line was withheld: it holds a secret in a form that cannot be cut out.')
  )
}
