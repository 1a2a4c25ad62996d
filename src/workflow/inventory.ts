/** Where a secret is found at the moment it is needed; the secret itself is never in a file, the database or a log. */
export type SecretRef =
  | { readonly from: 'env'; readonly name: string }
  | { readonly from: 'file'; readonly path: string }
  | { readonly from: 'prompt'; readonly label: string }

/** How a host is reached. */
export type Transport =
  | {
      readonly by: 'ssh'
      readonly address: string
      readonly port: number
      readonly user: string
      readonly auth:
        | { readonly agent: true }
        | { readonly key: string; readonly passphrase: SecretRef | null }
        | { readonly password: SecretRef }
      readonly via: string | null
      /** A host key identifies an image, not a machine: clones name the host whose key they share. */
      readonly hostKeyOf: string | null
    }
  | { readonly by: 'local' }
  /** People carry questions there and answers back; the host has no login for us. */
  | { readonly by: 'hand' }
  | {
      readonly by: 'winrm'
      readonly address: string
      /** Null: what PowerShell takes by itself, 5985 or with TLS 5986. */
      readonly port: number | null
      readonly ssl: boolean
      readonly user: string | null
      readonly password: SecretRef | null
    }

/** One host of the inventory, resolved. `device` is its record in PVS where it has one. A `jump` host is only a way to others: no agent
 *  session is opened with it. */
export interface HostEntry {
  readonly name: string
  readonly role: 'target' | 'pvs' | 'kms' | 'jump'
  readonly device: string | null
  readonly transport: Transport
  /** The folder on the host where the agents were installed; without one they are sent with every session. */
  readonly installed?: string
}

/** All hosts a run may speak to. `lab` is set only by an inventory that the lab wrote: the factor by which farm time runs faster since `start` (ms since 1970). */
export interface Inventory {
  readonly file: string
  readonly knownHosts: string
  readonly hosts: Readonly<Record<string, HostEntry>>
  readonly lab: { readonly speed: number; readonly start: number } | null
}
