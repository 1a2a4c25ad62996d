/** One thing a run changed for its own purpose, as it was before; recorded with the intent to change it, put back at the end or on abort. */
export type Undo = { readonly key: string } & (
  | {
      readonly is: 'device'
      readonly deviceId: string
      readonly device: string
      readonly bootFrom: number
      readonly type: number
      readonly enabled: boolean
    }
  | { readonly is: 'assignment'; readonly deviceId: string; readonly device: string; readonly guid: string }
  | { readonly is: 'deviceDisk'; readonly deviceId: string; readonly device: string; readonly guid: string }
  | { readonly is: 'madeDisk' }
  | { readonly is: 'server'; readonly guid: string; readonly serverName: string | null }
  | { readonly is: 'mode'; readonly guid: string; readonly writeCacheType: number; readonly writeCacheSizeMiB: number }
  | { readonly is: 'licenseMode'; readonly guid: string; readonly licenseMode: 0 | 1 | 2 }
  | { readonly is: 'version'; readonly guid: string; readonly version: number }
  | { readonly is: 'sealNote'; readonly guid: string }
  | { readonly is: 'running'; readonly deviceId: string; readonly device: string }
  | { readonly is: 'services'; readonly host: string; readonly services: readonly string[] }
  | { readonly is: 'kmsHost'; readonly host: string; readonly machine: string | null; readonly port: number | null }
)

/** A list with one more undo; the first record of a key stays, because it holds what was there before the run. */
export function withUndo(list: readonly Undo[], more: readonly Undo[]): readonly Undo[] {
  const have = new Set(list.map((undo) => undo.key))
  return [...list, ...more.filter((undo) => !have.has(undo.key))]
}

/** A list without these keys: they are as they were, or no longer to be put back. */
export function withoutUndo(list: readonly Undo[], ...keys: readonly string[]): readonly Undo[] {
  return list.filter((undo) => !keys.includes(undo.key))
}

/** What is left as the run changed it while this is not put back. */
export function saysUndo(undo: Undo): string {
  switch (undo.is) {
    case 'device':
      return `boot source, type and enabled flag of ${undo.device}`
    case 'assignment':
      return `the assignment to ${undo.device}`
    case 'deviceDisk':
      return `the vDisk disabled for ${undo.device}`
    case 'madeDisk':
      return 'the vDisk that this run made'
    case 'server':
      return 'the servers that serve the vDisk'
    case 'mode':
      return 'the mode of the vDisk'
    case 'licenseMode':
      return 'the licence mode'
    case 'version':
      return `maintenance version ${String(undo.version)}`
    case 'sealNote':
      return 'the seal note'
    case 'running':
      return `${undo.device}, which this run started`
    case 'services':
      return `the update services of ${undo.host}`
    case 'kmsHost':
      return `the KMS host setting of ${undo.host}`
  }
}
