import type { FactsOf } from '../../../wire/operations/catalogue.ts'
import type { Hook } from '../../../workflow/plan.ts'
import type { Probe } from '../../asking.ts'
import type { HookEnd } from '../../memory.ts'
import { sameBoot, type BootMark } from '../../reboots.ts'
import type { ActEnd, Sight } from '../../stage.ts'
import { hold, retry, type Verdict } from '../../verdict.ts'
import { beginHook } from './beginHook.ts'
import { hookOptions, hostOf, type HookFacts, type PlacedHook } from './hook.ts'

/** What is known of a hook that was begun: its end, or the verdict that stops here. An exit code outside `success` holds; an unknown
 *  outcome holds where the hook may run once only, else asks for it again. */
export function judgeHook(placed: PlacedHook, sight: Sight<Probe>): HookEnd | Verdict {
  const { hook, step } = placed
  const { name } = hook
  const { end } = sight
  if (end?.is === 'refused') return hold(end.fault.code, end.fault.details, `hook "${name}" was refused`, hookOptions)
  const program = programOf(end)
  if (program === null) return unknownOutcome(placed, sight)
  const { exitCode, timedOut, output } = program
  if (timedOut || exitCode === null || !hook.success.includes(exitCode)) {
    const limit = `no exit code: stopped after its ${String(Math.ceil(hook.timeoutMs / 1000))} s`
    const code = timedOut ? limit : (exitCode ?? 'no exit code: it was killed')
    return hold('HOOK_FAILED', { hook: name, step, code }, printed(output), hookOptions)
  }
  const target = targetAfter(placed, sight)
  if (typeof target === 'object') return target
  return { name, ended: 'succeeded', code: exitCode, says: `hook "${name}" ended with ${String(exitCode)}${target}` }
}

/** The end of a hook whose work a person says is done. */
export function takenAsDone({ hook: { name } }: PlacedHook): HookEnd {
  return { name, ended: 'taken-as-done', code: null, says: `hook "${name}": taken as done by a person` }
}

type Program = FactsOf<'Invoke-VdpHook'>['program']

/** The program's end as far as it is known: from the answer, or from the receipt, whose output is cut and left out. */
function programOf(end: ActEnd | null): Program | null {
  if (end?.is === 'answered') return (end.facts as FactsOf<'Invoke-VdpHook'>).program
  if (end?.is !== 'settled' || end.receipt !== 'ended' || end.result === null) return null
  const { 'program.exitCode': exitCode, 'program.timedOut': timedOut } = end.result
  if (typeof exitCode !== 'number' && timedOut !== true) return null
  return { exitCode: typeof exitCode === 'number' ? exitCode : null, timedOut: timedOut === true, output: '' }
}

function unknownOutcome(placed: PlacedHook, sight: Sight<Probe>): Verdict {
  const { hook, step } = placed
  const why = whyUnknown(sight.end, hook)
  if (hook.effect !== 'once') return beginHook(placed, sight, `${why}; its effect is "${hook.effect}"`)
  const details = { hook: hook.name, step, host: hostOf(hook, sight.plan), why, effect: hook.effect }
  return hold('HOOK_OUTCOME_UNKNOWN', details, [], hookOptions)
}

function whyUnknown(end: ActEnd | null, { on }: Hook): string {
  if (end === null) return 'its receipt could not be read'
  if (on === 'local') return 'it was interrupted, and may still be running'
  return end.is === 'settled' && end.receipt !== 'unfinished'
    ? `its receipt says only "${end.receipt}"`
    : 'its receipt has no end'
}

function printed(output: string): readonly string[] {
  const text = output.trim()
  return text === '' ? [] : [`it printed: ${text}`]
}

/** The target after a hook that succeeded: nothing to say, a sentence, or the wait for it. Inside the no-reboot window only a look at its
 *  boot, which was judged before this, lets the run go on. */
function targetAfter({ key, hook }: PlacedHook, { plan, memory, intent, now, missing }: Sight<Probe>): string | Verdict {
  const { host } = plan.target
  const inWindow = memory.window !== null
  if (!inWindow && (hook.on !== 'target' || !hook.mayReboot)) return ''
  const silent = missing['target']
  if (silent !== undefined)
    return retry(`${host} to ${inWindow ? 'answer' : 'come back'}`, `silent after hook "${hook.name}"`, silent)
  return inWindow ? '' : rebootDue(key, memory.rebootDue, host, now, intent?.baseline)
}

/** A restart that was asked for begins within this time: `shutdown /r` waits 30 s unless told otherwise (its documented /t). */
const REBOOT_DWELL_MS = 60_000

function rebootDue(
  key: string,
  before: Sight<Probe>['memory']['rebootDue'],
  host: string,
  { target }: HookFacts,
  baseline: unknown,
): string | Verdict {
  const mark = (baseline as { readonly boot: BootMark | null } | null | undefined)?.boot ?? null
  if (target?.boot === undefined || mark === null) return ''
  if (sameBoot(mark, target.boot).is !== 'same') return `, and ${host} answers after a reboot`
  // A clock that was set back would make the dwell longer.
  const since = before?.hook === key && Date.parse(before.since) <= Date.parse(target.at) ? before.since : target.at
  if (Date.parse(target.at) - Date.parse(since) >= REBOOT_DWELL_MS) return `, and ${host} was not rebooted`
  return { ...retry(`${host} to reboot, or to stay up`, 'the hook may reboot it'), learn: { rebootDue: { hook: key, since } } }
}
