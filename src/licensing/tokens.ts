/** First build of Windows 8 / Server 2012: from there on tokens.dat holds Office's licences too. Source: kms.md 3.2, 6. */
const WINDOWS_8 = 9200

/** What decides whether the licence store is rebuilt. */
export interface CleanQuestion {
  readonly policy: 'auto' | 'always' | 'ifBroken' | 'never'
  readonly build: number
  readonly officeShares: boolean
  readonly queryAnswers: boolean
  readonly riskAccepted: boolean
}

/** Whether to rename tokens.dat, and why; `risk` when the workflow has to accept the loss of Office licences first.
 *  The rebuild is a repair (KB 2736303), not a standard imaging step, and `/rilc` brings back only Windows' own. Source: kms.md 6. */
export function cleaningWanted(question: CleanQuestion): {
  readonly clean: boolean
  readonly because: string
  readonly risk: 'officeLicences' | null
} {
  const { policy, build, officeShares, queryAnswers, riskAccepted } = question
  if (policy === 'never') return { clean: false, because: 'the workflow forbids it', risk: null }
  if (policy === 'always') {
    const risky = officeShares && !riskAccepted
    return { clean: true, because: 'the workflow asks for it', risk: risky ? 'officeLicences' : null }
  }
  if (policy === 'auto' && !officeShares && build < WINDOWS_8) {
    return { clean: true, because: 'the article: the store of this Windows holds nothing of Office', risk: null }
  }
  if (queryAnswers) {
    return {
      clean: false,
      because: officeShares ? 'Office keeps its licences in this store, and it is healthy' : 'the store is healthy',
      risk: null,
    }
  }
  const risky = officeShares && !riskAccepted
  return { clean: true, because: 'the licence query fails: the store is broken', risk: risky ? 'officeLicences' : null }
}
