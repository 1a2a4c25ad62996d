import { createHmac } from 'node:crypto'

/** Headers that show a receiver who sent a body and when: HMAC-SHA256, as hexadecimal, of the time (seconds since 1970), a full stop and the
 *  body. A receiver refuses old times, so that a body that was caught cannot be sent again later. */
export function signed(body: string, key: string, seconds: number): Readonly<Record<string, string>> {
  const mac = createHmac('sha256', key).update(`${seconds}.${body}`).digest('hex')
  return { 'x-vdiskprep-timestamp': String(seconds), 'x-vdiskprep-signature': `v1=${mac}` }
}
