import type { TargetState } from '../../../wire/operations/target-state.ts'
import { known } from '../../../wire/reading.ts'
import { ask } from '../../asking.ts'
import { lookAtDevice, lookAtDisk, lookAtTarget } from '../../looks.ts'
import type { Memory } from '../../memory.ts'
import { defineStage, type Look, type Stage } from '../../stage.ts'
import { act, done, hold, skipped, unknown, type Verdict } from '../../verdict.ts'
import { bootProof } from '../createVDisk/boot-proof.ts'
import { windowsObstacle } from './windows-obstacle.ts'

const PARTS = ['boot', 'identity', 'pvs', 'windowsLicense', 'office', 'updates'] as const

/** Right before the first rearm: Windows still runs from the vDisk, nothing may reboot it from here to the seal, and nothing stands in the
 *  way of either rearm, so that none is spent in vain. Update services are stopped, their start types untouched. Source: kms.md 4.1. */
export function readyToRearm(step: 'rearmWindows' | 'rearmOffice'): Stage {
  return defineStage({
    name: 'readyToRearm',
    step,
    title: 'make sure that both rearms can succeed and nothing reboots the target',
    repeat: 'after-probe',
    probe: (look) => ({
      target: lookAtTarget(look, isSettled(look.memory) ? ['boot'] : PARTS),
      disk: lookAtDisk(look),
      device: lookAtDevice(look),
    }),

    judge({ plan, memory, now, granted }) {
      if (memory.window !== null) return skipped('inside the no-reboot window already')
      if (memory.rearm?.wanted === false) return skipped(memory.rearm.because)
      const { boot, windowsLicense, office, updates } = now.target
      if (boot === undefined || windowsLicense === undefined || office === undefined || updates === undefined)
        return unknown('the target', 'parts of the answer are missing')
      const proof = bootProof(now, { plan, memory })
      if (proof.is !== 'done') return proof
      const obstacle =
        rebootDue(updates, plan.target.host) ??
        windowsObstacle(windowsLicense, { plan, memory, granted }) ??
        officeObstacle(office, { plan, memory })
      if (obstacle !== null) return obstacle
      return quiet(updates, plan.target.host, {
        window: { guid: boot.guid, lastBootUpTime: boot.lastBootUpTime },
      })
    },
  })
}

function isSettled(memory: Memory): boolean {
  return memory.window !== null || memory.rearm?.wanted === false
}

type Updates = NonNullable<TargetState['updates']>

/** A pending reboot or a running installer holds the run while a reboot still costs nothing. */
function rebootDue({ pendingReboot, installerRunning, staged }: Updates, host: string): Verdict | null {
  if (!known(pendingReboot)) return unknown('pending reboots', pendingReboot.unknown)
  if (pendingReboot.length > 0) return hold('PENDING_REBOOT', { host, reasons: pendingReboot })
  if (!known(installerRunning)) return unknown('whether an installer runs', installerRunning.unknown)
  if (installerRunning) return hold('PENDING_REBOOT', { host, reasons: ['an installer is running'] })
  if (!known(staged)) return unknown('staged updates', staged.unknown)
  return staged.length === 0 ? null : hold('PENDING_REBOOT', { host, reasons: staged.map((one) => `staged: ${one}`) })
}

/** What would make the Office rearm fail. Source: kms.md 5.4. */
function officeObstacle(
  office: NonNullable<TargetState['office']>,
  { plan, memory }: Pick<Look, 'plan' | 'memory'>,
): Verdict | null {
  const host = plan.target.host
  const installs = memory.officeInstalls ?? []
  if (installs.length === 0 || plan.office.rearm === 'never') return null
  if (office.running.length > 0) return hold('OFFICE_RUNNING', { host, programs: office.running })
  if (!office.installs.some(({ volume, rearmTool }) => volume && rearmTool !== null))
    return hold('OFFICE_REARM_TOOL_MISSING', { host, release: installs[0]?.release ?? '?' })
  return known(office.rearmsLeft) && office.rearmsLeft === 0 ? hold('REARM_EXHAUSTED', { product: 'Office', host }) : null
}

function quiet({ services }: Updates, host: string, learn: Pick<Memory, 'window'>): Verdict {
  const running = services.filter(({ state }) => state === 'running').map(({ name }) => name)
  if (running.length === 0) return done('no reboot pending, update services stopped, both rearms can be made', learn)
  return act(
    {
      ask: ask(host, 'Set-VdpUpdateServices', { services: running, state: 'stopped' }),
      what: `stop ${running.join(', ')} until the seal`,
      key: 'quiet',
      undo: [{ key: 'services', is: 'services', host, services: running }],
    },
    'no reboot pending',
  )
}
