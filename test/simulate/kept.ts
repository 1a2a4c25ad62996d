import type { Drawn } from './draw.ts'
import { CHATTY_SCRIPT } from './secrets.ts'

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
      aim: null,
      found: 'usual',
      twin: false,
      hasty: false,
    },
  },
  {
    found:
      'what a hook printed came back in the receipts of every later answer, with the password in it, and stood in the journal',
    drawn: {
      chance: 0,
      speed: 60,
      pair: 0,
      office: false,
      world: {},
      faults: [],
      procedure: 'kms-new-image',
      approvals: [],
      anotherPerson: false,
      wish: 'usual',
      hooks: [{ step: 'preflight', moment: 'before', on: 'pvs', effect: 'none', script: CHATTY_SCRIPT, mayReboot: false }],
      localStore: false,
      strokes: [],
      links: [],
      people: { count: 1, everyMinutes: 1, rogue: 0, meddling: 0, sameMachine: false },
      file: false,
      aim: null,
      found: 'usual',
      twin: false,
      hasty: false,
    },
  },
]
