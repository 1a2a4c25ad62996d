import type { FactsOf } from '../wire/operations/catalogue.ts'

type Event = FactsOf<'Get-VdpActivationEvents'>['events'][number]

/** Event 12288: a machine asked a KMS host to activate one product. `cmid` and `activationId` are lower case. */
export interface KmsRequest {
  readonly at: string
  readonly host: string
  readonly cmid: string
  readonly activationId: string
}

/** Event 12289: what the machine made of the answer. `count` is the host's own, null where it is not a number. */
export interface KmsAnswer {
  readonly at: string
  readonly activated: boolean
  readonly count: number | null
}

/** The requests among some events, by the order of their fields: 3 the host, 4 the CMID, 9 the activation id. Source: kms.md 8. */
export function kmsRequests(events: readonly Event[]): readonly KmsRequest[] {
  return events.flatMap(({ id, at, fields }) => {
    const [, , host, cmid, , , , , activationId] = fields
    if (id !== 12288 || host === undefined || cmid === undefined || activationId === undefined) return []
    return [{ at, host, cmid: cmid.toLowerCase(), activationId: activationId.toLowerCase() }]
  })
}

/** The answers among some events: field 3 is 1 when the product is activated, 5 the host's count. Source: kms.md 8. */
export function kmsAnswers(events: readonly Event[]): readonly KmsAnswer[] {
  return events.flatMap(({ id, at, fields }) => {
    const [, , bound, , count] = fields
    if (id !== 12289 || bound === undefined) return []
    return [{ at, activated: bound === '1', count: count !== undefined && /^\d+$/.test(count) ? Number(count) : null }]
  })
}
