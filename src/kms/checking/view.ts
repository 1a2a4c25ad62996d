import type { FaultRecord } from '../../faults/fault.ts'
import type { FactsOf } from '../../wire/operations/catalogue.ts'
import type { KmsHostState } from '../../wire/operations/kms-host.ts'
import type { TargetState } from '../../wire/operations/target-state.ts'
import type { Reading } from '../../wire/reading.ts'

/** One SRV record of a KMS host. */
export interface SrvRecord {
  readonly host: string
  readonly port: number
  readonly priority: number
  readonly weight: number
}

/** What the DNS of this machine says of one domain: its records, none of them when the name does not exist; or why nothing is known. */
export interface DomainHere {
  readonly domain: string
  readonly records: Reading<SrvRecord[]>
}

/** How one KMS host is seen from this machine. `open` null: not tried, since its name has no address. */
export interface HostHere {
  readonly host: string
  readonly port: number
  /** How it was found: in DNS, or named by a person or an image. */
  readonly by: 'dns' | 'name'
  readonly addresses: readonly string[]
  readonly open: boolean | null
  readonly milliseconds: number | null
  /** Why it is not open, in words. */
  readonly why: string | null
}

/** What one target tells: of itself, of the KMS hosts it reaches, and of its last requests for activation. */
export interface TargetView {
  readonly host: string
  readonly state: TargetState
  readonly reach: FactsOf<'Test-VdpKmsReachability'> | null
  /** The host that is set by name in the image, as the target reaches it. */
  readonly named: FactsOf<'Test-VdpKmsReachability'> | null
  readonly events: FactsOf<'Get-VdpActivationEvents'> | null
}

/** Everything that a check of KMS looks at. `here` null: this machine cannot see a simulated farm's network. */
export interface KmsView {
  /** The inventory; null without one. */
  readonly file: string | null
  readonly here: { readonly domains: readonly DomainHere[]; readonly hosts: readonly HostHere[] } | null
  readonly targets: readonly TargetView[]
  readonly silentTargets: Readonly<Record<string, FaultRecord>>
  readonly kmsHosts: Readonly<Record<string, KmsHostState>>
  readonly silentKmsHosts: Readonly<Record<string, FaultRecord>>
}
