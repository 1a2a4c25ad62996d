import type { FaultEntry } from './entry.ts'

/** Faults of what was typed or written in files: found before any host is touched. */
export const inputFaults = {
  INPUT_INVALID: {
    says: '{problems} in {file}.',
    effect: 'Nothing was started and no host was contacted.',
    remedy: ['Mend the lines shown above.', 'vdiskprep validate {file}'],
    disposition: 'stop',
    source: 'docs: workflow reference',
  },
  UNKNOWN_RUN: {
    says: 'There is no run "{run}" in this store.',
    effect: 'Nothing was changed.',
    remedy: ['vdiskprep list'],
    disposition: 'stop',
    source: 'docs: operations',
  },
  RUN_EXISTS: {
    says: 'There is a run "{run}" in this store already.',
    effect: 'The new run was not begun; the other one is as it was.',
    remedy: ['Repeat the command: it draws another id.'],
    disposition: 'retry',
    source: 'docs: operations',
  },
  AMBIGUOUS_RUN: {
    says: '"{run}" is the beginning of several runs: {matches}.',
    effect: 'Nothing was changed.',
    remedy: ['Type more of the id.', 'vdiskprep list'],
    disposition: 'stop',
    source: 'docs: operations',
  },
  RUN_ENDED: {
    says: 'Run {run} has ended ({outcome}); there is nothing to decide or to resume.',
    effect: 'Nothing was changed.',
    remedy: ['vdiskprep show {run}'],
    disposition: 'stop',
    source: 'docs: operations',
  },
  NOTHING_TO_DECIDE: {
    says: 'Run {run} does not wait for this decision: it is at {at}.',
    effect: 'Nothing was changed.',
    remedy: ['vdiskprep status {run}'],
    disposition: 'stop',
    source: 'docs: operations',
  },
  DECISION_REFUSED: {
    says: '{why}',
    effect: 'The decision was not recorded; the run stands where it stood.',
    remedy: ['vdiskprep status {run}'],
    disposition: 'ask',
    source: 'docs: operations',
  },
  SECRET_MISSING: {
    says: 'The secret {reference} for host {host} cannot be read: {why}.',
    effect: 'The host was not contacted.',
    remedy: ['Set it, then repeat the command.'],
    disposition: 'ask',
    source: 'docs: security',
  },
  PLAN_MOVED: {
    says: 'The facts that decided plan {plan} have moved: {moved}.',
    effect: 'Nothing was changed.',
    remedy: ['vdiskprep plan {file}'],
    disposition: 'stop',
    source: 'docs: operations',
  },
} as const satisfies Record<string, FaultEntry>
