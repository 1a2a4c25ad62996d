import { createHash } from 'node:crypto'
import { fileOf, type Disk } from './disk.ts'
import type { Farm } from './farm.ts'
import { pathOf } from './store.ts'

/** A file of a vDisk in a store; `sha256` of the small ones alone. `modified` in farm time. */
export interface StoreFile {
  readonly name: string
  readonly bytes: number
  readonly modified: number
  readonly sha256: string | null
  /** What stands in it, for all that a hash can tell: the same text, the same bytes. */
  readonly content: string
  /** Where the bytes differ from those of the other copies. */
  readonly otherFrom: number
}

const DAY = 86_400_000

/** The files of a vDisk in a server's own folder of a local store, by name. Source: pvs.md 6.4. */
export function filesOn(disk: Disk, server: string): readonly StoreFile[] {
  const replica = disk.replicas.find((one) => one.server === server)
  if (replica === undefined || replica.state === 5) return []
  const { state, fileTime, propertiesTime, oldPvp, staleImage, otherBytes } = replica
  const age = state === 2 || state === 4 || staleImage !== null ? DAY : 0
  return disk.versions
    .flatMap(({ version }) => {
      const name = fileOf(disk, version)
      const written = propertiesTime - (oldPvp ? DAY : age)
      const text = `${disk.guid} ${String(version)} ${String(written)}`
      const bytes = disk.sizeMiB * 2 ** 20
      const isOf = (content: string, otherFrom = Infinity) => ({ content, otherFrom })
      const pvp = {
        ...{ name: name.replace(/\.a?vhdx?$/, '.pvp'), bytes: text.length, modified: written, sha256: sha256(text) },
        ...isOf(text),
      }
      const image = {
        ...{ name, bytes, modified: fileTime - age, sha256: null },
        ...isOf(`${disk.guid} ${String(version)} ${String(age)}`, otherBytes ? bytes * 0.75 : Infinity),
      }
      return [...(state === 1 ? [] : [image]), ...(state === 3 ? [] : [pvp])]
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

/** Every file of the local stores that a server serves, by full path. */
export function storeFiles(farm: Farm, server: string): Readonly<Record<string, StoreFile>> {
  const stores = farm.stores.filter(({ kind, servers }) => kind === 'local' && servers.includes(server))
  return Object.fromEntries(
    stores.flatMap((store) =>
      farm.disks
        .filter((disk) => disk.store === store.name)
        .flatMap((disk) => filesOn(disk, server).map((file) => [`${pathOf(store)}\\${file.name}`, file] as const)),
    ),
  )
}

/** The hash of some bytes of a file that a server holds in a store of its own, by full path; null when there is no such file. */
export function sliceOf(farm: Farm, server: string, path: string, offset: number, bytes: number): string | null {
  const at = path.toUpperCase()
  const file = Object.entries(storeFiles(farm, server)).find(([one]) => one.toUpperCase() === at)?.[1]
  if (file === undefined) return null
  const end = Math.min(offset + bytes, file.bytes)
  return sha256(`${file.content} ${String(offset)} ${String(end)} ${end > file.otherFrom ? server : ''}`)
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
