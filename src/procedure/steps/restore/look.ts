import { ask, type Ask } from '../../asking.ts'
import { lookAtDisk, lookAtTarget } from '../../looks.ts'
import { lookAtTask } from '../../pvs-task.ts'
import type { FaultRecord } from '../../../faults/fault.ts'
import type { Memory } from '../../memory.ts'
import type { Sight } from '../../stage.ts'
import type { Plan } from '../../../workflow/plan.ts'
import type { Undo } from '../../undo.ts'
import type { Act } from '../../verdict.ts'

/** Reads only what the recorded changes are about: the disk, the devices named there, the target when something was changed inside it. */
export function lookAtChanges(look: { readonly plan: Plan; readonly memory: Memory }) {
  const { memory, plan } = look
  const devices = memory.undo.flatMap((undo) => ('deviceId' in undo ? [undo.deviceId] : []))
  const onTarget = memory.undo.some((undo) => undo.is === 'services' || undo.is === 'kmsHost')
  const target: Readonly<Record<string, Ask<'Get-VdpTargetState'>>> = onTarget
    ? { [plan.target.host]: lookAtTarget(look, ['updates', 'windowsLicense']) }
    : {}
  return {
    tasks: lookAtTask({ plan, end: null }, memory.task?.id ?? null),
    disk: lookAtDisk(look),
    devices: Object.fromEntries(devices.map((id) => [id, ask(plan.farm.server, 'Get-VdpDeviceState', { deviceId: id })])),
    target,
  }
}

export type Restoring = Sight<ReturnType<typeof lookAtChanges>>

/** How one recorded change stands: settled (as before the run, or `stays` by intent), not to be told yet, or still changed with the act that
 *  puts it back. */
export type Standing =
  | { readonly is: 'back'; readonly says: string; readonly stays?: boolean; readonly more?: readonly Undo[] }
  | { readonly is: 'unread'; readonly says: string; readonly overdue?: FaultRecord }
  | { readonly is: 'changed'; readonly act: Act }

/** The key of the act that puts a change back. */
export function restoring(key: string): string {
  return `restore:${key}`
}

/** The act that puts a change back. */
export function changed(undo: Undo, what: string, request: Ask): Standing {
  return { is: 'changed', act: { ask: request, what, key: restoring(undo.key) } }
}
