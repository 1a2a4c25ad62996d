import type { AnyStateMachine } from 'xstate'
import { freshContext } from './context.ts'
import { actions, base } from './setup.ts'
import { stepState } from './stepState.ts'
import { restoringState, sealState } from './wholeStates.ts'

/** Changes with every change of what a stored run could notice and the stamp does not cover: stages and moves behind their names. */
export const CHART_VERSION = 5

/** The procedure: eight steps, what comes before and after them, and the ends. Where Office shares the licence service with Windows
 *  its key and rearm (6, 7) come before the Windows rearm (5); elsewhere the article's order holds. Source: kms.md 4.3. */
export const chart = base.createMachine({
  id: 'run',
  context: ({ input }) => freshContext(input),
  initial: 'preflight',
  states: {
    preflight: { ...stepState('preflight'), onDone: 'createVDisk' },
    createVDisk: { ...stepState('createVDisk'), onDone: 'cleanTokens' },
    cleanTokens: { ...stepState('cleanTokens'), onDone: 'installWindowsKey' },
    installWindowsKey: { ...stepState('installWindowsKey'), onDone: 'activateWindows' },
    activateWindows: {
      ...stepState('activateWindows'),
      onDone: [{ guard: 'officeFirst', target: 'installOfficeKey' }, { target: 'rearmWindows' }],
    },
    rearmWindows: {
      ...stepState('rearmWindows'),
      onDone: [{ guard: 'officeFirst', target: 'sealVDisk' }, { target: 'installOfficeKey' }],
    },
    installOfficeKey: { ...stepState('installOfficeKey'), onDone: 'rearmOffice' },
    rearmOffice: {
      ...stepState('rearmOffice'),
      onDone: [{ guard: 'officeFirst', target: 'rearmWindows' }, { target: 'sealVDisk' }],
    },
    sealVDisk: { ...sealState(), onDone: 'verify' },
    verify: { ...stepState('verify'), onDone: 'release' },
    release: {
      ...stepState('release'),
      onDone: [
        { guard: 'mendsAlone', target: 'restoring', actions: actions.headForMended },
        { guard: 'provedUnique', target: 'restoring', actions: actions.headForVerified },
        { target: 'restoring', actions: actions.headForUnverified },
      ],
    },
    restoring: {
      ...restoringState(),
      onDone: [
        { guard: { type: 'endsAs', params: { outcome: 'verified' } }, target: 'verified' },
        { guard: { type: 'endsAs', params: { outcome: 'sealed-unverified' } }, target: 'sealedUnverified' },
        { guard: { type: 'endsAs', params: { outcome: 'mended' } }, target: 'mended' },
        { guard: { type: 'endsAs', params: { outcome: 'failed' } }, target: 'failed' },
        { target: 'aborted' },
      ],
    },
    verified: { type: 'final', entry: actions.endRun },
    sealedUnverified: { type: 'final', entry: actions.endRun },
    mended: { type: 'final', entry: actions.endRun },
    failed: { type: 'final', entry: actions.endRun },
    aborted: { type: 'final', entry: actions.endRun },
  },
  // An `always` cycle would otherwise hang the process.
  options: { maxIterations: 200 },
}) satisfies AnyStateMachine
