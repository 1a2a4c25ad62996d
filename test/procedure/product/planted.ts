import { freshStage } from '../../../src/procedure/chart/context.ts'
import { actions, base } from '../../../src/procedure/chart/setup.ts'
import { KNOWN_DELAYS } from './graph.ts'
import type { Written } from './walked-chart.ts'

/** A fault planted in a copy of the chart, and the property that has to see it. */
export interface Planted {
  readonly fault: string
  readonly seenBy: string
  readonly walk: string
  plant(chart: Written): void
}

function at(chart: Written, path: string): Written {
  return path.split('.').reduce((state, name) => state.states[name] as Written, chart)
}

/** Every stage of the chart: the states that look. */
function stagesIn(state: Written): readonly Written[] {
  const own = (state.states as Partial<Written['states']> | undefined) ?? {}
  return [...('looking' in own ? [state] : []), ...Object.values(own).flatMap((one) => (one === undefined ? [] : stagesIn(one)))]
}

type Ways = { guard?: unknown; target?: string; actions?: unknown }[]

/** Takes the way out of judging that this guard opens. */
function closeWay(chart: Written, guard: string): void {
  for (const stage of stagesIn(chart)) {
    const judging = at(stage, 'looking.judging')
    judging.always = (judging.always as Ways).filter((way) => way.guard !== guard)
  }
}

const forgetIntent = base.assign(({ context }) => ({ begun: {}, stage: { ...freshStage(context.stage.place) } }))
const closeWindow = base.assign(({ context }) => ({ memory: { ...context.memory, window: null } }))
const forgetUndo = base.assign(({ context }) => ({ memory: { ...context.memory, undo: [] } }))

/** Faults in the chart that must not stay unseen. */
export const PLANTED: readonly Planted[] = [
  {
    fault: 'the guard against repeating is removed',
    seenBy: 'no rearm runs a second time without a decision by name',
    walk: 'article order',
    plant: (chart) => {
      closeWay(chart, 'wouldRepeat')
    },
  },
  {
    fault: 'a retry after a lost rearm forgets that it was begun',
    seenBy: 'no rearm runs a second time without a decision by name',
    walk: 'article order',
    plant: (chart) => {
      at(chart, 'rearmWindows.rearmWindows.held').on['retry'] = {
        target: '#rearmWindows/rearmWindows/looking',
        actions: [actions.retry, forgetIntent],
      }
    },
  },
  {
    fault: 'the orders of the rearms are swapped',
    seenBy: 'rearms follow the chosen order, and none is left out before the seal',
    walk: 'office first',
    plant: (chart) => {
      at(chart, 'activateWindows').onDone = [{ guard: 'officeFirst', target: 'rearmWindows' }, { target: 'installOfficeKey' }]
    },
  },
  {
    fault: 'after the Office rearm the Office keys are installed once more',
    seenBy: 'nothing asks Office after its rearm without a decision',
    walk: 'office first',
    plant: (chart) => {
      at(chart, 'rearmOffice').onDone = 'installOfficeKey'
    },
  },
  {
    fault: 'a delay is mistyped',
    seenBy: KNOWN_DELAYS,
    walk: 'verify only',
    plant: (chart) => {
      at(chart, 'verify.watchCanaries.looking.pausing').after = { puase: 'probing' }
    },
  },
  {
    fault: 'a wait is skipped',
    seenBy: 'every cycle passes a timer or a decision',
    walk: 'verify only',
    plant: (chart) => {
      const judging = at(chart, 'verify.watchCanaries.looking.judging')
      judging.always = (judging.always as Ways).map((way) => (way.guard === 'isRetry' ? { ...way, target: 'probing' } : way))
    },
  },
  {
    fault: 'the disk is sealed before the privilege is checked',
    seenBy: 'no seal without the verdicts on privilege and driver in the same slot',
    walk: 'article order',
    plant: (chart) => {
      const asking = at(chart, 'sealVDisk.takingSlot.asking')
      asking.invoke['onDone'] = { target: '#sealVDisk.setLicenseMode', actions: actions.takeSlot }
    },
  },
  {
    fault: 'an abort at a hold ends the run without putting back',
    seenBy: 'every end comes through the putting back, with nothing left or a skip recorded',
    walk: 'verify only',
    plant: (chart) => {
      chart.states['aborted'] = { ...(chart.states['aborted'] as Written), id: 'aborted' }
      for (const stage of stagesIn(chart))
        at(stage, 'held').on['abort'] = { target: '#aborted', actions: [actions.wantAbort, actions.headForAborted] }
    },
  },
  {
    fault: 'the no-reboot window is closed before the shutdown',
    seenBy: 'from the first rearm on the run remembers the boot that must last',
    walk: 'article order',
    plant: (chart) => {
      const stage = at(chart, 'sealVDisk.tidyTarget')
      stage.entry = [stage.entry, closeWindow]
    },
  },
  {
    fault: 'the target is started again between rearm and seal',
    seenBy: 'nothing boots or stops a machine from the first rearm to the shutdown of the seal',
    walk: 'article order',
    plant: (chart) => {
      at(chart, 'rearmWindows').onDone = '#createVDisk.bootTarget'
    },
  },
  {
    fault: 'the mount slot is not given back',
    seenBy: 'the mount slot is held exactly in its part of the seal, or to the end of a run that ends there',
    walk: 'article order',
    plant: (chart) => {
      delete at(chart, 'sealVDisk.leavingSlot').entry
    },
  },
  {
    fault: 'a hold has no way on',
    seenBy: 'every run that waits for a person takes a decision, and an abort until its end is decided',
    walk: 'verify only',
    plant: (chart) => {
      const { on } = at(chart, 'verify.checkCopy.held')
      at(chart, 'verify.checkCopy.held').on = { abort: on['abort'] }
    },
  },
  {
    fault: 'what was put back is never taken as done',
    seenBy: 'from every state an end can be reached without an abort',
    walk: 'verify only',
    plant: (chart) => {
      const restoring = at(chart, 'restoring')
      closeWay(restoring, 'isDone')
      delete at(restoring, 'restore.held').on['skip']
    },
  },
  {
    fault: 'approvals are not asked for',
    seenBy: 'nothing that asks for approval is done without it',
    walk: 'in place',
    plant: (chart) => {
      closeWay(chart, 'needsApproval')
    },
  },
  {
    fault: 'a version that was proved wrong is deleted unasked',
    seenBy: 'nothing that asks for approval is done without it',
    walk: 'one version',
    plant: (chart) => {
      closeWay(at(chart, 'restoring'), 'needsApproval')
    },
  },
  {
    fault: 'an act in doubt is judged without its receipt',
    seenBy: 'an act in doubt is settled before anything is judged or done',
    walk: 'verify only',
    plant: (chart) => {
      for (const stage of stagesIn(chart)) {
        const { invoke } = at(stage, 'acting')
        invoke['onError'] = (invoke['onError'] as Ways).slice(1)
      }
    },
  },
  {
    fault: 'an act starts without its intent',
    seenBy: 'every act has its intent in the same turn',
    walk: 'verify only',
    plant: (chart) => {
      for (const stage of stagesIn(chart))
        at(stage, 'acting').on = { ...at(stage, 'acting').on, abort: { target: '.', reenter: true } }
    },
  },
  {
    fault: 'the run forgets what it has to put back',
    seenBy: 'an undo leaves the list only where it is as it was, or no longer to be put back',
    walk: 'article order',
    plant: (chart) => {
      const stage = at(chart, 'createVDisk.proveBoot')
      stage.entry = [stage.entry, forgetUndo]
    },
  },
  {
    fault: 'an act is never sent',
    seenBy: 'every state waits for an effect, a timer or a person',
    walk: 'verify only',
    plant: (chart) => {
      for (const stage of stagesIn(chart)) at(stage, 'acting').invoke = undefined as never
    },
  },
  {
    fault: 'the disk is released without verification',
    seenBy: 'no production device can boot the disk before the release, once it was touched',
    walk: 'office first',
    plant: (chart) => {
      at(chart, 'sealVDisk').onDone = 'release'
    },
  },
]
