import type { FactsOf } from '../../wire/operations/catalogue.ts'

type Event = FactsOf<'Get-VdpActivationEvents'>['events'][number]

/** What came of a target's last request for activation. */
export type LastAnswer =
  | { readonly is: 'none' }
  | { readonly is: 'unanswered'; readonly at: string; readonly code: string; readonly asked: string }
  | {
      readonly is: 'answered'
      readonly at: string
      readonly asked: string
      readonly code: string
      readonly bound: boolean
      readonly count: number | null
      readonly minimum: number | null
    }

const OK = '0x00000000'
/** How much later than its request an answer may be written. Our own limit; one packet each way (kms.md 7). */
const TOGETHER_MS = 60_000

/** Reads it from events 12288 and 12289. Fields: kms.md 8 (12288: code, flags, host, ..., minimum as the tenth; 12289: code, flags, bound,
 *  unused, count). A 12288 without a 12289 means that no answer came. */
export function lastAnswer(events: readonly Event[]): LastAnswer {
  const request = events.findLast(({ id }) => id === 12_288)
  if (request === undefined) return { is: 'none' }
  const at = Date.parse(request.at)
  const response = events.find((one) => one.id === 12_289 && Date.parse(one.at) >= at && Date.parse(one.at) <= at + TOGETHER_MS)
  const [code = '', , asked = ''] = request.fields
  if (response === undefined) return { is: 'unanswered', at: request.at, code: padded(code), asked }
  const [answer = '', , bound, , count] = response.fields
  return {
    ...{ is: 'answered', at: request.at, asked, code: padded(answer), bound: bound === '1' },
    ...{ count: whole(count), minimum: whole(request.fields[9]) },
  }
}

/** True when the answer is a success. */
export function isSuccess(code: string): boolean {
  return code === OK
}

function padded(code: string): string {
  return /^0x[0-9a-f]{1,8}$/i.test(code) ? `0x${code.slice(2).toUpperCase().padStart(8, '0')}` : code
}

function whole(text: string | undefined): number | null {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : null
}
