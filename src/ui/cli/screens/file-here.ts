import { isAbsolute, relative } from 'node:path'

/** A file as it is typed in the folder one stands in: by its path from here where it lies below, else as it is. */
export function fileHere(file: string): string {
  if (!isAbsolute(file)) return file
  const path = relative('', file)
  return path === '' || path.startsWith('..') || isAbsolute(path) ? file : path
}
