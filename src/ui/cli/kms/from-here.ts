import { Resolver, lookup } from 'node:dns/promises'
import { connect } from 'node:net'
import type { DomainHere, HostHere, SrvRecord } from '../../../kms/checking/view.ts'

/** How long a DNS server and a port may take to answer, in real milliseconds. */
const DNS_MS = 3000
const PORT_MS = 5000
/** Where a KMS host listens unless a record or a person says otherwise. Source: kms.md 7. */
export const KMS_PORT = 1688

/** What of the network is seen from this machine. `server` is a DNS server (address, or address:port) instead of those of the system. */
export function networkHere(server: string | null) {
  const resolver = new Resolver({ timeout: DNS_MS, tries: 2 })
  if (server !== null) resolver.setServers([server])
  return {
    /** The SRV records of a KMS host in a domain. Never rejects. */
    domain: async (domain: string): Promise<DomainHere> => ({ domain, records: await srvRecords(resolver, domain) }),
    /** Whether a host has an address and takes connections at its port. Nothing is said to it. Never rejects. */
    host: async (place: Pick<HostHere, 'host' | 'port' | 'by'>): Promise<HostHere> => {
      const found = await addressesOf(place.host, server === null ? null : resolver)
      if (typeof found === 'string') return { ...place, addresses: [], open: null, milliseconds: null, why: found }
      const begun = performance.now()
      const tried = await Promise.all(found.map((address) => tryPort(address, place.port)))
      const open = tried.includes(null)
      const milliseconds = open ? Math.round(performance.now() - begun) : null
      return { ...place, addresses: found, open, milliseconds, why: open ? null : (tried[0] ?? null) }
    },
  }
}

/** A name that does not exist, or has no such record, is an answer; anything else is not known. */
async function srvRecords(resolver: Resolver, domain: string): Promise<DomainHere['records']> {
  try {
    const records = await resolver.resolveSrv(`_vlmcs._tcp.${domain}`)
    return records
      .map(({ name, port, priority, weight }): SrvRecord => ({ host: name, port, priority, weight }))
      .toSorted((one, other) => one.priority - other.priority || other.weight - one.weight || (one.host < other.host ? -1 : 1))
  } catch (thrown) {
    const code = codeOf(thrown)
    return code === 'ENOTFOUND' || code === 'ENODATA' ? [] : { unknown: `DNS does not answer (${code})` }
  }
}

/** As any program here would find it, hosts file included; with a DNS server of its own, as that one says. A text says why there is none. */
async function addressesOf(host: string, resolver: Resolver | null): Promise<readonly string[] | string> {
  try {
    if (resolver === null) return (await lookup(host, { all: true })).map(({ address }) => address)
    const found = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)])
    const all = found.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
    return all.length > 0 ? all : codeOf(found[0].status === 'rejected' ? found[0].reason : null)
  } catch (thrown) {
    return codeOf(thrown)
  }
}

/** Null when it is open, else why not. */
function tryPort(address: string, port: number): Promise<string | null> {
  return new Promise((done) => {
    const socket = connect({ host: address, port, timeout: PORT_MS })
    const end = (why: string | null) => {
      socket.destroy()
      done(why)
    }
    socket.once('connect', () => end(null))
    socket.once('timeout', () => end('no answer'))
    socket.once('error', (thrown) => end(codeOf(thrown) === 'ECONNREFUSED' ? 'refused' : codeOf(thrown)))
  })
}

function codeOf(thrown: unknown): string {
  return (thrown as NodeJS.ErrnoException | null)?.code ?? 'not found'
}
