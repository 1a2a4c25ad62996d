/** Where vDisk files lie: a share that all its servers see, or a folder of its own on each. */
export interface Store {
  readonly name: string
  readonly site: string
  readonly kind: 'share' | 'local'
  readonly servers: readonly string[]
  freeMiB: number
}
