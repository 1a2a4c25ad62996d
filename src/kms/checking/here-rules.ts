import type { CheckedFinding } from '../../diagnosis/check.ts'
import { known } from '../../wire/reading.ts'
import { finding } from './own-texts.ts'
import { recordsHere, recordsThere, same, shown } from './records.ts'
import type { HostHere, KmsView, SrvRecord } from './view.ts'

/** Where findings of no host of the inventory stand. */
const HERE = 'this machine'

/** DNS and ports as this machine sees them, and records against each other. */
export function hereFindings(view: KmsView): readonly CheckedFinding[] {
  return [...srvHere(view), ...(view.here?.hosts ?? []).map((host) => record(host, view)), ...views(view), ...choice(view)]
}

function srvHere(view: KmsView): readonly CheckedFinding[] {
  const { here } = view
  if (here === null) return [finding('kms.srvHere', HERE, 'na', 'the farm is simulated: this machine cannot see its DNS')]
  const found = here.domains.some(({ records }) => known(records) && records.length > 0)
  const elsewhere = found || here.hosts.some(({ by }) => by === 'name') || recordsThere(view).length > 0
  if (here.domains.length === 0)
    return [finding('kms.srvHere', HERE, elsewhere ? 'na' : 'unknown', 'no search domain is known here; --domain names one')]
  return here.domains.map(({ domain, records }) => {
    if (!known(records)) return finding('kms.srvHere', HERE, 'unknown', `${domain}: ${records.unknown}`, { DOMAIN: domain })
    if (records.length === 0)
      return finding('kms.srvHere', HERE, elsewhere ? 'warn' : 'fail', `${domain}: no record _vlmcs._tcp`, { DOMAIN: domain })
    return finding('kms.srvHere', HERE, 'pass', `${domain}: ${records.map(shown).join(', ')}`)
  })
}

function record(one: HostHere, { here }: KmsView): CheckedFinding {
  const { host, port, by, addresses, open, milliseconds, why } = one
  const name = `${host}:${String(port)}`
  const check = by === 'name' ? 'kms.named' : 'kms.record'
  if (open === true)
    return finding(check, HERE, 'pass', `${name} is open at ${addresses.join(', ')} (${String(milliseconds)} ms)`)
  const others = here?.hosts.some((other) => other.open === true) ?? false
  const says =
    addresses.length === 0
      ? `${name} has no address (${why ?? 'not found'})`
      : `${name} is closed at ${addresses.join(', ')} (${why ?? 'no answer'})`
  const dead = others && by === 'dns' ? `${says}; a record of a dead host beside others that answer` : says
  return finding(check, HERE, others && by === 'dns' ? 'warn' : 'fail', dead, { HOST: host, PORT: String(port) })
}

/** The same domain asked here and by a target. */
function views({ here, targets }: KmsView): readonly CheckedFinding[] {
  return targets.flatMap(({ host, reach }) =>
    (here?.domains ?? []).flatMap(({ domain, records }) => {
      if (!known(records) || reach === null || !known(reach.records)) return []
      const theirs = reach.records.filter((one) => same(one.domain, domain))
      if (theirs.length === 0 && records.length === 0) return []
      const names = (list: readonly SrvRecord[]) => list.map((one) => shown(one).toLowerCase()).sort()
      const [mine, seen] = [names(records), names(theirs)]
      if (mine.join() === seen.join()) return [finding('kms.views', host, 'pass', `${domain}: the target finds the same records`)]
      const says = `${domain}: the target finds ${seen.join(', ') || 'none'}, this machine ${mine.join(', ') || 'none'}`
      return [finding('kms.views', host, 'warn', says, { DOMAIN: domain })]
    }),
  )
}

/** Priorities and weights are taken only by clients that do not keep the host they used last. Source: kms.md 7 (priority/weight, caching). */
function choice(view: KmsView): readonly CheckedFinding[] {
  const [mine, seen] = [recordsHere(view), recordsThere(view)]
  return [...Map.groupBy(mine.length > 0 ? mine : seen, ({ domain }) => domain.toLowerCase())].flatMap(([domain, records]) => {
    const places = new Set(records.map(({ host, port }) => `${host.toLowerCase()}:${String(port)}`))
    if (mine.length > 0 && places.size < records.length)
      return [finding('kms.choice', HERE, 'warn', `${domain}: the same host stands in several records`)]
    if (places.size < 2) return []
    const equal = new Set(records.map(({ priority, weight }) => `${String(priority)} ${String(weight)}`)).size === 1
    const list = records.map((one) => `${shown(one)} priority ${String(one.priority)} weight ${String(one.weight)}`).join(', ')
    if (equal) return [finding('kms.choice', HERE, 'pass', `${domain}: ${String(places.size)} hosts, all alike`)]
    const says = `${domain}: ${list}; heeded by Windows 7 and later only with host caching off, which is on by default`
    return [finding('kms.choice', HERE, 'warn', says)]
  })
}
