import type { FaultEntry } from './entry.ts'
import { farmFaults } from './farm.ts'
import { inputFaults } from './input.ts'
import { licensingFaults } from './licensing.ts'
import { linkFaults } from './link.ts'
import { mountingFaults } from './mounting.ts'
import { rearmFaults } from './rearm.ts'
import { runFaults } from './run.ts'

const entries = {
  ...inputFaults,
  ...linkFaults,
  ...licensingFaults,
  ...rearmFaults,
  ...farmFaults,
  ...mountingFaults,
  ...runFaults,
}

export type FaultCode = keyof typeof entries

/** Every fault this program can name, by code. */
export const faultTable: Readonly<Record<FaultCode, FaultEntry>> = entries

/** The texts of a fault with its details filled in; a detail that is missing shows as its name in angle brackets, or as nothing where the
 *  text says `{name?}`. */
export function describeFault(
  code: FaultCode,
  details: Readonly<Record<string, unknown>>,
): {
  says: string
  effect: string
  remedy: readonly string[]
} {
  const entry = faultTable[code]
  // A text of others often ends with a full stop of its own.
  const fill = (text: string) =>
    text
      .replace(/\{(\w+)(\??)\}/g, (_, name: string, may: string) =>
        may === '' || name in details ? shown(details[name], name) : '',
      )
      .replace(/(?<=[^\s./\\])\.\.(?=\s|$)/g, '.')
  return { says: fill(entry.says), effect: fill(entry.effect), remedy: entry.remedy.map(fill) }
}

function shown(value: unknown, name: string): string {
  if (value === undefined || value === null) return `<${name}>`
  if (Array.isArray(value)) return value.map((item) => shown(item, name)).join(', ')
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value)
  return JSON.stringify(value)
}
