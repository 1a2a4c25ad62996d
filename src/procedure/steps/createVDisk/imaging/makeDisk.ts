import type { FactsOf } from '../../../../wire/operations/catalogue.ts'
import type { Plan } from '../../../../workflow/plan.ts'
import { ask } from '../../../asking.ts'
import { lookAtDisk } from '../../../looks.ts'
import { judgeTask, lookAtTask, taskOf, unendedTask } from '../../../pvs-task.ts'
import { defineStage, type ActEnd } from '../../../stage.ts'
import { act, done, hold, unknown, type Verdict } from '../../../verdict.ts'
import { byWizard } from './imaging-state.ts'

/** Step 1 by the Imaging Wizard, first: an empty disk in the store, Private as PVS makes them. A disk of that name that is there already is
 *  never used or written over: only the answer or the ended receipt of this act shows that a disk is the run's own. Never made twice without
 *  a decision. On which server of a local store PVS makes the file without being told is unproven: pinServer looks for it on the run's own.
 *  Source: pvs.md 4.1 (Start-PvsCreateDisk), 4.7 (90). */
export const makeDisk = defineStage({
  name: 'makeDisk',
  step: 'createVDisk',
  title: 'make a new vDisk',
  repeat: 'after-probe',
  wanted: byWizard,
  probe: (look) => ({ tasks: lookAtTask(look), disk: lookAtDisk(look) }),

  judge({ plan, now, intent, end }) {
    const seen = now.disk
    if (seen.found > 0 && (intent === null || !isOurs(end, seen.disk?.guid))) return taken(plan)
    if (intent === null) return make(plan)
    if (seen.disk !== undefined) {
      const learn = { made: seen.disk.guid }
      const unended = unendedTask(intent.what, plan.farm.server, now.tasks, 'the disk is there already')
      if (unended !== null) return { ...unended, learn }
      return done(`${seen.disk.name} made in ${plan.vdisk.store}, ${seen.disk.guid}`, learn)
    }
    if (end?.is === 'refused') return hold(end.fault.code, end.fault.details)
    const still = `there is no ${plan.vdisk.name}`
    if (taskOf(end) !== null) return judgeTask(intent.what, plan.farm.server, now.tasks, still, seen.at)
    return hold('NOT_PROVED', { act: intent.what, host: plan.farm.server, why: still })
  },
})

function taken({ vdisk, farm, source }: Plan): Verdict {
  return hold('VDISK_EXISTS', { name: vdisk.name, store: vdisk.store, site: farm.site, server: farm.server, file: source.file })
}

/** New-VdpDisk fails where the name is taken, so that its good end says whose the disk is. */
function isOurs(end: ActEnd | null, guid: string | undefined): boolean {
  if (end?.is === 'settled') return end.receipt === 'ended'
  if (end?.is !== 'answered') return false
  const made = (end.facts as FactsOf<'New-VdpDisk'>).after.disk?.guid
  return made === undefined || made === guid
}

function make({ farm, vdisk }: Plan): Verdict {
  const { name, store, sizeMiB } = vdisk
  if (sizeMiB === null) return unknown('the size of the new vDisk', 'the workflow file names none')
  const disk = { site: farm.site, store, name, sizeMiB, vhdx: true, dynamic: true, serverName: null }
  return act(
    {
      ask: ask(farm.server, 'New-VdpDisk', disk),
      what: `make ${name} of ${String(sizeMiB)} MiB in ${store}`,
      key: 'make-disk',
      undo: [{ key: 'made-disk', is: 'madeDisk' }],
    },
    `no vDisk in ${store} is called ${name}`,
  )
}
