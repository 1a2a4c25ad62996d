import { ask } from '../../asking.ts'
import { act, hold, type Verdict } from '../../verdict.ts'

const REMOVE = { name: 'remove-skip-rearm', label: 'remove the value, then go on' }

/** SkipRearm makes a rearm answer "success" and do nothing. It is removed by a decision, never silently. Source: kms.md 4.2. */
export function removeSkipRearm(host: string, skipRearm: number, granted: readonly string[]): Verdict {
  if (!granted.includes(REMOVE.name)) return hold('SKIP_REARM_SET', { host, skipRearm }, [], [REMOVE])
  const change = { ask: ask(host, 'Clear-VdpSkipRearm', {}), what: 'remove the registry value SkipRearm', key: REMOVE.name }
  return act(change, `SkipRearm is ${String(skipRearm)}`)
}
