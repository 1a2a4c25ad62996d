import { known } from '../../../wire/reading.ts'
import { ask } from '../../asking.ts'
import { lookAtTarget } from '../../looks.ts'
import { defineStage, type Stage } from '../../stage.ts'
import { act, done, hold, skipped, unknown } from '../../verdict.ts'

/** Right before the first rearm: nothing on the target may reboot it from here to the seal. Update services are stopped, their start
 *  types untouched; a pending reboot or a running installer holds the run while a reboot still costs nothing. Source: kms.md 4.1. */
export function quietTarget(step: 'rearmWindows' | 'rearmOffice'): Stage {
  return defineStage({
    name: 'quietTarget',
    step,
    title: 'make sure that nothing reboots the target',
    repeat: 'after-probe',
    probe: (look) => ({ target: lookAtTarget(look, ['boot', 'updates']) }),

    judge({ plan, memory, now }) {
      const host = plan.target.host
      if (memory.window !== null) return skipped('inside the no-reboot window already')
      if (memory.rearm?.wanted === false) return skipped(memory.rearm.because)
      const { updates, boot } = now.target
      if (updates === undefined || boot === undefined) return unknown('pending reboots', 'the part is missing from the answer')
      if (!known(updates.pendingReboot)) return unknown('pending reboots', updates.pendingReboot.unknown)
      if (updates.pendingReboot.length > 0) return hold('PENDING_REBOOT', { host, reasons: updates.pendingReboot })
      if (!known(updates.installerRunning)) return unknown('whether an installer runs', updates.installerRunning.unknown)
      if (updates.installerRunning) return hold('PENDING_REBOOT', { host, reasons: ['an installer is running'] })
      if (!known(updates.staged)) return unknown('staged updates', updates.staged.unknown)
      if (updates.staged.length > 0)
        return hold('PENDING_REBOOT', { host, reasons: updates.staged.map((one) => `staged: ${one}`) })
      const running = updates.services.filter((service) => service.state === 'running').map((service) => service.name)
      if (running.length === 0) return done('no reboot pending, update services stopped')
      return act(
        {
          ask: ask(host, 'Set-VdpUpdateServices', { services: running, state: 'stopped' }),
          what: `stop ${running.join(', ')} until the seal`,
          key: 'quiet',
          undo: [{ key: 'services', when: 'end', is: 'services', host, services: running }],
        },
        'no reboot pending',
      )
    },
  })
}
