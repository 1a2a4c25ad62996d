import type { Readable } from 'node:stream'

/** How a host process came to its end: it exited (`words` is the end of its stderr), or the way to it broke and nobody knows whether it lives. */
export type LinkEnd =
  { readonly by: 'exit'; readonly code: number | null; readonly words: string } | { readonly by: 'link'; readonly detail: string }

/** A started host process, whatever carries it: lines in, bytes out. `ended` resolves once all output was delivered; it never rejects. */
export interface Link {
  readonly output: Readable
  readonly ended: Promise<LinkEnd>
  /** Hands one line (with its newline) to the process; false when the link is known to be gone and nothing was handed over. */
  write(line: string): boolean
  /** Ends the process's stdin, which a well-behaved host takes as the end of the session. */
  end(): void
  /** Breaks the link at once. */
  destroy(): void
}

/** The last words of a process on stderr, kept for an error message (at most 2,000 characters), while the stream is drained. */
export function lastWords(stderr: Readable): () => string {
  let tail = ''
  stderr.on('data', (chunk: Buffer | string) => {
    tail = (tail + chunk.toString()).slice(-2000)
  })
  return () => tail.trim()
}

/** How a host takes its lines: one process for a whole session, or one for each request with all of its stdin at once (the way that other
 *  tools have proved on Windows OpenSSH). */
export type Form = 'session' | 'one-shot'

/** Ends a host process: by the end of its stdin, and by force when it is still there after `closeMs`. */
export async function leave(link: Link, closeMs: number): Promise<void> {
  link.end()
  const late = setTimeout(() => link.destroy(), closeMs)
  await link.ended
  clearTimeout(late)
}
