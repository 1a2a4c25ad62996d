import { createHash } from 'node:crypto'
import { SurfaceError, type Bench } from '../surface.ts'
import type { FileEntry, Windows } from '../windows.ts'

/** Below this folder agents keep files of their own. */
const OWN_PLACES = ['C:\\ProgramData\\vdiskprep']

/** What is at a path: a file, a folder, or nothing. */
export type Found = 'file' | 'folder' | null

/** What is at a path. Somewhere the lab knows nothing of is unmodelled. */
export function whatIsAt<D extends Bench>(windows: Windows<D>, desk: D, path: string): Found {
  const at = plain(path)
  const paths = [...allFiles(windows, desk).keys()]
  if (paths.some((one) => plain(one) === at)) return 'file'
  const folders = [...desk.left.folders, ...paths]
  if (folders.some((one) => plain(one) === at || plain(one).startsWith(`${at}\\`))) return 'folder'
  const places = [...windows.places, ...OWN_PLACES].map(plain)
  if (places.some((one) => at === one || at.startsWith(`${one}\\`))) return null
  if (places.some((one) => one.startsWith(`${at}\\`))) return 'folder'
  throw new SurfaceError('unmodelled', `the path ${path}`)
}

/** A file by its path; null when there is none. */
export function fileAt<D extends Bench>(windows: Windows<D>, desk: D, path: string): FileEntry | null {
  if (whatIsAt(windows, desk, path) !== 'file') return null
  return [...allFiles(windows, desk)].find(([one]) => plain(one) === plain(path))?.[1] ?? null
}

/** The files in a folder (with `recurse` also below it) whose names fit a filter with * and ?. */
export function filesIn<D extends Bench>(windows: Windows<D>, desk: D, folder: string, filter: string, recurse: boolean) {
  if (whatIsAt(windows, desk, folder) === null) throw new SurfaceError('path', `Cannot find path '${folder}'.`)
  const shape = filter
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  const fits = new RegExp(`^${shape}$`, 'i')
  return [...allFiles(windows, desk).keys()].filter((path) => {
    if (!plain(path).startsWith(`${plain(folder)}\\`)) return false
    const below = path.slice(folder.length + 1)
    return (recurse || !below.includes('\\')) && fits.test(path.slice(path.lastIndexOf('\\') + 1))
  })
}

/** Writes a text file. Agents write nowhere but in their own folder. */
export function writeText(desk: Bench, path: string, text: string, now: number): void {
  if (!OWN_PLACES.some((one) => plain(path).startsWith(`${plain(one)}\\`)))
    throw new SurfaceError('unmodelled', `writing ${path}`)
  desk.left.files.set(path, { text, modified: now })
}

/** Moves a file. */
export function moveFile<D extends Bench>(windows: Windows<D>, desk: D, path: string, to: string): void {
  if (whatIsAt(windows, desk, path) !== 'file') throw new SurfaceError('path', `Cannot find path '${path}'.`)
  if (whatIsAt(windows, desk, to) !== null) throw new SurfaceError('path', 'Cannot create a file when that file already exists.')
  if (!windows.moveFile(desk, path, to)) throw new SurfaceError('unmodelled', `moving ${path} to ${to}`)
}

/** Deletes a file. */
export function removeFile<D extends Bench>(windows: Windows<D>, desk: D, path: string): void {
  if (desk.left.files.delete(path)) return
  if (whatIsAt(windows, desk, path) !== 'file') throw new SurfaceError('path', `Cannot find path '${path}'.`)
  if (!windows.removeFile(desk, path)) throw new SurfaceError('unmodelled', `deleting ${path}`)
}

/** A file whose content is a text. */
export function textFile(text: string, modified: number): FileEntry {
  const bytes = Buffer.from(text)
  return { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), modified, text }
}

function allFiles<D extends Bench>(windows: Windows<D>, desk: D): ReadonlyMap<string, FileEntry> {
  const own = [...desk.left.files].map(([path, { text, modified }]) => [path, textFile(text, modified)] as const)
  return new Map([...Object.entries(windows.files(desk)), ...own])
}

function plain(path: string): string {
  return path.replace(/\\+$/, '').toLowerCase()
}
