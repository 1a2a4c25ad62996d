import { readFileSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import type { FileContent, Files } from './reading.ts'

/** Reads from this machine's disk. `procedures` is the folder of the shipped workflow files. A file over the limit is not opened. */
export function diskFiles(procedures: string): Files {
  return { procedures, folder: process.cwd(), home: homedir(), read: readFromDisk }
}

function readFromDisk(path: string, limit: number): FileContent {
  try {
    const found = statSync(path, { throwIfNoEntry: false })
    if (!found) return { is: 'missing' }
    if (found.isDirectory()) return { is: 'folder' }
    if (!found.isFile()) return { is: 'unreadable', why: 'it is a device or a pipe' }
    return found.size > limit ? { is: 'too-large', bytes: found.size } : { is: 'bytes', bytes: readFileSync(path) }
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
    if (code === 'ENOTDIR') return { is: 'missing' }
    if (code === 'ERR_INVALID_ARG_VALUE') return { is: 'unreadable', why: 'no file can have this name' }
    return { is: 'unreadable', why: code === 'EACCES' || code === 'EPERM' ? 'permission denied' : code || String(thrown) }
  }
}
