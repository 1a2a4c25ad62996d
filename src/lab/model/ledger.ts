/** One thing that really happened to a machine, a server or a disk. `n` counts from 1 without gaps, `at` is farm time. */
export type LedgerEntry = { readonly n: number; readonly at: string; readonly machine: string } & Happening

/** What can happen. Machines are devices, servers and disks by name. */
export type Happening =
  | { readonly did: 'boot'; readonly disk: string | null; readonly how: 'read-write' | 'read-only' | 'hard-disk' }
  | { readonly did: 'shutdown'; readonly how: 'off' | 'reboot' }
  | { readonly did: 'rearm'; readonly product: Product; readonly effective: boolean; readonly left: number }
  | { readonly did: 'rearm-completed'; readonly product: Product; readonly cmid: string; readonly on: 'image' | 'clone' }
  | { readonly did: 'cmid'; readonly product: Product; readonly cmid: string; readonly drawn: boolean }
  | { readonly did: 'key'; readonly product: string; readonly partial: string; readonly taken: boolean }
  | { readonly did: 'activation'; readonly product: string; readonly code: string | null }
  | { readonly did: 'kms-host'; readonly name: string | null }
  | { readonly did: 'tokens'; readonly act: 'reset' | 'restored' | 'backup-removed' }
  | { readonly did: 'skip-rearm-cleared'; readonly was: number | null }
  | { readonly did: 'services'; readonly names: readonly string[]; readonly to: string }
  | { readonly did: 'office-touched' }
  | { readonly did: 'imaging'; readonly disk: string }
  | { readonly did: 'hook'; readonly exit: number }
  | { readonly did: 'disk-created'; readonly disk: string }
  | { readonly did: 'mode'; readonly disk: string; readonly from: number; readonly to: number }
  | { readonly did: 'license-mode'; readonly disk: string; readonly from: number; readonly to: number }
  | { readonly did: 'kms-prep'; readonly disk: string; readonly kind: 'prep' | 'reset'; readonly rearmed: boolean }
  | { readonly did: 'mount' | 'dismount'; readonly disk: string }
  | { readonly did: 'lock-broken'; readonly disk: string; readonly owner: string; readonly ownerActive: boolean }
  | { readonly did: 'foreign-write'; readonly disk: string }
  | { readonly did: 'disk-server'; readonly disk: string; readonly to: string | null }
  | { readonly did: 'device-set'; readonly device: string; readonly change: string }
  | { readonly did: 'power-command'; readonly device: string; readonly to: 'on' | 'off' }
  | {
      readonly did: 'version'
      readonly disk: string
      readonly version: number
      readonly act: 'created' | 'promoted' | 'removed' | 'merged'
    }
  | { readonly did: 'seal-record'; readonly disk: string }
  | { readonly did: 'replicated'; readonly disk: string }

/** What has rearm counters of its own. */
export type Product = 'Windows' | 'Office'

type Of<D extends Happening['did']> = Extract<LedgerEntry, { did: D }>

/** What really happened, append-only. Only the model writes it. */
export interface Ledger {
  readonly entries: readonly LedgerEntry[]
  /** Appends and returns the position. */
  write(at: number, machine: string, happening: Happening): number
  /** Calls back after every entry. */
  onWrite(call: () => void): void
}

/** An empty ledger. */
export function createLedger(): Ledger {
  const entries: LedgerEntry[] = []
  const watchers: (() => void)[] = []
  return {
    entries,
    write(at, machine, happening) {
      entries.push(Object.freeze({ n: entries.length + 1, at: new Date(at).toISOString(), machine, ...happening }))
      for (const call of watchers) call()
      return entries.length
    },
    onWrite: (call) => void watchers.push(call),
  }
}

/** What one machine went through, by kind, in the form tests compare with what a run claims. */
export function ledgerOf(entries: readonly LedgerEntry[], machine: string) {
  const own = entries.filter((entry) => entry.machine === machine)
  const only = <D extends Happening['did']>(did: D) => own.filter((entry): entry is Of<D> => entry.did === did)
  return {
    entries: own,
    boots: only('boot').map(({ disk, how }) => ({ disk, how })),
    shutdowns: only('shutdown').map(({ how }) => how),
    rearms: only('rearm').map(({ product, effective }) => ({ product, effective })),
    cmids: only('cmid').map(({ product, cmid, drawn }) => ({ product, cmid, drawn })),
    keys: only('key').map(({ product, partial, taken }) => ({ product, partial, taken })),
    activations: only('activation').map(({ product, code }) => ({ product, code })),
    modes: only('mode').map(({ disk, from, to }) => ({ disk, from, to })),
    licenseModes: only('license-mode').map(({ disk, from, to }) => ({ disk, from, to })),
    kmsPreps: only('kms-prep').map(({ disk, kind, rearmed }) => ({ disk, kind, rearmed })),
    mounts: only('mount').map(({ disk }) => disk),
    dismounts: only('dismount').map(({ disk }) => disk),
    locksBroken: only('lock-broken').map(({ disk, owner, ownerActive }) => ({ disk, owner, ownerActive })),
    foreignWrites: only('foreign-write').map(({ disk }) => disk),
  }
}

export type MachineLedger = ReturnType<typeof ledgerOf>
