import type { KmsRequest } from './request.ts'
import type { Batch, Damage } from './batch.ts'

/** What one machine asked of one host for one product under one CMID. */
export interface Use {
  readonly client: string
  readonly host: string
  readonly activationId: string
  readonly first: number
  readonly last: number
  readonly requests: number
  readonly refused: number
  /** The newest request's. */
  readonly code: string
  readonly status: number
  readonly minimum: number | null
  /** Days since 1970 on which the host counted it, in no order. */
  readonly days: readonly number[]
  /** When the host counted it last; null when every request was refused. */
  readonly counted: number | null
}

/** Everything that was read, by CMID. */
export interface Tallied {
  readonly uses: ReadonlyMap<string, ReadonlyMap<string, Use>>
  readonly requests: number
  /** Requests that were in more than one source. */
  readonly repeated: number
  /** Events of other kinds. */
  readonly others: number
  /** Requests whose time is the client's own. */
  readonly clientClock: number
  readonly damage: readonly Damage[]
  readonly damaged: number
  /** Requests by HRESULT of the answer and by machine that got it, where it is not success. */
  readonly refusals: ReadonlyMap<string, ReadonlySet<string>>
  readonly refusedBy: ReadonlyMap<string, number>
  /** Requests of each day since 1970, refused ones too. */
  readonly perDay: ReadonlyMap<number, number>
}

type Growing = { -readonly [K in keyof Use]: Use[K] } & { days: number[] }

/** A day in milliseconds. */
export const DAY_MS = 86_400_000
const OK = '0x00000000'
/** Places of damage that are kept; the rest is only counted. */
const PLACES = 100

/** Gathers requests as they are read. What it keeps grows with the CMIDs and machines, not with the requests. */
export class Tally {
  readonly #uses = new Map<string, Map<string, Growing>>()
  readonly #words = new Map<string, string>()
  readonly #records = new Map<string, Map<number, number>>()
  readonly #damage: Damage[] = []
  readonly #refusals = new Map<string, Set<string>>()
  readonly #refusedBy = new Map<string, number>()
  readonly #perDay = new Map<number, number>()
  #counts = { requests: 0, repeated: 0, others: 0, clientClock: 0, damaged: 0 }

  /** `host` is whose log it is where the events do not say. */
  add({ requests, damage, others }: Batch, host: string): void {
    this.#counts.others += others
    this.#counts.damaged += damage.length
    this.#damage.push(...damage.slice(0, Math.max(0, PLACES - this.#damage.length)))
    for (const request of requests) this.#one(request, request.host ?? host)
  }

  /** Everything that was added; nothing can be added any more. */
  done(): Tallied {
    this.#records.clear()
    this.#words.clear()
    return {
      ...this.#counts,
      ...{ uses: this.#uses, damage: this.#damage, refusals: this.#refusals, refusedBy: this.#refusedBy },
      perDay: this.#perDay,
    }
  }

  #one(request: KmsRequest, host: string): void {
    const { at, code, status, minimum } = request
    if (this.#isKnown(request, host)) {
      this.#counts.repeated += 1
      return
    }
    this.#counts.requests += 1
    if (request.clock === 'client') this.#counts.clientClock += 1
    const day = Math.floor(at / DAY_MS)
    this.#perDay.set(day, (this.#perDay.get(day) ?? 0) + 1)
    const use = this.#useOf(request, host)
    use.requests += 1
    if (at >= use.last) Object.assign(use, { last: at, code: this.#own(code), status, minimum })
    use.first = Math.min(use.first, at)
    if (code === OK) {
      if (use.days.at(-1) !== day) use.days.push(day)
      use.counted = Math.max(use.counted ?? at, at)
      return
    }
    use.refused += 1
    this.#refusedBy.set(this.#own(code), (this.#refusedBy.get(code) ?? 0) + 1)
    this.#refusals.set(this.#own(code), (this.#refusals.get(code) ?? new Set<string>()).add(use.client))
  }

  #useOf({ cmid, client, activationId, at, code, status, minimum }: KmsRequest, host: string): Growing {
    let own = this.#uses.get(cmid)
    if (own === undefined) this.#uses.set(this.#own(cmid), (own = new Map<string, Growing>()))
    const key = `${client} ${activationId} ${host}`
    const known = own.get(key)
    if (known !== undefined) return known
    const use: Growing = {
      ...{ client: this.#own(client), host: this.#own(host), activationId: this.#own(activationId) },
      ...{ first: at, last: at, requests: 0, refused: 0, code: this.#own(code), status, minimum, days: [], counted: null },
    }
    own.set(copied(key), use)
    return use
  }

  /** A record has a number in its log; after a log was cleared the numbers begin anew, so the moment belongs to it. */
  #isKnown({ record, at }: KmsRequest, host: string): boolean {
    if (record === null) return false
    let records = this.#records.get(host)
    if (records === undefined) this.#records.set(this.#own(host), (records = new Map<number, number>()))
    if (records.get(record) === at) return true
    records.set(record, at)
    return false
  }

  /** The same word only once. */
  #own(word: string): string {
    const known = this.#words.get(word)
    if (known !== undefined) return known
    const copy = copied(word)
    this.#words.set(copy, copy)
    return copy
  }
}

/** A word that was cut or put together out of a text keeps the whole text in memory; its copy does not. */
function copied(word: string): string {
  return Buffer.from(word).toString()
}
