import { NOT_RECORDED, type Cell } from '../page/blocks.ts'
import { STEP_TITLES } from '../../workflow/step-schema.ts'
import type { Passport } from './passport-shape.ts'

/** A moment as date and time, UTC; "not recorded" without one. */
export function atText(at: string | null): string {
  return at === null ? 'not recorded' : at.slice(0, 19).replace('T', ' ')
}

/** The same for a table: on one line. */
export function when(at: string): Cell {
  return keep(atText(at))
}

/** A text that stays on one line. */
export function keep(text: string): Cell {
  return { text, as: 'keep' }
}

/** A text, or that none is recorded. */
export function orMissing(text: string | null): Cell {
  return text ?? NOT_RECORDED
}

/** The version of a vDisk, and how it is known. */
export function versionText(version: Passport['vdisk']['version']): Cell {
  if (version === null) return NOT_RECORDED
  return `${String(version.number)}${version.number === 0 ? ' (the base)' : ''}, ${version.known}`
}

/** `5, rearm Windows` of a step's name; other states of the chart keep theirs. */
export function stepTitle(step: string): string {
  if (step === 'restoring') return 'put back what was changed for the run'
  const title = (STEP_TITLES as Readonly<Record<string, string>>)[step]
  return title === undefined ? step : title.replace(/^Step /, '')
}
