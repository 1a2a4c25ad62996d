/** What a person is told of a fault. `{name}` in a text is replaced by the detail of that name. */
export interface FaultEntry {
  /** What was found. */
  readonly says: string
  /** What it means for the vDisk and its clones. */
  readonly effect: string
  /** What to do, most useful first; commands as they are typed. */
  readonly remedy: readonly string[]
  /** retry: may pass by itself; ask: a person decides; stop: going on cannot be right. */
  readonly disposition: 'retry' | 'ask' | 'stop'
  /** Where the knowledge comes from. */
  readonly source: string
}
