/** Answered by the licensing service between a rearm and the next boot. Source: kms.md 4.1, 9. */
export const TRUSTED_STORE_REARMED = '0xC004D302'

const REARMS_EXHAUSTED = '0xC004D307'
const BELOW_THRESHOLD = '0xC004F038'
const CLOCK_SKEW = '0xC004F06C'

/** KMS host, DNS and RPC codes that say nothing about the image. Source: kms.md 9. */
const UNREACHABLE = new Set([
  '0xC004F074',
  '0xC004F039',
  '0xC004F041',
  '0x8007232B',
  '0x8007232A',
  '0x8007251D',
  '0x80092328',
  '0x8007007B',
  '0x800706BA',
  '0xC0020017',
  '0x8007139F',
])

/** Codes of a service that is busy for a moment. Source: kms.md 9 (0xC004F075, 0xC004E028). */
const PASSING = new Set(['0xC004F075', '0xC004E028'])

/** What an activation or rearm failure tells about: the KMS side, the clock, a busy moment, the counter, or the image itself. */
export function classOfCode(code: string): 'threshold' | 'unreachable' | 'clock' | 'passing' | 'exhausted' | 'rearmed' | 'image' {
  if (code === BELOW_THRESHOLD) return 'threshold'
  if (code === CLOCK_SKEW) return 'clock'
  if (code === REARMS_EXHAUSTED) return 'exhausted'
  if (code === TRUSTED_STORE_REARMED) return 'rearmed'
  if (UNREACHABLE.has(code)) return 'unreachable'
  return PASSING.has(code) ? 'passing' : 'image'
}
