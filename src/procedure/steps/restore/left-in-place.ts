import { isPrivate } from '../../../farm/image-mode.ts'
import type { Restoring } from './look.ts'

/** What a run that ends leaves in place beside what it put back: an image that it changed and did not seal, and a mount that it could not let
 *  go of; each with the next command. */
export function leftInPlace({ plan, memory, now, missing }: Restoring): readonly string[] {
  const { vdisk, source } = plan
  const { name } = vdisk
  const { touched, sealed, ownMount } = memory
  const type = missing['disk'] === undefined ? now.disk.disk?.writeCacheType : undefined
  const isOpen = touched && sealed === null && (type === undefined || isPrivate(type))
  const open = `${name} stays open in Private mode with what this run did to its image, a spent rearm among it if it came to one; a new run of its file goes on from there: vdiskprep plan ${source.file}`
  const mounted = `this run mounted ${name} on ${String(ownMount)} and could not let go of it; whether it still is: vdiskprep doctor ${source.file} --only mount`
  return [...(isOpen ? [open] : []), ...(ownMount === null || sealed !== null ? [] : [mounted])]
}
