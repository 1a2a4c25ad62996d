import type { KmsView, TargetView } from '../../../kms/checking/view.ts'
import { ask, type Probe } from '../../../procedure/asking.ts'
import type { Looked } from '../../../procedure/chart/signals.ts'
import type { FactsOf, OperationName } from '../../../wire/operations/catalogue.ts'
import { known } from '../../../wire/reading.ts'

/** Hosts of the inventory that are asked. */
export interface Asked {
  readonly targets: readonly string[]
  readonly kmsHosts: readonly string[]
}

type Remote = Omit<KmsView, 'file' | 'here'>

/** What targets and KMS hosts tell, all of them side by side. A host that is set by name in an image is asked for a second time round, since
 *  it is known only then. Yields the probes that are to be answered; reads only. */
export function* remoteViews({ targets, kmsHosts }: Asked, since: string): Generator<Probe, Remote, Looked> {
  const first = yield {
    state: of(targets, (host) => ask(host, 'Get-VdpTargetState', { parts: ['os', 'identity', 'windowsLicense'] })),
    reach: of(targets, (host) => ask(host, 'Test-VdpKmsReachability', { host: null, port: null })),
    events: of(targets, (host) => ask(host, 'Get-VdpActivationEvents', { since, ids: [12_288, 12_289] })),
    kms: of(kmsHosts, (host) => ask(host, 'Get-VdpKmsHostState', {})),
  }
  const states = group<'Get-VdpTargetState'>(first, 'state')
  const set = Object.entries(states).flatMap(([host, { windowsLicense }]) => {
    const kms = windowsLicense?.kms
    if (kms === undefined || !known(kms) || kms.machine === null) return []
    return [[host, ask(host, 'Test-VdpKmsReachability', { host: kms.machine, port: kms.port === 0 ? null : kms.port })] as const]
  })
  const second = set.length === 0 ? first : yield { named: Object.fromEntries(set) }
  const views = Object.entries(states).map(([host, state]): TargetView => ({
    ...{ host, state },
    reach: group<'Test-VdpKmsReachability'>(first, 'reach')[host] ?? null,
    named: group<'Test-VdpKmsReachability'>(second, 'named')[host] ?? null,
    events: group<'Get-VdpActivationEvents'>(first, 'events')[host] ?? null,
  }))
  return {
    targets: views,
    silentTargets: missingOf(first, 'state'),
    kmsHosts: group<'Get-VdpKmsHostState'>(first, 'kms'),
    silentKmsHosts: missingOf(first, 'kms'),
  }
}

function of<T>(hosts: readonly string[], asked: (host: string) => T): Readonly<Record<string, T>> {
  return Object.fromEntries(hosts.map((host) => [host, asked(host)]))
}

function group<O extends OperationName>({ now }: Looked, label: string): Readonly<Record<string, FactsOf<O>>> {
  return (now[label] ?? {}) as Readonly<Record<string, FactsOf<O>>>
}

function missingOf({ missing }: Looked, label: string): Looked['missing'] {
  return Object.fromEntries(
    Object.entries(missing).flatMap(([name, fault]) =>
      name.startsWith(`${label}.`) ? [[name.slice(label.length + 1), fault]] : [],
    ),
  )
}
