import { createHash } from 'node:crypto'
import type { JournalLine, RunId, Seq } from '../engine/ports/store.ts'
import { canonicalJson } from './canonical.ts'

/** A line of a journal as it is written: its body is canonical JSON. */
export type WrittenLine = Omit<JournalLine, 'body'> & { readonly body: string }

/** Where a run's journal begins: the hash "before" line 1. It covers the run id, so that no journal fits another run. */
export function chainStart(run: RunId): string {
  return sha256(`vdiskprep journal of ${canonicalJson(run)}`)
}

/** The hash of one line: SHA-256 over the hash before it and the line's own content as canonical JSON. Hex. */
export function chainHash(before: string, { run, seq, type, at, body }: Omit<WrittenLine, 'hash'>): string {
  const content = `{"at":${JSON.stringify(at)},"body":${body},"run":${JSON.stringify(run)},"seq":${JSON.stringify(seq)},"type":${JSON.stringify(type)}}`
  return sha256(`${before}\n${content}`)
}

/** Follows the chain over all stored lines (by seq, ascending) up to the end that the run's own row names. Resolves to the first line that
 *  is not what was written. It shows what was changed by hand or by accident; who rewrites every hash and the row as well is not found. */
export function followChain(
  run: RunId,
  lines: Iterable<WrittenLine>,
  end: { readonly seq: Seq; readonly head: string },
): { lines: number; head: string } | { broken: Seq; why: string } {
  let head = chainStart(run)
  let last = 0
  for (const line of lines) {
    const due = last + 1
    if (line.seq > end.seq)
      return { broken: due > end.seq ? line.seq : due, why: 'it is not among the lines that were committed' }
    if (line.seq !== due) return { broken: due, why: 'it is missing' }
    head = chainHash(head, line)
    if (head !== line.hash) return { broken: due, why: 'its content does not fit the hash written with it' }
    last = due
  }
  if (last < end.seq) return { broken: last + 1, why: 'it is missing' }
  if (head !== end.head) return { broken: last, why: 'its hash is not the one that the run keeps of its last line' }
  return { lines: last, head }
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}
