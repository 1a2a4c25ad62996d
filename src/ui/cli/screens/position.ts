import type { RunView } from '../../../procedure/run-view.ts'

/** A run with the line of its journal that a screen shows: `8k2@41`. A decision that names it is refused once the run has moved on. */
export function positionOf({ run, lines }: Pick<RunView, 'run' | 'lines'>): string {
  return `${run}@${String(lines)}`
}

/** Run and line of what was typed; without a line null. */
export function typedPosition(text: string): { readonly run: string; readonly seen: number | null } {
  const [, run = text, line] = /^(.*)@(\d+)$/.exec(text) ?? []
  return { run, seen: line === undefined ? null : Number(line) }
}
