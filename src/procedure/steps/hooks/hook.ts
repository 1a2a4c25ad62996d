import { HERE } from '../../../wire/here.ts'
import type { TargetState } from '../../../wire/operations/target-state.ts'
import type { Hook, Plan, StepName } from '../../../workflow/plan.ts'
import { ask } from '../../asking.ts'
import type { Memory } from '../../memory.ts'
import type { Act, Option } from '../../verdict.ts'

/** Before or after a step. */
export type Moment = 'before' | 'after'

/** One hook of a plan with its place: `key` names it in the run's memory, and is the key of its act. */
export interface PlacedHook {
  readonly key: string
  readonly step: StepName
  readonly hook: Hook
}

/** What a look around a step may have brought. */
export interface HookFacts {
  readonly target?: TargetState
}

/** The hooks of one moment, in the order in which they run. */
export function hooksAt({ hooks }: Pick<Plan, 'hooks'>, step: StepName, moment: Moment): readonly PlacedHook[] {
  return (hooks[step]?.[moment] ?? []).map((hook, index) => ({ key: `${step}.${moment}.${String(index + 1)}`, step, hook }))
}

/** The host a hook is asked of: the target, the PVS server through which the run writes, or this machine. */
export function hostOf({ on }: Hook, { target, farm }: Plan): string {
  if (on === 'target') return target.host
  return on === 'pvs' ? farm.server : HERE
}

/** The request that runs a hook. What may be done once only is never repeated without a decision. */
export function actOf({ key, hook }: PlacedHook, plan: Plan): Act {
  const { script, parameters, timeoutMs } = hook
  const args = { script, parameters, timeoutSeconds: Math.max(1, Math.ceil(timeoutMs / 1000)) }
  return {
    ask: ask(hostOf(hook, plan), 'Invoke-VdpHook', hook.on === 'local' ? { ...args, beside: plan.source.file } : args),
    what: `run hook "${hook.name}"`,
    key,
    repeat: hook.effect === 'once' ? 'never' : 'safe',
  }
}

/** A person says that the hook's work is done. */
export const HOOK_DONE = 'hook-done'
/** A person says that the hook is to be run again. */
export const HOOK_AGAIN = 'hook-again'

/** What a person may decide of a hook that failed, or of which nobody knows. Each allows one thing of one hook, once. */
export const hookOptions: readonly Option[] = [
  { name: HOOK_DONE, label: 'take it as done and go on' },
  { name: HOOK_AGAIN, label: 'run it again' },
]

/** The hook of an act, by the act's key. */
export function hookOf(plan: Plan, key: string): PlacedHook | undefined {
  const [step, moment] = key.split('.') as [StepName, Moment]
  return hooksAt(plan, step, moment).find((placed) => placed.key === key)
}

/** What a person allowed of one hook says nothing of the next. */
export function withoutHookGrants(granted: readonly string[]): readonly string[] {
  return granted.filter((name) => !hookOptions.some((option) => option.name === name))
}

/** Steps that a run goes through again after a lost rearm. */
const REPEATED: readonly StepName[] = ['activateWindows', 'rearmWindows', 'installOfficeKey', 'rearmOffice', 'sealVDisk']

/** The hooks that stay done with when the run goes back to step 4: those of earlier steps, and what may be done once only. */
export function hooksKept(plan: Plan, done: Memory['hooks']): Memory['hooks'] {
  const again = REPEATED.flatMap((step) => [...hooksAt(plan, step, 'before'), ...hooksAt(plan, step, 'after')])
    .filter(({ hook }) => hook.effect !== 'once')
    .map(({ key }) => key)
  return Object.fromEntries(Object.entries(done).filter(([key]) => !again.includes(key)))
}
