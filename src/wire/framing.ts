/** Marks a framed line; what a host prints without it is noise (banners of a login shell, stray output) and is kept for the log. */
const MARK = 'VDP'

/** Wraps a message for a host's stdin: one line of ASCII, base64 of UTF-8 JSON. */
export function encodeLine(message: unknown): string {
  return `${Buffer.from(JSON.stringify(message), 'utf8').toString('base64')}\n`
}

/** Reads a line that a host received. Throws a SyntaxError when it is not base64 of JSON. */
export function decodeLine(line: string): unknown {
  return JSON.parse(Buffer.from(line.trim(), 'base64').toString('utf8'))
}

/** Wraps a host's message for its stdout: the caller's nonce makes it unforgeable by what a script prints, and the newline before it
 *  parts it from what a script left unfinished. */
export function encodeFrame(nonce: string, message: unknown): string {
  return `\n${MARK} ${nonce} ${encodeLine(message)}`
}

/** Reads one line of a host's stdout: a frame of this session, a frame of another nonce, or noise. Never throws. */
export function decodeFrame(
  line: string,
  nonce: string,
): { is: 'frame'; message: unknown } | { is: 'foreign' } | { is: 'noise'; text: string } {
  const [mark, word, body, ...rest] = line.trim().split(' ')
  if (mark !== MARK || word === undefined || body === undefined || rest.length > 0) return { is: 'noise', text: line }
  if (word !== nonce) return { is: 'foreign' }
  try {
    return { is: 'frame', message: decodeLine(body) }
  } catch {
    return { is: 'noise', text: line }
  }
}
