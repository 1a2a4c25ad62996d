import type { Readable } from 'node:stream'

const NEWLINE = 10

/** Cuts a stream of ASCII into lines. A line over `limit` bytes ends the reading with `onFlood`: memory stays bounded whatever a host sends.
 *  What follows the last newline is not a line and is dropped. */
export function readLines(from: Readable, limit: number, onLine: (line: string) => void, onFlood: () => void): void {
  let held: Buffer[] = []
  let bytes = 0
  const take = (chunk: Buffer | string) => {
    let rest = typeof chunk === 'string' ? Buffer.from(chunk, 'utf8') : chunk
    for (let end = rest.indexOf(NEWLINE); end !== -1 && bytes + end <= limit; end = rest.indexOf(NEWLINE)) {
      const line = Buffer.concat([...held, rest.subarray(0, end)])
      held = []
      bytes = 0
      rest = rest.subarray(end + 1)
      onLine(line.toString('latin1'))
    }
    bytes += rest.length
    if (bytes <= limit) {
      if (rest.length > 0) held.push(rest)
      return
    }
    held = []
    from.off('data', take).resume()
    onFlood()
  }
  from.on('data', take)
}
