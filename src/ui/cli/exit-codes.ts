import type { FaultCode } from '../../faults/table.ts'
import type { Outcome } from '../../procedure/events.ts'

/** What a finished command tells its caller. 0 is given only for a verified run, or for a command that did what it was asked. */
export const EXIT = {
  ok: 0,
  internal: 1,
  input: 2,
  sealedUnverified: 3,
  held: 4,
  failed: 5,
  aborted: 6,
  busy: 7,
  store: 8,
  hosts: 9,
  timedOut: 10,
  interrupted: 130,
} as const

/** What each exit code means, as pages tell it. */
export const EXIT_MEANINGS: Readonly<Record<ExitCode, string>> = {
  0: 'a run that ended verified, or mended one finding; or the command did what it was asked',
  1: 'an error of this program; the run is parked where it stood',
  2: 'wrong input: file, option, decision; nothing was changed',
  3: 'sealed, but not verified',
  4: 'held: a person has to decide',
  5: 'failed: going on could not be right',
  6: 'aborted by a person',
  7: 'another run or another owner is at work',
  8: 'the store cannot be read or written',
  9: 'a host cannot be reached, or is not the one it says',
  10: 'the time of --timeout was up; the run stands at a safe point',
  130: 'interrupted at a safe point',
}

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** The exit code of a run that ended. */
export function exitOfOutcome(outcome: Outcome): ExitCode {
  switch (outcome) {
    case 'verified':
    case 'mended':
      return EXIT.ok
    case 'sealed-unverified':
      return EXIT.sealedUnverified
    case 'failed':
      return EXIT.failed
    case 'aborted':
      return EXIT.aborted
  }
}

/** The exit code of a command that stopped with a fault. */
export function exitOfFault(code: FaultCode): ExitCode {
  switch (code) {
    case 'INTERNAL':
      return EXIT.internal
    case 'BUSY':
    case 'FENCED':
    case 'MOVED_ON':
      return EXIT.busy
    case 'STORE_FULL':
    case 'STORE_READ_ONLY':
    case 'STORE_BUSY':
    case 'STORE_DAMAGED':
    case 'STORE_NEWER':
    case 'STORE_CANNOT_OPEN':
    case 'JOURNAL_BROKEN':
      return EXIT.store
    case 'HOST_UNREACHABLE':
    case 'HOST_KEY_UNKNOWN':
    case 'HOST_KEY_CHANGED':
    case 'HOST_AUTH_FAILED':
      return EXIT.hosts
    case 'INTERRUPTED':
    case 'PLAN_INTERRUPTED':
      return EXIT.interrupted
    default:
      return EXIT.input
  }
}
