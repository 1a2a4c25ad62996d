import type { Device } from '../../../../wire/operations/farm-state.ts'
import type { Plan } from '../../../../workflow/plan.ts'
import { ask } from '../../../asking.ts'
import { lookAtDevice, lookAtDisk } from '../../../looks.ts'
import { defineStage } from '../../../stage.ts'
import { act, retry, type Verdict } from '../../../verdict.ts'
import { bootOfMachine, byWizard, farmSide, imagingProof, lookAtMachine } from './imaging-state.ts'

/** Step 1 by the Imaging Wizard: the prep device comes up from its own hard disk, with the new disk attached read/write. A machine that is up
 *  without it has to restart: PVS attaches a disk at boot alone. Source: pvs.md 6.5, 4.3. */
export const bootHardDisk = defineStage({
  name: 'bootHardDisk',
  step: 'createVDisk',
  title: 'boot the hard disk with the new vDisk attached',
  repeat: 'after-probe',
  judgesSilence: true,
  wanted: byWizard,
  probe: (look) => ({ disk: lookAtDisk(look), device: lookAtDevice(look), target: lookAtMachine(look) }),
  baseline: ({ target }) => bootOfMachine(target),

  judge({ plan, now, missing, intent }) {
    const silent = missing['device'] ?? missing['disk']
    if (silent !== undefined) return retry('the PVS server to answer', silent.code, silent)
    const farm = farmSide(now, { plan })
    if ('is' in farm) return farm
    const { device, holds } = farm
    const target = now.target[plan.target.host]
    const unready = (why: string) => ({
      code: 'IMAGING_NOT_READY' as const,
      details: { host: plan.target.host, device: device.name, name: plan.vdisk.name, why },
    })
    if (device.active && holds) {
      if (target !== undefined) return imagingProof(target, device, plan)
      return retry(`${plan.target.host} to answer`, 'active with the new vDisk', unready('it does not answer'))
    }
    if (intent !== null || device.active)
      return retry(`${device.name} to hold ${plan.vdisk.name}`, 'not attached yet', unready('PVS does not see it attached'))
    return target === undefined ? start(device, plan) : restart(device, plan)
  },
})

function start({ id, name }: Device, { farm }: Plan): Verdict {
  return act(
    {
      ask: ask(farm.server, 'Start-VdpDevice', { deviceId: id }),
      what: `start ${name} from its hard disk`,
      key: 'start-hard-disk',
      undo: [{ key: `running:${id}`, is: 'running', deviceId: id, device: name }],
    },
    `${name} is off`,
  )
}

function restart({ name }: Device, { target }: Plan): Verdict {
  return act(
    {
      ask: ask(target.host, 'Restart-VdpComputer', { reason: 'a vDisk is attached at boot alone' }),
      what: `restart ${name}`,
      key: 'restart-hard-disk',
      approval: `${name} is in use: it restarts now, and is off when the run ends`,
    },
    `${name} is up without the new vDisk`,
  )
}
