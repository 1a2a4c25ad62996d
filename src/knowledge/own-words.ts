/** A word that a screen of this program judges with: what it means, what to do, and the page that tells more. */
export interface OwnWord {
  readonly word: string
  readonly of: string
  readonly means: string
  readonly next: readonly string[]
  readonly page: string
}

const AUDIT = { of: 'a word of audit verify', page: 'docs/passport.md' } as const
const PLAN = { of: 'a word of plan', page: 'docs/first-farm.md' } as const
const OUTCOME = { of: 'the end of a run', page: 'docs/operations.md' } as const

const WORDS: readonly OwnWord[] = [
  {
    ...AUDIT,
    word: 'intact',
    means:
      'Of a journal: every event is what was written, in its order, by its hash chain. Of a passport: it is what the journal of its run says.',
    next: [],
  },
  {
    ...AUDIT,
    word: 'ALTERED',
    means: 'The passport and the journal of its run do not agree, or that journal is broken. What differs stands below the word.',
    next: [
      'Take the file for no proof; keep it, and find out who changed it.',
      'vdiskprep audit verify <run>  # whether the journal itself is intact',
      'Where it is, the run can be told anew: vdiskprep report <run>',
    ],
  },
  {
    ...AUDIT,
    word: 'UNDECIDED',
    means:
      'Another version of the program wrote this passport, and this one would write it otherwise: that it differs shows no change.',
    next: ['Write it anew and compare: vdiskprep report <run>'],
  },
  {
    ...AUDIT,
    word: 'BROKEN',
    means: 'The hash chain of the journal does not hold from the event named on: what stands there is not what was written.',
    next: ['What it says after that event proves nothing. Keep the file and find out who changed it.'],
  },
  {
    ...PLAN,
    word: 'not known',
    means:
      'What decides the step cannot be read yet, and is not guessed: Windows tells it once the target has booted from the open disk, or a step before it is blocked. A run looks by itself before each step.',
    next: ['To know it before: boot the target from the open disk, or mend the blocked step, then: vdiskprep plan FILE'],
  },
  { ...PLAN, word: 'satisfied', means: 'It is so already: a run finds nothing to change in this step.', next: [] },
  { ...PLAN, word: 'will act', means: 'A run would change what stands beside it.', next: [] },
  {
    ...PLAN,
    word: 'BLOCKED',
    means: 'A run would hold at this step until a person decides; the code beside it says why.',
    next: ['Mend what is named, then: vdiskprep plan FILE'],
  },
  {
    ...PLAN,
    word: 'left out',
    means: 'Neither the image nor the workflow wants this step; the reason stands beside it.',
    next: [],
  },
  {
    ...OUTCOME,
    word: 'verified',
    means: 'The image was sealed, or looked at, and clones of it proved on that day that they draw CMIDs of their own.',
    next: ['Whether that still holds: vdiskprep verify FILE --since'],
  },
  {
    ...OUTCOME,
    word: 'sealed-unverified',
    means: 'The image is sealed, and no clones have proved it: production devices should not get it yet.',
    next: ['vdiskprep verify FILE'],
  },
]

/** What a word of the program's own screens means, however it is spelled; undefined for any other text. */
export function ownWord(said: string): OwnWord | undefined {
  const plain = (text: string) =>
    text
      .trim()
      .toLowerCase()
      .replaceAll(/[\s_-]+/g, ' ')
  return WORDS.find(({ word }) => plain(word) === plain(said))
}
