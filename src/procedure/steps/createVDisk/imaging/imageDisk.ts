import type { FactsOf } from '../../../../wire/operations/catalogue.ts'
import type { Plan } from '../../../../workflow/plan.ts'
import { ask } from '../../../asking.ts'
import { lookAtDevice, lookAtDisk } from '../../../looks.ts'
import { defineStage, type ActEnd } from '../../../stage.ts'
import { act, detailOf, done, hold, unknown, type Act, type Verdict } from '../../../verdict.ts'
import { bootOfMachine, byWizard, farmSide, imagingProof, lookAtMachine } from './imaging-state.ts'

/** Step 1 by the Imaging Wizard: copies the hard disk to the new vDisk. Its success is a line of its log and shows nowhere else; that the disk
 *  boots is proved later. Asked for again only by a decision or when the first request never began, and only from the same proved state:
 *  nothing has booted the disk then. The licence mode stays 0: only the seal sets it. The silent options are unproven. Source: pvs.md 6.5. */
export const imageDisk = defineStage({
  name: 'imageDisk',
  step: 'createVDisk',
  title: 'copy the hard disk to the vDisk (Imaging Wizard)',
  repeat: 'after-probe',
  wanted: byWizard,
  certain: (plan) => [copy(plan)],
  probe: (look) => ({
    disk: lookAtDisk(look),
    device: lookAtDevice(look),
    target: look.intent === null ? lookAtMachine(look) : {},
  }),
  baseline: ({ target }) => bootOfMachine(target),

  judge({ plan, now, intent, end }) {
    const farm = farmSide(now, { plan })
    if ('is' in farm) return farm
    if (intent !== null) return afterwards(end, plan)
    const target = now.target[plan.target.host]
    if (target === undefined) return unknown('the target', 'no answer')
    const proof = imagingProof(target, farm.device, plan)
    if (proof.is !== 'done') return proof
    return act(copy(plan), proof.because)
  },
})

function copy({ target, vdisk }: Plan): Act {
  return {
    ask: ask(target.host, 'Invoke-VdpImaging', { volumeLicensing: 'none' }),
    what: `copy the hard disk of ${target.host} to ${vdisk.name}`,
    key: 'image-disk',
  }
}

/** The wizard's own words are all there is: its answer, or the same from the receipt. */
function afterwards(end: ActEnd | null, { target: { host }, vdisk: { name } }: Plan): Verdict {
  const failed = (why: string) => hold('IMAGING_FAILED', { host, name, why })
  if (end?.is === 'answered') {
    const { program, successLine } = end.facts as FactsOf<'Invoke-VdpImaging'>
    if (successLine) return done('the log of the wizard reports success')
    const last = program.output.trim().slice(-200)
    return failed(program.timedOut ? 'it did not end in its time' : last === '' ? 'its log has no line of success' : last)
  }
  if (end?.is === 'refused') return failed(detailOf(end.fault, 'message'))
  if (end?.is === 'settled' && end.receipt === 'ended' && end.result?.['successLine'] === true)
    return done('the receipt holds the success of the wizard')
  return failed(
    end?.is === 'settled' && end.receipt !== 'unfinished'
      ? 'no success in its receipt'
      : 'its receipt has no end, and the wizard may still run there',
  )
}
