import { lasts } from './durations.ts'

/** What a client asks of a KMS host. */
export interface KmsQuestion {
  readonly pool: 'windows' | 'office'
  readonly cmid: string
  readonly client: string
  readonly minimum: number
  /** The client's own clock. */
  readonly clientTime: number
  readonly status: number
  readonly activationId: string
}

/** One answered request, as event 12290 keeps it. */
export interface KmsRequest extends KmsQuestion {
  readonly at: number
  readonly code: string
}

/** A KMS host: who it has seen in the last 30 days, apart from machines outside the farm that it always sees. */
export interface KmsHost {
  readonly name: string
  readonly address: string
  readonly domain: string
  port: number
  reachable: boolean
  publishesSrv: boolean
  servesOffice: boolean
  clockOffsetMs: number
  /** Machines outside the farm, renewing all the time. */
  readonly others: { windows: number; office: number }
  readonly seen: { readonly windows: Map<string, number>; readonly office: Map<string, number> }
  readonly requests: KmsRequest[]
  /** From when on its log has the requests of machines outside the farm. */
  readonly logSince: number
}

/** A host's answer: a code and the count it has now; the client decides whether that is enough. Source: kms.md 7. */
export interface KmsAnswer {
  readonly code: string
  readonly count: number
}

const OK = '0x00000000'

/** Counts the asking machine by its CMID and answers. Source: kms.md 7 (counting), 9 (codes). */
export function askKms(kms: KmsHost, now: number, question: KmsQuestion): KmsAnswer {
  const answer = judge(kms, now, question)
  kms.requests.push({ ...question, at: now, code: answer.code })
  return answer
}

function judge(kms: KmsHost, now: number, question: KmsQuestion): KmsAnswer {
  const { pool, cmid, clientTime } = question
  if (Math.abs(clientTime - (now + kms.clockOffsetMs)) > lasts.kmsSkew) return { code: '0xC004F06C', count: 0 }
  if (pool === 'office' && !kms.servesOffice) return { code: '0xC004F042', count: 0 }
  kms.seen[pool].set(cmid, now)
  return { code: OK, count: countOf(kms, pool, now) }
}

/** A product that the host activates others for, with what it has counted. Names after the host of Server 2022 and Office LTSC 2024. */
export interface KmsProduct {
  readonly name: string
  readonly description: string
  readonly required: number
  readonly count: number
  readonly status: number
}

/** What the host serves. */
export function servedBy(kms: KmsHost, now: number): readonly KmsProduct[] {
  const windows = {
    name: 'Windows(R), ServerStandard edition',
    description: 'Windows(R) Operating System, VOLUME_KMS_WS22 channel',
    required: 25,
  }
  const office = {
    name: 'Office 24, Office24_KMSHostVL_KMS_Host edition',
    description: 'Office 24, VOLUME_KMS channel',
    required: 5,
  }
  return [
    { ...windows, count: countOf(kms, 'windows', now), status: 1 },
    ...(kms.servesOffice ? [{ ...office, count: countOf(kms, 'office', now), status: 1 }] : []),
  ]
}

/** Distinct CMIDs of the last 30 days, at most twice the largest threshold of the pool: 50 with clients in it, else 10. Source: kms.md 7. */
export function countOf(kms: KmsHost, pool: 'windows' | 'office', now: number): number {
  for (const [cmid, at] of kms.seen[pool]) if (now - at > lasts.kmsMemory) kms.seen[pool].delete(cmid)
  const clients = pool === 'windows' && (kms.others.windows > 10 || kms.requests.some((one) => one.minimum === 25))
  return Math.min(kms.others[pool] + kms.seen[pool].size, clients ? 50 : 10)
}
