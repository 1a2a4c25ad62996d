import { ask } from '../../../asking.ts'
import { lookAtDevice, lookAtDisk } from '../../../looks.ts'
import { defineStage } from '../../../stage.ts'
import { withoutUndo } from '../../../undo.ts'
import { act, done, retry } from '../../../verdict.ts'
import { byWizard, farmSide } from './imaging-state.ts'

/** Step 1 by the Imaging Wizard, last: the machine goes down and lets go of the disk, so that its boot source can be changed: a change on an
 *  active device needs its reboot. Source: pvs.md 4.3. */
export const leaveHardDisk = defineStage({
  name: 'leaveHardDisk',
  step: 'createVDisk',
  title: 'shut the hard disk down',
  repeat: 'after-probe',
  wanted: byWizard,
  probe: (look) => ({ disk: lookAtDisk(look), device: lookAtDevice(look) }),

  judge({ plan, memory, now, intent }) {
    const farm = farmSide(now, { plan })
    if ('is' in farm) return farm
    const { id, name, active } = farm.device
    if (!active && !farm.holds)
      return done(`${name} is inactive, ${plan.vdisk.name} unlocked`, { undo: withoutUndo(memory.undo, `running:${id}`) })
    if (intent !== null || !active) return retry(`${name} to shut down and let go of ${plan.vdisk.name}`, 'not yet')
    return act(
      { ask: ask(plan.farm.server, 'Stop-VdpDevice', { deviceId: id }), what: `shut ${name} down`, key: 'stop-hard-disk' },
      `${name} runs from its hard disk`,
    )
  },
})
