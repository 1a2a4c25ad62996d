import type { StepName } from '../../../workflow/plan.ts'
import type { Probe } from '../../asking.ts'
import { lookAtTarget } from '../../looks.ts'
import { defineStage, type Stage } from '../../stage.ts'
import { done, skipped } from '../../verdict.ts'
import { beginHook } from './beginHook.ts'
import { actOf, HOOK_DONE, hooksAt, type HookFacts, type Moment } from './hook.ts'
import { judgeHook, takenAsDone } from './judgeHook.ts'

/** Runs the hooks of one moment of a step, one after the other. Where one runs on the target, and everywhere inside the no-reboot window,
 *  each look reads the target's boot: inside the window a reboot then decides before anything else. */
export function hooksAround<M extends Moment>(step: StepName, moment: M): Stage & { readonly name: M } {
  const stage = defineStage({
    name: moment,
    step,
    title: `run the hooks ${moment} this step`,
    repeat: 'after-probe',
    insideWindow: true,
    judgesSilence: true,
    wanted: (plan) => hooksAt(plan, step, moment).length > 0,
    certain: (plan) => hooksAt(plan, step, moment).map((placed) => actOf(placed, plan)),
    probe: (look): Probe => {
      const onTarget = hooksAt(look.plan, step, moment).some(({ hook }) => hook.on === 'target')
      return onTarget || look.memory.window !== null ? { target: lookAtTarget(look, ['boot']) } : {}
    },
    baseline: (now) => ({ boot: (now as HookFacts).target?.boot ?? null }),

    judge(sight) {
      const { plan, memory, intent } = sight
      let hooks = memory.hooks
      let taken = sight.granted.includes(HOOK_DONE)
      const all = hooksAt(plan, step, moment)
      for (const placed of all) {
        if (placed.key in hooks) continue
        const begun = intent?.key === placed.key
        if (!taken && !begun) return beginHook(placed, { ...sight, memory: { ...memory, hooks } })
        const judged = taken ? takenAsDone(placed) : judgeHook(placed, sight)
        if ('is' in judged) return judged
        taken = false
        hooks = { ...hooks, [placed.key]: judged }
      }
      if (hooks === memory.hooks && intent === null) return skipped('its hooks ran before')
      return done(
        all.map(({ key }) => hooks[key]?.says ?? key),
        { hooks, rebootDue: null },
      )
    },
  })
  return { ...stage, name: moment }
}
