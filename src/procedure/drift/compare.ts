import { SUBJECTS, type SealRecord, type Subject } from './seal-record.ts'

/** How one thing stands against what was recorded. `expected`: other values, as it has to be. `unknown`: not recorded on one side. */
export interface Drift {
  readonly subject: Subject
  readonly is: 'same' | 'changed' | 'expected' | 'unknown'
  readonly then: readonly string[] | null
  readonly now: readonly string[] | null
}

const WORST = ['changed', 'unknown', 'expected', 'same'] as const

/** Compares two records, what has changed first; CMIDs of Office only where one of them saw an Office. Clones draw CMIDs of their own, so that other ones are expected; one that was another
 *  canary's, or the image's before its rearm, stands in the image. Source: kms.md 4.1, 7. */
export function compare(then: SealRecord, now: SealRecord, imageCmids: readonly (string | null)[] = []): readonly Drift[] {
  const hasOffice = then.office?.length !== 0 || now.office?.length !== 0
  return (Object.keys(SUBJECTS) as Subject[])
    .filter((subject) => subject !== 'officeCmids' || hasOffice)
    .map((subject) => {
      const [was, is] = [then[subject], now[subject]]
      if (was === null || is === null) return { subject, is: 'unknown' as const, then: was, now: is }
      if (subject === 'windowsCmids' || subject === 'officeCmids')
        return { subject, is: drawn(was, is, imageCmids), then: was, now: is }
      return { subject, is: isSame(was, is) ? ('same' as const) : ('changed' as const), then: was, now: is }
    })
    .toSorted((one, other) => WORST.indexOf(one.is) - WORST.indexOf(other.is))
}

function drawn(then: readonly string[], now: readonly string[], image: readonly (string | null)[]): Drift['is'] {
  const ownerThen = new Map(then.map((text) => parted(text)))
  const foreign = now
    .map((text) => parted(text))
    .some(([cmid, canary]) => (ownerThen.get(cmid) ?? canary) !== canary || image.includes(cmid))
  if (foreign) return 'changed'
  return isSame(then, now) ? 'same' : 'expected'
}

/** `W11-T01 9e3c...` as CMID and canary. */
function parted(text: string): readonly [cmid: string, canary: string] {
  const at = text.lastIndexOf(' ')
  return [text.slice(at + 1), text.slice(0, at)]
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((text, index) => text === other[index])
}
