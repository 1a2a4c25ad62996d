import { appendFileSync, closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { Writable } from 'node:stream'

/** A file as a stream that writes each piece before it takes the next one, so that nothing waits in memory (winston's own file transport
 *  loses its tail when the process ends). What the disk refuses is counted, not thrown: a diary never stops a run. */
export class LineFile extends Writable {
  /** Pieces that could not be written. */
  lost = 0
  readonly #file: number

  /** Opens or creates the file (0600, in a folder made 0700); throws what the file system says when it cannot. */
  constructor(path: string) {
    super({ decodeStrings: false })
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    this.#file = openSync(path, 'a', 0o600)
  }

  override _write(piece: string, _encoding: BufferEncoding, next: () => void): void {
    try {
      appendFileSync(this.#file, piece)
    } catch {
      this.lost += 1
    }
    next()
  }

  override _final(next: () => void): void {
    closeSync(this.#file)
    next()
  }
}
