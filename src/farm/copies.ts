import type { FactsOf } from '../wire/operations/catalogue.ts'

/** A file of a vDisk as one server told it. */
export type StoreFile = FactsOf<'Get-VdpDiskFiles'>['files'][number]

/** How the copies of a vDisk's files differ between servers, one sentence a file; nothing when they are alike. A .pvp is compared by its
 *  hash, a vDisk file by size and time: its content is not read. */
export function differencesOf(copies: Readonly<Record<string, readonly StoreFile[]>>): readonly string[] {
  const servers = Object.keys(copies)
  const names = [...new Set(Object.values(copies).flatMap((files) => files.map(({ name }) => name)))].sort()
  return names.flatMap((name) => {
    const found = servers.map((server) => ({ server, file: copies[server]?.find((one) => one.name === name) }))
    const without = found.filter(({ file }) => file === undefined).map(({ server }) => server)
    if (without.length > 0) return [`${name} is missing on ${without.join(', ')}`]
    const kinds = [...Map.groupBy(found, ({ file }) => signOf(file)).values()].map((group) => group.map(({ server }) => server))
    const apart = kinds.map((group) => group.join(', ')).join(' / ')
    return kinds.length < 2 ? [] : [`${name} differs by ${name.endsWith('.pvp') ? 'hash' : 'size or time'}: ${apart}`]
  })
}

/** What two copies of a file have in common when they are alike. */
function signOf(file: StoreFile | undefined): string {
  return file?.sha256 ?? `${String(file?.bytes)} ${String(file?.modified)}`
}
