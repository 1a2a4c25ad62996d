import { createHash } from 'node:crypto'
import { encodeLine } from '../../wire/framing.ts'

/** Bytes of the bundle in one part: wrapped twice in base64 the line stays under 16 KiB. */
const PART_BYTES = 9000

/** The agents of one role as one PowerShell text, cut into the lines that carry it. Hashes are lower-case hex. */
export interface Bundle {
  readonly sha256: string
  readonly parts: readonly { readonly line: string; readonly sha256: string }[]
}

/** The agents of one role that lie on the host already: nothing of them is sent, their hash is expected. */
export function installedBundle(text: string): Bundle {
  return { sha256: sha256(Buffer.from(text, 'utf8')), parts: [] }
}

/** Cuts the text of the agents into numbered lines, each with the hash that the host has to give back; at least one. */
export function bundleOf(text: string): Bundle {
  const bytes = Buffer.from(text, 'utf8')
  const parts: { line: string; sha256: string }[] = []
  for (let at = 0; at === 0 || at < bytes.length; at += PART_BYTES) {
    const part = bytes.subarray(at, at + PART_BYTES)
    const line = encodeLine({ type: 'part', n: parts.length, content: part.toString('base64') })
    parts.push({ line, sha256: sha256(part) })
  }
  return { sha256: sha256(bytes), parts }
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
