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
}

const DAY = 86_400_000

/** The files of a vDisk in a server's own folder of a local store, by name. Source: pvs.md 6.4. */
export function filesOn(disk: Disk, server: string): readonly StoreFile[] {
  const replica = disk.replicas.find((one) => one.server === server)
  if (replica === undefined || replica.state === 5) return []
  const { state, fileTime, propertiesTime, oldPvp, staleImage } = replica
  const age = state === 2 || state === 4 || staleImage !== null ? DAY : 0
  return disk.versions
    .flatMap(({ version }) => {
      const name = fileOf(disk, version)
      const written = propertiesTime - (oldPvp ? DAY : age)
      const text = `${disk.guid} ${String(version)} ${String(written)}`
      const pvp = { name: name.replace(/\.a?vhdx?$/, '.pvp'), bytes: text.length, modified: written, sha256: sha256(text) }
      const image = { name, bytes: disk.sizeMiB * 2 ** 20, modified: fileTime - age, sha256: null }
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

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
