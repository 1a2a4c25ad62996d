import { guidFor } from './activation-id.ts'
import { lasts } from './durations.ts'
import type { KmsHost, KmsRequest } from './kms-host.ts'

/** What the machines outside the farm are: ids of Windows 11 Enterprise and Office LTSC 2021 as public listings have them. */
const OUTSIDE = {
  windows: { id: '73111121-5638-40f6-bc11-f1d7b0d64300', minimum: 25, name: 'DESK' },
  office: { id: 'fbdb3e18-a8ef-4fb3-9183-dffd60bd0984', minimum: 5, name: 'DESK' },
} as const

/** The log of the host, oldest first: the farm's own requests, and those of the machines outside it, each of which renews every seven days
 *  under a CMID of its own. So the log has as many CMIDs of the last 30 days as the host counts. Entries are only ever added at its end. */
export function kmsLog(kms: KmsHost, now: number): readonly KmsRequest[] {
  const outside = (['windows', 'office'] as const).flatMap((pool) =>
    Array.from({ length: kms.others[pool] }, (_, at) => renewals(kms, pool, at, now)).flat(),
  )
  return [...outside, ...kms.requests].toSorted((one, other) => one.at - other.at)
}

function renewals(kms: KmsHost, pool: 'windows' | 'office', at: number, now: number): readonly KmsRequest[] {
  const { id, minimum, name } = OUTSIDE[pool]
  const client = `${name}-${String(at + 1).padStart(3, '0')}`
  const offset = ((at * 47 + 13) * 3_600_077 + (pool === 'office' ? 61_000 : 0)) % lasts.renewal
  const first = kms.logSince - (kms.logSince % lasts.renewal) + offset
  const times = Math.max(0, Math.floor((now - first) / lasts.renewal) + 1)
  return Array.from({ length: times }, (_, nth) => first + nth * lasts.renewal)
    .filter((moment) => moment >= kms.logSince)
    .map((moment) => ({
      ...{ pool, client, minimum, cmid: guidFor(`${kms.name} ${client}`), activationId: id },
      ...{ at: moment, clientTime: moment + kms.clockOffsetMs, status: 1, code: '0x00000000' },
    }))
}
