/** One activation request that a KMS host has answered, as its event 12290 keeps it. */
export interface KmsRequest {
  /** Milliseconds since 1970: the host's clock, or the client's where the source has no time that can be read. */
  readonly at: number
  readonly clock: 'host' | 'client'
  /** The computer whose log has it, where the source tells. */
  readonly host: string | null
  /** Its number in that log. */
  readonly record: number | null
  /** HRESULT of the answer: `0x` and eight upper-case digits. */
  readonly code: string
  /** The count that the client needs to activate: 25 for a Windows client, 5 for a server or an Office. */
  readonly minimum: number | null
  readonly client: string
  /** Client machine id in lower case. */
  readonly cmid: string
  /** LicenseStatus of the client when it asked, 0..6. */
  readonly status: number
  /** Minutes that this status had left. */
  readonly minutes: number | null
  /** Which product asked; in lower case. */
  readonly activationId: string
}

/** The fields of an event 12290, without when and where it was written. `clientTime` is the client's own clock (UTC). */
export type RequestFields = Omit<KmsRequest, 'at' | 'clock' | 'host' | 'record'> & { readonly clientTime: number | null }

const CODE = /(?:^|\s)0x([0-9a-f]{1,8})$/i
const GUID = /^\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?$/i
const WHOLE = /^\d+$/

/** Finds the fields among an event's values; undefined when they are not there. They may come one by one or as one list with commas, and
 *  something may stand before them: they begin where a code stands that has a GUID three places after it and another five later.
 *  Source: kms.md 8 (HRESULT, minimum count, client, CMID, client's time, VM, licence status, minutes, activation id); scripts that read
 *  live hosts find the values one by one, after another one. */
export function requestIn(values: readonly string[]): RequestFields | undefined {
  const parts = values.flatMap((value) => value.split(',')).map((part) => part.trim())
  for (let at = 0; at + 8 < parts.length; at += 1) {
    const code = CODE.exec(parts[at] ?? '')?.[1]
    if (code === undefined) continue
    const [minimum = '', client = '', cmid = '', time = '', , status = '', minutes = '', product = ''] = parts.slice(
      at + 1,
      at + 9,
    )
    const [machine, activationId] = [guid(cmid), guid(product)]
    if (machine === undefined || activationId === undefined || client === '' || !WHOLE.test(status)) continue
    return {
      code: `0x${code.toUpperCase().padStart(8, '0')}`,
      minimum: WHOLE.test(minimum) ? Number(minimum) : null,
      client: client.replaceAll(/\p{C}/gu, '?'),
      cmid: machine,
      clientTime: clientMoment(time),
      status: Number(status),
      minutes: WHOLE.test(minutes) ? Number(minutes) : null,
      activationId,
    }
  }
  return undefined
}

/** The fields without the client's own clock. */
export function withoutTime(fields: RequestFields): Omit<RequestFields, 'clientTime'> {
  const { code, minimum, client, cmid, status, minutes, activationId } = fields
  return { code, minimum, client, cmid, status, minutes, activationId }
}

function guid(text: string): string | undefined {
  return GUID.exec(text)?.[1]?.toLowerCase()
}

const CLIENT_TIME = /^(\d{4})\/(\d{1,2})\/(\d{1,2}) (\d{1,2}):(\d{2})(?::(\d{2}))?$/

/** `2010/9/29 21:46`, UTC. Source: kms.md 8 (12288, field 5; sample of 12290). */
function clientMoment(text: string): number | null {
  const found = CLIENT_TIME.exec(text)
  if (found === null) return null
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.slice(1).map((part) => Number(part || 0))
  const moment = Date.UTC(year, month - 1, day, hour, minute, second)
  return new Date(moment).getUTCDate() === day ? moment : null
}

const ISO = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/

/** A moment that says its zone, to 100 ns as Windows writes it (`2026-11-02T08:00:00.1234567Z`), in milliseconds; null for anything else. */
export function isoMoment(text: string): number | null {
  if (!ISO.test(text)) return null
  const moment = Date.parse(text)
  return Number.isNaN(moment) ? null : moment
}
