import { basename, dirname, join, normalize } from 'node:path'
import { decodeSource } from './decode.ts'
import type { Findings } from './findings.ts'
import type { Source, Span } from './source.ts'

/** What reading one path gave. */
export type FileContent =
  | { readonly is: 'bytes'; readonly bytes: Uint8Array }
  | { readonly is: 'missing' }
  | { readonly is: 'folder' }
  | { readonly is: 'too-large'; readonly bytes: number }
  | { readonly is: 'unreadable'; readonly why: string }

/** The files a workflow may name, and all that reading them needs of the machine: the folder of the shipped procedures, the home folder
 *  that `~/` stands for, and the working folder that relative paths start from. */
export interface Files {
  readonly folder: string
  readonly procedures: string
  readonly home: string
  read(path: string, limit: number): FileContent
}

/** The largest file that is read at all: a workflow has a few KiB. */
const FILE_LIMIT = 1024 * 1024

/** Reads a text that a person named, or that another file names at `from` (then the finding points there). Undefined with a finding. */
export function readText(files: Files, path: string, found: Findings, from?: { at: Span; as: string }): Source | undefined {
  const content = files.read(path, FILE_LIMIT)
  if (content.is === 'bytes') {
    const source = decodeSource(path, content.bytes)
    if ('text' in source) return source
    found.add(source)
    return undefined
  }
  const at = from?.at ?? { file: path }
  const what = from ? `${from.as} ${path}` : 'this file'
  switch (content.is) {
    case 'missing':
      found.add(
        from
          ? { at, message: `${what} does not exist` }
          : { at, message: 'there is no such file', suggestion: likely(files, path) },
      )
      return undefined
    case 'folder':
      found.add({ at, message: `${from ? what : 'this'} is a folder`, expected: 'a file in it, such as w11.yaml' })
      return undefined
    case 'too-large':
      found.add({
        at,
        message: `${what} has ${megabytes(content.bytes)}; nothing above 1 MiB is read`,
        expected: 'a workflow or inventory file',
      })
      return undefined
    case 'unreadable':
      found.add({ at, message: `${what} cannot be read: ${content.why}` })
      return undefined
  }
}

/** Asks for the file that was meant where its ending was left out or mistaken, or the name of its vDisk typed; null without one. */
function likely(files: Files, path: string): string | null {
  const bare = path.replace(/\.ya?ml$/i, '')
  const lower = join(dirname(bare), basename(bare).toLowerCase())
  const near = [bare, lower].flatMap((one) => [`${one}.yaml`, `${one}.yml`])
  const meant = near.find((one) => files.read(one, FILE_LIMIT).is === 'bytes')
  return meant === undefined ? null : `did you mean "${basename(meant)}"?`
}

/** A path written in a file: relative to that file, from the home folder with `~/`, or absolute (also with a Windows drive or share). */
export function pathBeside(file: string, written: string, home: string): string {
  if (/^~[\\/]/.test(written)) return join(home, written.slice(2))
  if (/^(\/|[A-Za-z]:[\\/]|\\\\)/.test(written)) return written
  return normalize(join(dirname(file), written))
}

function megabytes(bytes: number): string {
  return `${(bytes / (1024 * 1024)).toFixed(1)} MiB`
}
