import { lasts } from './durations.ts'
import { eventTime, logEvent } from './event-log.ts'
import type { InstalledKey, LicenceState } from './image.ts'
import { askKms } from './kms-host.ts'
import { machineNow, type Spot } from './spot.ts'
import { spoken } from './words.ts'

/** What one product brings to an activation. */
export interface Candidate {
  readonly pool: 'windows' | 'office'
  readonly cmid: string
  readonly minimum: number
  readonly activationId: string
  readonly key: InstalledKey | null
  readonly state: LicenceState
}

const OK = '0x00000000'

/** One attempt to activate a product by KMS: asks the host, writes 12288, 12289 and 1003, moves the licence. Returns the HRESULT the caller
 *  sees, null for success. Source: kms.md 7, 8, 9. */
export function attempt(spot: Spot, candidate: Candidate): string | null {
  const { key } = candidate
  if (key === null) return '0xC004F014'
  if (key.channel === 'VOLUME_KMS_W') return null
  if (key.channel !== 'VOLUME_KMSCLIENT') return '0x80072EE7'
  const { farm, running } = spot
  const { kms } = farm
  const set = running.image.licensing.kms.machine
  if (set === null && !kms.publishesSrv) return '0x8007232B'
  const target = `${set ?? kms.address}:${set !== null && running.image.licensing.kms.port > 0 ? running.image.licensing.kms.port : kms.port}`
  const found = (set === null || set === kms.address || set === kms.name) && kms.reachable

  const now = machineNow(spot)
  const ask = found
    ? askKms(kms, farm.time.now(), {
        pool: candidate.pool,
        cmid: candidate.cmid,
        client: spot.device.computerName,
        minimum: candidate.minimum,
        clientTime: now,
        status: candidate.state.status,
        activationId: candidate.activationId,
      })
    : null
  const sent = ask === null ? '0x800706BA' : ask.code === '0xC004F06C' ? ask.code : OK
  request(spot, now, candidate, sent, target)
  if (ask === null || ask.code === '0xC004F06C') return '0xC004F074'
  const enough = ask.code === OK && ask.count >= candidate.minimum
  respond(spot, now, ask.code, enough, ask.count, candidate.minimum)
  if (ask.code !== OK) return ask.code
  if (!enough) return '0xC004F038'

  Object.assign(candidate.state, { status: 1, reason: OK, until: now + lasts.activated } satisfies LicenceState)
  running.image.licensing.kms.discovered = target
  const checked = spoken(running.image.language, 'The Software Protection service has completed licensing status check.')
  logEvent(running.image.events, now, 1003, checked)
  return null
}

/** Event 12288: fields by the table in kms.md 8. */
function request(spot: Spot, now: number, candidate: Candidate, code: string, target: string): void {
  const { state } = candidate
  const left = state.until === null ? 0 : Math.max(0, Math.round((state.until - now) / 60_000))
  const fields = [
    code,
    OK,
    target,
    candidate.cmid,
    eventTime(now),
    '1',
    String(state.status),
    String(left),
    candidate.activationId,
    String(candidate.minimum),
  ]
  logEvent(
    spot.running.image.events,
    now,
    12288,
    spoken(
      spot.running.image.language,
      `The client has sent an activation request to the key management service machine. Info: ${fields.join(', ')}`,
    ),
    fields,
  )
}

/** Event 12289: `0x04000000` in the flags and fBound 0 is the threshold case. */
function respond(spot: Spot, now: number, code: string, bound: boolean, count: number, minimum: number): void {
  const flags = !bound && count < minimum ? '0x04000000' : OK
  const fields = [code, flags, bound ? '1' : '0', '0', String(count), '120', '10080', eventTime(now)]
  logEvent(
    spot.running.image.events,
    now,
    12289,
    spoken(
      spot.running.image.language,
      `The client has processed an activation response from the key management service machine. Info: ${fields.join(', ')}`,
    ),
    fields,
  )
}
