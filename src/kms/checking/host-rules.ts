import type { CheckedFinding } from '../../diagnosis/check.ts'
import { known } from '../../wire/reading.ts'
import { finding } from './own-texts.ts'
import { isOf, recordsHere, recordsThere, same, shown } from './records.ts'
import type { KmsView } from './view.ts'

type State = KmsView['kmsHosts'][string]

/** What a KMS host says of itself against what others see of it. */
export function hostFindings(view: KmsView): readonly CheckedFinding[] {
  return Object.entries(view.kmsHosts).flatMap(([name, state]) => [
    ...listenPort(view, name, state),
    ...firewall(view, name, state),
    ...domains(view, name, state),
  ])
}

function listenPort(view: KmsView, name: string, { port }: State): readonly CheckedFinding[] {
  const own = [...recordsHere(view), ...recordsThere(view)].filter(({ host }) => isOf(host, name))
  if (own.length === 0 || !known(port)) return []
  const wrong = own.find((one) => one.port !== port)
  if (wrong === undefined)
    return [finding('kms.listenPort', name, 'pass', `its records name port ${String(port)}, where it listens`)]
  const says = `a record names port ${String(wrong.port)}, it listens on ${String(port)}`
  return [finding('kms.listenPort', name, own.some((one) => one.port === port) ? 'warn' : 'fail', says)]
}

/** A host that listens, and whose port is closed for others, has a firewall before it: its own, or one on the way. */
function firewall(
  { here, targets }: KmsView,
  name: string,
  { listening, port, firewall: own }: State,
): readonly CheckedFinding[] {
  if (listening !== true || !known(port)) return []
  const probes = [
    ...(here?.hosts ?? []).map((one) => ({ host: one.host, port: one.port, open: one.open, by: 'this machine' })),
    ...targets.flatMap(({ host: by, reach, named }) =>
      [...(reach?.probes ?? []), ...(named?.probes ?? [])].map((one) => ({ by, ...one })),
    ),
  ].filter((one) => isOf(one.host, name) && one.port === port)
  if (probes.length === 0) return []
  const closed = [...new Set(probes.filter(({ open }) => open === false).map(({ by }) => by))]
  const profiles = own === undefined || !known(own) ? 'not known' : own.length === 0 ? 'off' : `on for ${own.join(', ')} networks`
  if (closed.length === 0)
    return [finding('kms.firewall', name, 'pass', `port ${String(port)} is let through; its own firewall is ${profiles}`)]
  const says = `it listens on ${String(port)}, closed for ${closed.join(', ')}: a firewall stands between; its own is ${profiles}`
  return [finding('kms.firewall', name, 'fail', says, { NAME: name, PORT: String(port) })]
}

/** Domains in which the host publishes itself beside its own; entries are `domain, priority, weight`. Source: kms.md 3.3. */
function domains(view: KmsView, name: string, { publishDomains }: State): readonly CheckedFinding[] {
  if (publishDomains === undefined || !known(publishDomains)) return []
  return publishDomains.flatMap((entry) => {
    const domain = entry.split(',')[0]?.trim() ?? ''
    const asked = (view.here?.domains ?? []).find((one) => same(one.domain, domain))
    if (asked === undefined || !known(asked.records))
      return [finding('kms.domains', name, 'na', `publishes itself in ${domain}; not looked up`)]
    const own = asked.records.find(({ host }) => isOf(host, name))
    if (own !== undefined) return [finding('kms.domains', name, 'pass', `publishes itself in ${domain}: ${shown(own)}`)]
    return [
      finding('kms.domains', name, 'warn', `wants to publish itself in ${domain}, where no record names it`, {
        NAME: name,
        DOMAIN: domain,
      }),
    ]
  })
}
