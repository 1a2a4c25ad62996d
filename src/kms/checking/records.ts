import { known } from '../../wire/reading.ts'
import type { KmsView, SrvRecord } from './view.ts'

/** Records as this machine finds them, each with its domain. */
export function recordsHere({ here }: KmsView): readonly (SrvRecord & { readonly domain: string })[] {
  return (here?.domains ?? []).flatMap(({ domain, records }) =>
    known(records) ? records.map((one) => ({ ...one, domain })) : [],
  )
}

/** Records as targets find them. */
export function recordsThere({ targets }: KmsView): readonly (SrvRecord & { readonly domain: string })[] {
  return targets.flatMap(({ reach }) => (reach !== null && known(reach.records) ? reach.records : []))
}

/** A record's place. */
export function shown({ host, port }: Pick<SrvRecord, 'host' | 'port'>): string {
  return `${host}:${String(port)}`
}

/** True for two names of DNS that are one. */
export function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

/** True when a record's host is that host of the inventory: by its name, with or without the domain. */
export function isOf(host: string, name: string): boolean {
  return same(host.split('.')[0] ?? '', name.split('.')[0] ?? '')
}
