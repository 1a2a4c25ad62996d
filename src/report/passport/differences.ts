import type { Passport } from './passport-shape.ts'
import { atText, stepTitle } from './words.ts'

/** Where a passport differs from what the journal gives, as sentences: the place as a reader finds it on the page, what it says, and what it
 *  has to say. Empty when they are the same. */
export function differences(due: unknown, found: Passport): readonly string[] {
  return apart(due, found, []).map(
    ({ path, says, has }) => `${placeWords(path, found)} says ${shown(says)}, the journal says ${shown(has)}`,
  )
}

interface Apart {
  readonly path: readonly string[]
  readonly says: unknown
  readonly has: unknown
}

function apart(due: unknown, found: unknown, path: readonly string[]): readonly Apart[] {
  if (Object.is(due, found)) return []
  const isBlock = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null
  if (!isBlock(due) || !isBlock(found) || Array.isArray(due) !== Array.isArray(found)) return [{ path, says: found, has: due }]
  return [...new Set([...Object.keys(due), ...Object.keys(found)])].flatMap((key) => apart(due[key], found[key], [...path, key]))
}

/** A row of the course of the run by its step, a row of another table by its title, time and what stands beside it; else the name in the data. */
function placeWords(path: readonly string[], found: Passport): string {
  const [list = '', row = '', ...field] = path
  const at = Number(row)
  const [step, fact, read] = [found.steps[at], found.evidence[at], found.readings[at]]
  if (list === 'steps' && step !== undefined) {
    const title = stepTitle(step.step)
    return `${/^\d/.test(title) ? 'step ' : ''}${title}: ${columnOf(field)}`
  }
  if (list === 'evidence' && fact !== undefined)
    return `"Facts that decided", ${atText(fact.at)} ${fact.place}: ${columnOf(field)}`
  if (list === 'readings' && read !== undefined) return `"What hosts said", ${atText(read.at)} ${read.host}: ${columnOf(field)}`
  if (list === 'says') return 'its first line'
  return path.length === 0 ? 'it' : path.join('.')
}

const COLUMNS: Readonly<Record<string, string>> = { because: 'it', value: 'it' }

function columnOf([name = 'it']: readonly string[]): string {
  return COLUMNS[name] ?? name
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 120)
}
