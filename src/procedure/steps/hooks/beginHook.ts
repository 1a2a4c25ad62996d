import type { FaultRecord } from '../../../faults/fault.ts'
import { faultTable } from '../../../faults/table.ts'
import type { Probe } from '../../asking.ts'
import type { Sight } from '../../stage.ts'
import { act, hold, retry, type Verdict } from '../../verdict.ts'
import { actOf, type PlacedHook } from './hook.ts'

/** Asks for a hook, once the target that it or the no-reboot window is about answers. */
export function beginHook(placed: PlacedHook, { plan, memory, missing }: Sight<Probe>, because?: string): Verdict {
  const silent = missing['target']
  if (silent !== undefined) return awaitTarget(placed, silent, plan.target.host)
  const { hook, step } = placed
  const reason = because ?? `the workflow wants it run on ${hook.on === 'local' ? 'this machine' : hook.on}, around ${step}`
  return act(actOf(placed, plan), reason, { hooks: memory.hooks, rebootDue: null })
}

/** Before step 1 has booted the target nobody makes it answer; later it may be on its way back. */
function awaitTarget({ key, hook, step }: PlacedHook, silent: FaultRecord, host: string): Verdict {
  if (faultTable[silent.code].disposition !== 'retry') return hold(silent.code, silent.details)
  if (step === 'preflight' || key.startsWith('createVDisk.before'))
    return hold('HOOK_TARGET_OFF', { hook: hook.name, step, host, why: silent.code })
  return retry(`${host} to answer`, silent.code, silent)
}
