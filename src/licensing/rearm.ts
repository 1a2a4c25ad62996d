/** What decides whether this run spends a rearm. */
export interface RearmQuestion {
  readonly policy: 'always' | 'never' | 'auto'
  readonly purpose: 'newImage' | 'repair' | 'update'
  readonly sealedBefore: boolean
  readonly officeChanged: boolean
  readonly duplicatesFound: boolean
  /** The disk is sealed for MAK. */
  readonly forMak: boolean
}

/** Whether to rearm, and why. At a plain update `auto` does not: the counters are few and the image was prepared before.
 *  Sources contradict each other there (the article's author rearms always, readers who asked Citrix never): pvs.md 2.1. */
export function rearmWanted(question: RearmQuestion): { readonly wanted: boolean; readonly because: string } {
  if (question.forMak) return { wanted: false, because: 'sealed for MAK: a rearm would give its activation up' }
  if (question.policy === 'never') return { wanted: false, because: 'the workflow forbids a rearm' }
  if (question.policy === 'always') return { wanted: true, because: 'the workflow asks for a rearm' }
  if (question.purpose === 'newImage') return { wanted: true, because: 'a new base image is always rearmed' }
  if (question.purpose === 'repair') return { wanted: true, because: 'a repair gives the clones new identities' }
  if (question.duplicatesFound) return { wanted: true, because: 'the last check of two canaries found one CMID' }
  if (question.officeChanged) return { wanted: true, because: 'Office was added or its key changed since the last seal' }
  if (!question.sealedBefore)
    return { wanted: true, because: 'the disk carries no seal note: nobody can tell that it was ever rearmed' }
  return { wanted: false, because: 'a plain update of a sealed image: rearmed at its last seal' }
}

/** Begins every seal note in LongDescription; the only trace on the farm that a run of ours prepared this disk. */
export const SEAL_NOTE = 'vdiskprep seal'

/** True when the disk's free text carries a seal note. */
export function hasSealNote(longDescription: string): boolean {
  return longDescription.includes(SEAL_NOTE)
}
