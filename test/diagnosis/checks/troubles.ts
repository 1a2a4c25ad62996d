import type { Finding, Look } from '../../../src/diagnosis/check.ts'
import type { Draft } from '../healthy-look.ts'

/** One thing that is wrong: which check must say so, on which host, how gravely, and in which words. `change` may return another look. */
export interface Trouble {
  readonly check: string
  readonly when: string
  change(look: Draft): Partial<Look> | undefined
  readonly verdict: Finding['verdict']
  readonly host: string
  readonly says: RegExp
  readonly remedy?: RegExp
}

/** A row of a table of troubles; without a host it is the target. */
export function trouble(
  check: string,
  when: string,
  change: (look: Draft) => unknown,
  verdict: Finding['verdict'],
  says: RegExp,
  more: { readonly host?: string; readonly remedy?: RegExp } = {},
): Trouble {
  const row = { check, when, change: (look: Draft) => changed(change(look)), verdict, host: more.host ?? 'W11-MASTER', says }
  return more.remedy === undefined ? row : { ...row, remedy: more.remedy }
}

function changed(result: unknown): Partial<Look> | undefined {
  return typeof result === 'object' && result !== null && 'look' in result ? (result as { look: Partial<Look> }).look : undefined
}
