import type { Drawn } from './draw.ts'

/** A draw that once broke an invariant, and by which fault of the program. Draws are kept whole: what a seed draws may change. */
export interface Kept {
  readonly found: string
  readonly drawn: Drawn
}

/** Lived through by the tests, each of them for ever. */
export const kept: readonly Kept[] = [
  {
    found:
      'verified although the check of the replicas was waived: the second canary streamed a stale copy with the CMID of the image',
    drawn: {
      chance: 115161006,
      speed: 1000,
      pair: 11,
      office: true,
      world: {
        d302: 'reads-only',
        ospprearmAfterWindows: 'fails',
        cmid: 'rearm-enough',
        kmsReset: 'nothing',
        promotePreps: 'no',
        maintenanceWriteCacheType: '0',
        linkLossKillsAct: 'no',
      },
      faults: [],
      procedure: 'verify-only',
      approvals: ['rearmOffice'],
      anotherPerson: true,
      wish: 'tokens',
      hooks: [],
      localStore: true,
      strokes: [
        [],
        [
          { at: 1780, is: 'decision', ms: 44 },
          { at: 1053, is: 'crash', ms: 0 },
        ],
        [
          { at: 1781, is: 'crash', ms: 0 },
          { at: 2, is: 'pause', ms: 57239 },
          { at: 1708, is: 'decision', ms: 24 },
        ],
        [],
      ],
      links: [{ of: 'acts', at: 17, is: 'astray', ms: 4 }],
      people: { count: 1, everyMinutes: 5, rogue: 0, meddling: 0.1, sameMachine: true },
      file: false,
    },
  },
]
